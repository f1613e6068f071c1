/**
 * When did it happen? From the boots and fixes of a journal to an interval for any moment of any
 * boot. Pure; nothing is rewritten, a later record only makes more of it known.
 *
 * - T1. The true time lies in the interval, as long as those who said what the time was were right.
 * - T2. No moment is placed below the floor that stood when it was recorded.
 * - T3. The floor moves forward only, and never for an `operator`.
 * - T4. A source more than two years beyond the floor counts for nothing until the county agrees.
 * - T5. Of two fixes in one boot that disagree the less uncertain one counts; both are kept.
 */
import { type Bounds, carry, meet, UNBOUNDED } from "./time-bounds.ts";
import { TimeEvidence, type TimeFix, type TimeSource } from "./time-evidence.ts";
import { bestOf, boundsOf, floorAt, type JudgedBoot, judge } from "./time-judge.ts";

export interface Moment extends Bounds {
  /** Who said so, in this very boot; null: only earlier and later boots bound it. */
  readonly source: TimeSource | null;
  /** Two sources contradict each other. */
  readonly conflict: boolean;
}

export class TimeLine {
  readonly #evidence = new TimeEvidence();
  #judged: ReadonlyMap<number, JudgedBoot> | null = null;

  /** Grows when an earlier moment may have to be dated anew. */
  get version(): number {
    return this.#evidence.version;
  }

  /** Takes in the next record of the journal, of whatever kind. */
  note(record: Parameters<TimeEvidence["note"]>[0]): void {
    if (this.#evidence.note(record)) this.#judged = null;
  }

  /** T3: a date below this is wrong today; -Infinity when nothing is known at all. */
  get floorUnixMs(): number {
    const boots = [...this.#judge().values()];
    const last = boots[boots.length - 1];
    return last === undefined ? UNBOUNDED.lo : floorAt(last, Number.POSITIVE_INFINITY);
  }

  /** The broadcaster was asked for the date in this boot. */
  wasAsked(ordinal: number): boolean {
    return this.#evidence.boot(ordinal)?.asked ?? false;
  }

  fixesOf(ordinal: number): readonly TimeFix[] {
    return this.#evidence.boot(ordinal)?.fixes ?? [];
  }

  /** @param ms boot time in that boot; it may lie after the last record */
  at(ordinal: number, ms: number): Moment {
    const boot = this.#judge().get(ordinal);
    return boot === undefined
      ? { ...UNBOUNDED, source: null, conflict: false }
      : momentIn(boot, ms);
  }

  #judge(): ReadonlyMap<number, JudgedBoot> {
    this.#judged ??= new Map(
      judge(this.#evidence.boots).map((boot) => [boot.evidence.ordinal, boot]),
    );
    return this.#judged;
  }
}

function momentIn(boot: JudgedBoot, ms: number): Moment {
  const { strong, operator, conflict } = boot;
  const floor = { lo: floorAt(boot, ms), hi: UNBOUNDED.hi };
  const shown = strong.filter((fix) => boundsOf(fix, ms).hi >= floor.lo);
  const best = bestOf(shown, ms);
  const said = best === null ? null : meet(floor, boundsOf(best, ms));
  if (best !== null && said !== null) return { ...said, source: best.source, conflict };
  const outer = outerBounds(boot, ms);
  const around = outer === null ? null : meet(floor, outer);
  if (around === null) return { ...floor, source: null, conflict: true };
  const confirmed = operator === null ? null : meet(around, boundsOf(operator, ms));
  if (confirmed !== null) return { ...confirmed, source: "operator", conflict };
  return { ...around, source: null, conflict: conflict || operator !== null };
}

/** What the boots before and after leave open. Null: they contradict each other. */
function outerBounds({ evidence, startLo, endHi }: JudgedBoot, ms: number): Bounds | null {
  const after = carry({ lo: startLo, hi: UNBOUNDED.hi }, 0, ms);
  // A moment after the last record may lie after the next boot's earliest start: it has no bound.
  if (ms > evidence.lastMs) return after;
  return meet(after, carry({ ...UNBOUNDED, hi: endHi }, evidence.lastMs, ms));
}
