/**
 * Goal: whatever the clocks of a box do, the true time lies in the interval, no date below the
 * floor is shown, and order is never a matter of time. Method: lives of boxes are made up with a
 * true time that the fold never sees; what it works out is compared with it.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RecordEnvelope, WallSource } from "../../protocol/generated/types.ts";
import { dateStampBy, stampOf } from "../../protocol/instant.ts";
import { TimeLine } from "../../protocol/time-line.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 2, 1);
const SEED = 20_260_305;

/** What happens to the box, and what its clocks and the people around it do. */
interface Event {
  /** Uptime until then; suspend counts. */
  readonly afterMs: number;
  readonly kind: "record" | "county" | "ntp" | "operator" | "wall" | "suspend";
  readonly n: number;
}
interface Boot {
  /** Without power before it. */
  readonly offMs: number;
  /** Where the wall clock stands at power-on. */
  readonly wall: "1970" | "2099" | "years" | "true";
  /** How wrong this boot's quartz is, in parts per million. */
  readonly ppm: number;
  readonly events: readonly Event[];
}

const event: fc.Arbitrary<Event> = fc.record({
  afterMs: fc.oneof(fc.nat(10 * MINUTE), fc.nat(5 * DAY)),
  kind: fc.constantFrom("record", "record", "county", "ntp", "operator", "wall", "suspend"),
  n: fc.nat(1_000_000),
});
const boot: fc.Arbitrary<Boot> = fc.record({
  offMs: fc.oneof(fc.nat(MINUTE), fc.nat(40 * DAY), fc.nat(500 * DAY)),
  wall: fc.constantFrom("1970", "2099", "years", "true"),
  ppm: fc.integer({ min: -50, max: 50 }),
  events: fc.array(event, { minLength: 1, maxLength: 8 }),
});
const life = fc.array(boot, { minLength: 1, maxLength: 7 });

interface Lived {
  readonly record: RecordEnvelope;
  readonly truth: number;
  /** The latest time that was surely past when this was recorded. */
  readonly floor: number;
}

/** Lets a box live: every source that speaks is honest, and the wall clock is not. */
class Simulation {
  readonly lived: Lived[] = [];
  readonly #countsSuspend: boolean;
  #truth = START + DAY;
  #mt = 0;
  #wall = 0;
  #s = 0;
  #bt = 0;
  #floor = START;

  /** @param countsSuspend false: a box that is stamped by a clock which stands still in suspend */
  constructor(countsSuspend = true) {
    this.#countsSuspend = countsSuspend;
  }

  run(boots: readonly Boot[]): Lived[] {
    for (const one of boots) this.#boot(one);
    return this.lived;
  }

