/**
 * How far the wall clock can be believed: what each record says of its raw `wt`. Pure over the
 * clock and what the journal knows. A wrong date in a register is worse than none.
 */
import type { Clock } from "../../platform/ports/clock.ts";
import type { WallSource } from "../../protocol/generated/types.ts";
import { TRUST_AHEAD_MS } from "../../protocol/time-judge.ts";
import type { TimeLine } from "../../protocol/time-line.ts";

/** A wall clock further from what is known than this is wrong. */
const TOLERANCE_MS = 60_000;

export interface KnownTimes {
  readonly times: Pick<TimeLine, "at" | "floorUnixMs">;
  readonly bootOrdinal: number;
}

export interface WallJudgeOptions {
  readonly clock: Pick<Clock, "bootMs" | "wallUnixMs">;
  /** When the program was built: no clock is right before. */
  readonly builtAt: number;
  readonly hasBatteryClock: boolean;
}

export class WallJudge {
  readonly #options: WallJudgeOptions;
  #known: KnownTimes | null = null;

  constructor(options: WallJudgeOptions) {
    this.#options = options;
  }

  /** From now on the journal is asked too; the first records are written before it is open. */
  attach(known: KnownTimes): void {
    this.#known = known;
  }

  source(): WallSource {
    const { clock, builtAt, hasBatteryClock } = this.#options;
    const wall = clock.wallUnixMs();
    const floor = Math.max(builtAt, this.#known?.times.floorUnixMs ?? builtAt);
    if (wall < floor - TOLERANCE_MS || wall > floor + TRUST_AHEAD_MS) return this.#beyond(wall);
    return this.#compare(wall) ?? (hasBatteryClock ? "rtc" : "floor");
  }

  /** Two years ahead of the floor a clock may still be right, if a fix of this boot says so. */
  #beyond(wall: number): WallSource {
    return this.#compare(wall) ?? "none";
  }

  /** Null: nobody in this boot has said what the time is. */
  #compare(wall: number): WallSource | null {
    if (this.#known === null) return null;
    const { times, bootOrdinal } = this.#known;
    const { lo, hi, source } = times.at(bootOrdinal, this.#options.clock.bootMs());
    const isPossible = lo - TOLERANCE_MS <= wall && wall <= hi + TOLERANCE_MS;
    return isPossible ? source : "none";
  }
}
