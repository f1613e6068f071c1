/** Goal: each rule of docs/formats/time.md holds in its own example. */
import { expect, test } from "vitest";
import type { RecordEnvelope, WallSource } from "../../../protocol/generated/types.ts";
import {
  dateStampBy,
  type Instant,
  instantWords,
  instantWordsLong,
} from "../../../protocol/instant.ts";
import { TimeLine } from "../../../protocol/time-line.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const BUILT = Date.UTC(2026, 2, 1);
const at = (day: number, hour: number, minute = 0) => Date.UTC(2026, 2, day, hour, minute);

class Life {
  readonly line = new TimeLine();

  write(bt: number, mt: number, k: string, d: object, ws: WallSource = "none", wt = 0): this {
    const record = { e: "0a1b2c3d", s: 1, p: "0".repeat(32), k, v: 1, bt, mt, wt, ws, by: "-", d };
    this.line.note(record as unknown as RecordEnvelope);
    return this;
  }

  boot(bt: number, more: object = {}): this {
    return this.write(bt, 0, "boot", { bootId: `boot-${bt}`, builtAt: BUILT, ...more });
  }

  fix(bt: number, mt0: number, wall0: number, source: string, unc = 1000): this {
    return this.write(bt, mt0, "time.fix", { bt, mt0, wall0, unc, source });
  }

  confirm(bt: number, mt0: number, day: number | null): this {
    const wall0 = day === null ? null : at(day, 4);
    return this.write(bt, mt0, "time.set", { bt, mt0, wall0, unc: 12 * HOUR });
  }

  runsUntil(bt: number, mt: number): this {
    return this.write(bt, mt, "attend", {});
  }

  instant(bt: number, mt: number): Instant {
    return dateStampBy(this.line)({ bootOrdinal: bt, bootMs: mt });
  }

  words(bt: number, mt: number): string {
    return instantWordsLong(this.instant(bt, mt), 480);
  }
}

/** The worked example of docs/formats/time.md. */
function example(): Life {
  return new Life()
    .boot(1)
    .fix(1, MINUTE, at(5, 0, 31), "county")
    .runsUntil(1, 2 * HOUR)
    .boot(2)
    .runsUntil(2, 3 * HOUR)
    .boot(3)
    .confirm(3, 0, 10)
    .runsUntil(3, HOUR)
    .boot(4)
    .fix(4, 0, at(12, 1), "county", 2000)
    .runsUntil(4, HOUR);
}

test("a fix of its own boot dates a moment, and 50 ppm of drift are added", () => {
  const { unixMs, uncMs, source } = example().instant(1, 2 * HOUR);
  expect(unixMs).toBe(at(5, 2, 30));
  expect(uncMs).toBe(1000 + 119 * 60 * 0.05);
  expect(source).toBe("county");
});

test("a boot without a fix lies between the end of the one before and the start of the next", () => {
  const life = example();
  expect(life.instant(2, 3 * HOUR)).toMatchObject({ unixMs: null, sure: false, source: null });
  const [from = 0, to = 0] = life.instant(2, 3 * HOUR).between ?? [];
  expect(Math.abs((from ?? 0) - at(5, 5, 30))).toBeLessThan(3000);
  expect(Math.abs((to ?? 0) - at(12, 0))).toBeLessThan(3000);
  expect(life.words(2, 3 * HOUR)).toBe("时间未确认（2026-03-05 至 2026-03-12 之间）");
});

test("the day that the broadcaster confirmed is shown as a day, and holds in its boot alone", () => {
  const life = example();
  expect(life.words(3, HOUR)).toBe("2026-03-10（播放员确认）");
  expect(life.instant(3, HOUR)).toMatchObject({ sure: true, source: "operator" });
});

test("T3: a broadcaster's day never moves the floor, the county's time does", () => {
  const life = new Life().boot(1).confirm(1, 0, 20);
  expect(life.line.floorUnixMs).toBe(BUILT);
  expect(life.fix(1, HOUR, at(20, 6), "county").line.floorUnixMs).toBe(at(20, 6) - 1000);
});

test("T3: NTP moves the floor only within ten minutes of the county", () => {
  const alone = new Life().boot(1).fix(1, 0, at(9, 0), "ntp");
  expect(alone.line.floorUnixMs).toBe(BUILT);
  const close = new Life()
    .boot(1)
    .fix(1, 0, at(9, 0), "county")
    .fix(1, HOUR, at(9, 1, 9), "ntp");
  expect(close.line.floorUnixMs).toBe(at(9, 1, 9) - 1000);
  const far = new Life()
    .boot(1)
    .fix(1, 0, at(9, 0), "county")
    .fix(1, HOUR, at(9, 1, 11), "ntp");
  expect(far.line.floorUnixMs).toBe(at(9, 0) - 1000);
});

