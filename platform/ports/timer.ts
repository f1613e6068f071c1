/**
 * Waiting, and how long something took. Not the time of day, and no order of events across boots:
 * those are `Clock`'s.
 *
 * - T1. `nowMs` never goes back; it may stand still while the machine is suspended.
 * - T2. A wait ends when its time is over, or at once when it is cancelled; it never fails.
 */
export interface Timer {
  /** Milliseconds since some moment of this process; may have a fraction. */
  nowMs(): number;
  wait(ms: number): Wait;
}

export interface Wait {
  readonly over: Promise<void>;
  cancel(): void;
}
