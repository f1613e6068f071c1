/** What is remembered between refreshes, whatever happens to the metadata itself. */

import type { Highest } from "./rules.ts";
import { type Freeze, NO_FREEZE } from "./security-clock.ts";

export interface TrustState {
  readonly v: 1;
  readonly highest: Highest;
  readonly floorMs: number;
  readonly freeze: Freeze;
}

/** A small file in two generations (docs/formats/cache.md). */
export interface GenerationStore {
  load(): Promise<{ readonly newest: { readonly body: unknown } | null; readonly damaged: number }>;
  /** @throws StorageError */
  save(body: unknown): Promise<void>;
}

export type StateReading =
  | { readonly kind: "good"; readonly state: TrustState }
  | { readonly kind: "newer" }
  | { readonly kind: "wrong" };

export function firstState(floorMs: number): TrustState {
  return { v: 1, highest: {}, floorMs, freeze: NO_FREEZE };
}

/** Unknown fields are kept. The floor is never below that of the program. */
export function readTrustState(body: unknown, programFloorMs: number): StateReading {
  if (typeof body !== "object" || body === null) return { kind: "wrong" };
  const found = body as Partial<Record<keyof TrustState, unknown>>;
  if (typeof found.v === "number" && found.v > 1) return { kind: "newer" };
  const { highest, floorMs, freeze } = found;
  if (!isHighest(highest) || typeof floorMs !== "number" || !isFreeze(freeze)) {
    return { kind: "wrong" };
  }
  const floor = Math.max(floorMs, programFloorMs);
  return { kind: "good", state: { ...found, v: 1, highest, freeze, floorMs: floor } };
}

function isHighest(value: unknown): value is Highest {
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).every((version) => Number.isSafeInteger(version));
}

function isFreeze(value: unknown): value is Freeze {
  if (typeof value !== "object" || value === null) return false;
  const { count, uptimeMs } = value as { count?: unknown; uptimeMs?: unknown };
  return Number.isSafeInteger(count) && typeof uptimeMs === "number";
}