test("T4: a source two years ahead counts for nothing until the county agrees", () => {
  const ahead = BUILT + 3 * 365 * DAY;
  const life = new Life().boot(1).fix(1, 0, ahead, "ntp").runsUntil(1, HOUR);
  expect(life.instant(1, HOUR)).toMatchObject({ unixMs: null });
  expect(life.line.floorUnixMs).toBe(BUILT);
  life.boot(2).fix(2, 0, ahead + DAY, "county");
  expect(life.instant(1, HOUR)).toMatchObject({ unixMs: ahead + HOUR, source: "ntp" });
  const lied = new Life().boot(1).fix(1, 0, ahead, "ntp").boot(2).fix(2, 0, at(9, 0), "county");
  expect(lied.instant(1, 0)).toMatchObject({ unixMs: null, conflict: true });
  const people = new Life().boot(1).write(1, 0, "time.set", {
    bt: 1,
    mt0: 0,
    wall0: ahead,
    unc: 12 * HOUR,
  });
  expect(people.instant(1, 0).unixMs).toBeNull();
});

test("T5: two fixes of one boot that disagree are a conflict, and the less uncertain one counts", () => {
  const life = new Life().boot(1).fix(1, 0, at(9, 0), "county", 5000);
  life.fix(1, HOUR, at(9, 1, 5), "ntp", 2000);
  expect(life.instant(1, HOUR)).toMatchObject({ unixMs: at(9, 1, 5), conflict: true });
  expect(instantWords(life.instant(1, HOUR), 480)).toBe("2026-03-09 09:05（时间有出入）");
  expect(life.line.fixesOf(1)).toHaveLength(2);
  const close = new Life()
    .boot(1)
    .fix(1, 0, at(9, 0), "county")
    .fix(1, HOUR, at(9, 1, 2), "ntp");
  expect(close.instant(1, HOUR).conflict).toBeUndefined();
});

test("T2: what says a time below the floor is not believed, county or not", () => {
  const life = new Life()
    .boot(1)
    .fix(1, 0, Date.UTC(1970, 0, 2), "county")
    .fix(1, 5, 9, "ntp");
  expect(life.instant(1, 10)).toMatchObject({ unixMs: null, between: [BUILT + 10, null] });
  expect(life.words(1, 10)).toBe("时间未确认（2026-03-01 以后）");
});

test("a boot that two boot ids claim has no time of its own", () => {
  const life = new Life().boot(1).fix(1, 0, at(9, 0), "county");
  expect(life.instant(1, 0).sure).toBe(true);
  life.boot(1, { bootId: "another" });
  expect(life.instant(1, 0)).toMatchObject({ unixMs: null, conflict: true });
});

test("nonsense in a record of time changes nothing", () => {
  const life = new Life().boot(1);
  const before = life.instant(1, HOUR);
  for (const wall0 of [1e300, "2026", null, Number.NaN, -1.5]) {
    life.write(1, 0, "time.fix", { bt: 1, mt0: 0, wall0, unc: 1, source: "county" });
  }
  life.write(1, 0, "time.fix", { bt: 1, mt0: 0, wall0: at(9, 0), unc: -1, source: "county" });
  life.write(1, 0, "time.fix", { bt: 7, mt0: 0, wall0: at(9, 0), unc: 1, source: "county" });
  life.write(1, 0, "time.fix", { bt: 1, mt0: 0, wall0: at(9, 0), unc: 1, source: "sundial" });
  life.write(1, 0, "time.fix", {});
  expect(life.instant(1, HOUR)).toEqual(before);
});

test("a broadcaster who does not know is asked no more, and nothing is claimed", () => {
  const life = new Life().boot(1).confirm(1, 0, null);
  expect(life.line.wasAsked(1)).toBe(true);
  expect(life.line.wasAsked(2)).toBe(false);
  expect(life.instant(1, 0).unixMs).toBeNull();
});

test("a record that was stamped by a clock that the county kept right is evidence itself", () => {
  const life = new Life().write(1, HOUR, "attend", {}, "county", at(9, 1));
  expect(life.instant(1, 2 * HOUR)).toMatchObject({ unixMs: at(9, 2), source: "county" });
});
