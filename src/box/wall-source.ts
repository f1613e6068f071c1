/**
 * How far the wall clock can be believed. A box without a battery starts at 1970, or wherever its
 * file system was last written; a wrong date in a register is worse than none.
 */
import type { Clock } from "../../platform/ports/clock.ts";
import type { WallSource } from "../../protocol/generated/types.ts";

/** No clock of a box can be right before this program was written: 2026-01-01 UTC. */
const FLOOR_UNIX_MS = Date.UTC(2026, 0, 1);
/** A county's time comes over a network of seconds; a clock further off than this is wrong. */
const COUNTY_TOLERANCE_MS = 60_000;

export class WallJudge {
  readonly #clock: Clock;
  #countyOffsetMs: number | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** County time minus ours, as the last acknowledgement said. True when the verdict changed. */
  hear(offsetMs: number | null): boolean {
    const before = this.source();
    if (offsetMs !== null) this.#countyOffsetMs = offsetMs;
    return this.source() !== before;
  }

  source(): WallSource {
    if (this.#clock.wallUnixMs() < FLOOR_UNIX_MS) return "none";
    if (this.#countyOffsetMs === null) return "floor";
    return Math.abs(this.#countyOffsetMs) <= COUNTY_TOLERANCE_MS ? "county" : "none";
  }
}
