import fc from "fast-check";
import { expect, test } from "vitest";
import {
  DEFAULT_SETTINGS,
  decideRefresh,
  type RefreshFacts,
} from "../../../media-cache/refresh/when.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const facts = (more: Partial<RefreshFacts> = {}): RefreshFacts => ({
  settings: DEFAULT_SETTINGS,
  now: { date: "2026-03-05", minute: 12 * 60 },
  share: 0,
  chance: 0,
  quietMs: HOUR,
  untouchedMs: HOUR,
  askDone: 0,
  sinceFailedMs: null,
  uptimeMs: 1000 * HOUR,
  uptimeSinceDoneMs: HOUR,
  doneOn: "2026-03-05",
  night: { key: "", bytes: 0 },
  ...more,
});

const at = (minute: number, date = "2026-03-06") => ({ now: { date, minute } });
const across = { ...DEFAULT_SETTINGS, window: { fromMinute: 23 * 60, toMinute: 4 * 60 } };

test("at night it starts at its own place in the window, and stops at the window's end", () => {
  expect(decideRefresh(facts({ ...at(60) }))).toMatchObject({
    ...{ kind: "start", mode: "night", key: "2026-03-06" },
    ...{ stopAfterMs: 4 * HOUR, bytesPerSecond: 250_000, budgetBytes: 400e6 },
  });
  expect(decideRefresh(facts({ ...at(60), share: 0.5, chance: 1 }))).toEqual({
    kind: "sleep",
    ms: 100 * MINUTE,
  });
});

test("a window across midnight is one night, counted under the day it began", () => {
  const late = facts({ settings: across, ...at(23 * 60 + 30, "2026-03-05"), doneOn: null });
  const early = facts({ settings: across, ...at(30, "2026-03-06"), doneOn: null });
  expect(decideRefresh(late)).toMatchObject({ key: "2026-03-05", stopAfterMs: 4.5 * HOUR });
  expect(decideRefresh(early)).toMatchObject({ key: "2026-03-05", stopAfterMs: 3.5 * HOUR });
  expect(decideRefresh({ ...early, doneOn: "2026-03-05" })).toMatchObject({ kind: "sleep" });
});

test("a night that is done is not begun again; one that failed waits a quarter of an hour", () => {
  expect(decideRefresh(facts({ ...at(100), doneOn: "2026-03-06" })).kind).toBe("sleep");
  const failed = facts({ ...at(100), sinceFailedMs: 5 * MINUTE });
  expect(decideRefresh(failed)).toEqual({ kind: "sleep", ms: 10 * MINUTE });
});

test("the bytes of a night are not spent twice", () => {
  const night = { key: "2026-03-06", bytes: 399e6 };
  expect(decideRefresh(facts({ ...at(60), night }))).toMatchObject({ budgetBytes: 1e6 });
  const spent = { key: "2026-03-06", bytes: 400e6 };
  expect(decideRefresh(facts({ ...at(60), night: spent })).kind).toBe("sleep");
});

test("by day nothing is fetched as long as the nights do their work", () => {
  expect(decideRefresh(facts()).kind).toBe("sleep");
});

test.each([
  ["two windows were missed", { doneOn: "2026-03-03" }],
  ["48 hours of uptime went by", { uptimeSinceDoneMs: 48 * HOUR }],
  ["it never ran to its end", { uptimeSinceDoneMs: null, doneOn: null }],
  ["the clock is not sure and 20 hours went by", { now: null, uptimeSinceDoneMs: 20 * HOUR }],
])("a trickle at a quarter of the cap when %s", (_why, more) => {
  expect(decideRefresh(facts(more))).toMatchObject({ mode: "trickle", bytesPerSecond: 62_500 });
});

test("a trickle waits for a quarter of an hour of quiet, and a county can switch it off", () => {
  const due = { doneOn: "2026-03-01" };
  expect(decideRefresh(facts({ ...due, quietMs: MINUTE }))).toEqual({
    kind: "sleep",
    ms: 14 * MINUTE,
  });
  const settings = { ...DEFAULT_SETTINGS, trickle: false };
  expect(decideRefresh(facts({ ...due, settings })).kind).toBe("sleep");
});

test("without a clock the bytes are counted by days of uptime, also before the first end", () => {
  const blind = { now: null, uptimeSinceDoneMs: null, doneOn: null };
  const spent = { ...blind, night: { key: "uptime-0", bytes: 400e6 } };
  expect(decideRefresh(facts({ ...spent, uptimeMs: 23 * HOUR })).kind).toBe("sleep");
  expect(decideRefresh(facts({ ...spent, uptimeMs: 24 * HOUR }))).toMatchObject({
    key: "uptime-1",
  });
});

test("P5: without a sure clock nothing that it decides depends on a date", () => {
  const blind = { now: null, uptimeSinceDoneMs: 30 * HOUR };
  const one = decideRefresh(facts({ ...blind, doneOn: "1970-01-01" }));
  expect(decideRefresh(facts({ ...blind, doneOn: "2099-12-31" }))).toEqual(one);
});

test("whatever the facts, it sleeps a while or starts with bytes and time to spend", () => {
  const any = fc.record({
    minute: fc.nat(1439),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    chance: fc.double({ min: 0, max: 1, noNaN: true }),
    from: fc.nat(1439),
    to: fc.nat(1439),
    quietMs: fc.nat(2 * HOUR),
    spent: fc.nat(500e6),
    known: fc.boolean(),
  });
  fc.assert(
    fc.property(any, ({ minute, from, to, spent, known, ...rest }) => {
      const window = { fromMinute: from, toMinute: to };
      const settings = { ...DEFAULT_SETTINGS, window };
      const now = known ? { date: "2026-03-06", minute } : null;
      const night = { key: "2026-03-06", bytes: spent };
      const decision = decideRefresh(
        facts({ ...rest, settings, now, night, doneOn: "2026-03-01" }),
      );
      return decision.kind === "sleep"
        ? decision.ms > 0
        : decision.budgetBytes > 0 && decision.stopAfterMs > 0;
    }),
  );
});