  #boot({ offMs, wall, ppm, events }: Boot): void {
    this.#truth += offMs;
    this.#bt += 1;
    this.#mt = 0;
    this.#wall = wallAt(wall, this.#truth, this.#bt);
    this.#pass(20_000, ppm);
    this.#write("boot", { bootId: `boot-${this.#bt}`, software: "x", copies: [], builtAt: START });
    for (const { afterMs, kind, n } of events) {
      this.#pass(afterMs, ppm);
      this.#happen(kind, n);
    }
  }

  /** Boot time passes at the pace of the quartz, true time at its own. */
  #pass(ms: number, ppm: number): void {
    this.#mt += ms;
    this.#wall += ms;
    this.#truth += Math.round(ms / (1 + ppm / 1e6));
  }

  #happen(kind: Event["kind"], n: number): void {
    const fix = (source: string, unc: number) => {
      const off = (n % (2 * unc + 1)) - unc;
      const d = { bt: this.#bt, mt0: this.#mt, wall0: this.#truth + off, unc, source };
      this.#write("time.fix", d);
      if (source === "county") this.#floor = Math.max(this.#floor, d.wall0 - unc);
    };
    if (kind === "county") fix("county", 1 + (n % 30_000));
    else if (kind === "ntp") fix("ntp", 2_000);
    else if (kind === "operator") this.#confirm(n);
    else if (kind === "wall") this.#wall += (n - 500_000) * 100_000;
    else if (kind === "suspend") this.#suspend(n * 50);
    else this.#write("attend", {});
  }

  #suspend(ms: number): void {
    const before = this.#mt;
    this.#pass(ms, 0);
    if (!this.#countsSuspend) this.#mt = before;
  }

  /** The right day; or 不知道. */
  #confirm(n: number): void {
    const noon = Math.floor((this.#truth + 8 * HOUR) / DAY) * DAY - 8 * HOUR + 12 * HOUR;
    const wall0 = n % 4 === 0 ? null : noon;
    this.#write("time.set", { bt: this.#bt, mt0: this.#mt, wall0, unc: 12 * HOUR });
  }

  #write(k: string, d: object): void {
    this.#s += 1;
    const ws: WallSource = "none";
    const stamps = { bt: this.#bt, mt: this.#mt, wt: this.#wall, ws };
    const identity = { e: "0a1b2c3d", s: this.#s, p: "0".repeat(32), k, v: 1, by: "-" };
    const record = { ...identity, ...stamps, d } as unknown as RecordEnvelope;
    this.lived.push({ record, truth: this.#truth, floor: this.#floor });
  }
}

function wallAt(wall: Boot["wall"], truth: number, n: number): number {
  if (wall === "1970") return 0;
  if (wall === "2099") return Date.UTC(2099, 0, 1);
  return wall === "years" ? truth + ((n % 7) - 3) * 365 * DAY : truth;
}

function fold(lived: readonly Lived[], line = new TimeLine()): TimeLine {
  for (const { record } of lived) line.note(record);
  return line;
}

function holdsTruth(lived: readonly Lived[], line: TimeLine): boolean {
  return lived.every(({ record, truth }) => {
    const { lo, hi } = line.at(record.bt, record.mt);
    // True time is rounded to the millisecond at every step.
    return lo - 20 <= truth && truth <= hi + 20;
  });
}

describe(`lives of boxes (seed ${SEED})`, () => {
  test("T1, T2: in 10,000 lives the true time lies in the interval, and no date is too early", () => {
    let dated = 0;
    fc.assert(
      fc.property(life, (boots) => {
        const lived = new Simulation().run(boots);
        const line = fold(lived);
        expect(holdsTruth(lived, line)).toBe(true);
        const date = dateStampBy(line);
        const wrong = lived.filter(({ record, floor, truth }) => {
          const { unixMs, uncMs = 0 } = date(stampOf(record));
          if (unixMs === null) return false;
          dated += 1;
          return unixMs < floor - uncMs - 20 || Math.abs(unixMs - truth) > uncMs + 20;
        });
        expect(wrong).toEqual([]);
      }),
      { numRuns: 10_000, seed: SEED },
    );
    // A fold that shows nothing would be right as well.
    expect(dated).toBeGreaterThan(50_000);
  });

  test("T3: the floor never moves back, and is never later than the truth", () => {
    fc.assert(
      fc.property(life, (boots) => {
        const line = new TimeLine();
        let before = Number.NEGATIVE_INFINITY;
        for (const { record, truth } of new Simulation().run(boots)) {
          line.note(record);
          expect(line.floorUnixMs).toBeGreaterThanOrEqual(before);
          expect(line.floorUnixMs).toBeLessThanOrEqual(truth + 20);
          before = line.floorUnixMs;
        }
      }),
      { numRuns: 1000, seed: SEED },
    );
  });

  test("a later record only narrows what is known of an earlier moment", () => {
    fc.assert(
      fc.property(life, (boots) => {
        const lived = new Simulation().run(boots);
        const whole = fold(lived);
        const half = fold(lived.slice(0, Math.ceil(lived.length / 2)));
        for (const { record } of lived.slice(0, Math.floor(lived.length / 2))) {
          const then = half.at(record.bt, record.mt);
          const now = whole.at(record.bt, record.mt);
          // Another answer about the same day is carried over another stretch of drift.
          expect(now.hi - now.lo).toBeLessThanOrEqual(then.hi - then.lo + 10 * MINUTE);
        }
      }),
      { numRuns: 1000, seed: SEED },
    );
  });

  test("the wall clock, where nobody vouches for it, changes nothing", () => {
    fc.assert(
      fc.property(life, fc.integer(), (boots, wt) => {
        const lived = new Simulation().run(boots);
        const other = lived.map((one) => ({ ...one, record: { ...one.record, wt } }));
        for (const { record } of lived) {
          expect(fold(other).at(record.bt, record.mt)).toEqual(
            fold(lived).at(record.bt, record.mt),
          );
        }
      }),
      { numRuns: 200, seed: SEED },
    );
  });

  /** What a careless fold would do; each must be found out. */
  const MUTANTS: Record<string, (record: RecordEnvelope) => RecordEnvelope> = {
    "believes the wall clock": (record) => ({ ...record, ws: "county" }),
    "takes a broadcaster's day for noon sharp": ({ d, ...record }) => ({
      ...record,
      d: record.k === "time.set" ? { ...d, unc: 0 } : d,
    }),
    "mixes up the boots": (record) => ({ ...record, bt: Math.ceil(record.bt / 2) }),
  };

  const survives = (check: (boots: readonly Boot[]) => boolean) =>
    !fc.check(fc.property(life, check), { numRuns: 2000, seed: SEED }).failed;

  test.each(Object.entries(MUTANTS))("a fold that %s is found out", (_name, change) => {
    const isRight = (boots: readonly Boot[]) => {
      const lived = new Simulation().run(boots);
      const line = fold(lived.map((one) => ({ ...one, record: change(one.record) })));
      return holdsTruth(lived, line);
    };
    expect(survives(isRight)).toBe(false);
  });

  test("a boot clock that stands still in suspend is found out", () => {
    const isRight = (boots: readonly Boot[]) => {
      const lived = new Simulation(false).run(boots);
      return holdsTruth(lived, fold(lived));
    };
    expect(survives(isRight)).toBe(false);
  });
});
