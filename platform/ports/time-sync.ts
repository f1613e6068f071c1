/**
 * Whether the machine itself keeps its wall clock right, over the network (NTP). Says what there is
 * to see, and nothing about the time.
 *
 * - Y1. `synced` only when the clock was set from the network in this boot of the machine.
 * - Y2. What cannot be seen is `unknown`; it is never taken for right, nor for wrong.
 * - Y3. Never throws.
 */
export type SyncReading =
  | {
      readonly kind: "synced";
      /** Since the last synchronisation, by the wall clock; null: not known. */
      readonly ageMs: number | null;
    }
  | { readonly kind: "not-synced" }
  | { readonly kind: "unknown" };

export interface TimeSync {
  read(): Promise<SyncReading>;
  /** There is a clock that goes on without power; how right it is, nobody says. */
  hasBatteryClock(): Promise<boolean>;
}
