import { expect, test } from "vitest";
import { ErasureFold, withoutErased } from "../../../protocol/erasures.ts";
import {
  isAttendFixPayload,
  isErasePayload,
  isMakeupPayload,
  isPractiseResultPayload,
  isRoster,
  isSessionFixPayload,
} from "../../../protocol/generated/validators.js";
import { makeRoster } from "../../support/fake-room.ts";
import {
  at,
  attend,
  close,
  foldLines,
  type Line,
  makeup,
  open,
  recordsOf,
} from "../../support/session-records.ts";

const SESSION = at(1);
const MARKS = { aaaaaaaa: "P", bbbbbbbb: "V", cccccccc: "A" };
const HELD: readonly Line[] = [open(), attend(SESSION, MARKS), close(SESSION)];

const fix = (member: string, ref: string, from: string, to: string): Line => ({
  k: "attend.fix",
  d: { session: SESSION, member, ref, from, to, reason: "paper" },
  by: "zzzzzzzz",
});
const fixField = (field: string, from: unknown, to: unknown): Line => ({
  k: "session.fix",
  d: { session: SESSION, field, from, to, reason: "mistake" },
});
const held = (...more: readonly Line[]) => foldLines([...HELD, ...more]);
const markOf = (member: string, ...more: readonly Line[]) =>
  held(...more).marks.find((line) => line.member === member);

test("a closed session changes by an attend.fix, which shows 更 and keeps what was there", () => {
  const { counts, marks, corrections, by } = held(fix("cccccccc", at(2), "A", "V"));
  expect(counts).toMatchObject({ expected: 3, P: 1, V: 2, A: 0, unmarked: 0 });
  expect(marks.filter(({ corrected }) => corrected).map(({ member }) => member)).toEqual([
    "cccccccc",
  ]);
  expect(corrections).toMatchObject([
    { record: at(4), field: "mark", member: "cccccccc", from: "A", to: "V", stands: true },
  ]);
  expect(corrections[0]?.by).toBe("zzzzzzzz");
  expect(by).toBe("-");
});

test("a closed session does not change by an attend, nor by a headcount", () => {
  const later = held(attend(SESSION, { cccccccc: "P" }), {
    k: "headcount",
    d: { session: SESSION, heads: 9 },
  });
  expect(later.counts).toEqual(held().counts);
  expect(later.heads).toBeNull();
});

test("an attend.fix whose `from` is not what stands changes nothing, and is listed as such", () => {
  const { counts, corrections } = held(fix("cccccccc", at(2), "V", "P"));
  expect(counts).toEqual(held().counts);
  expect(corrections).toMatchObject([{ from: "V", to: "P", stands: false }]);
});

test("an attend.fix whose `ref` is no longer the standing record changes nothing", () => {
  const first = fix("cccccccc", at(2), "A", "V");
  const back = fix("cccccccc", at(4), "V", "A");
  const blind = fix("cccccccc", at(2), "A", "P");
  expect(markOf("cccccccc", first, back, blind)).toMatchObject({ status: "A", ref: at(5) });
});

test("an attend.fix of an open session changes nothing", () => {
  const early = foldLines([
    open(),
    attend(SESSION, MARKS),
    fix("cccccccc", at(2), "A", "P"),
    close(SESSION),
  ]);
  expect(early.counts).toEqual(held().counts);
  expect(early.corrections).toEqual([]);
});

test("somebody who was never marked is corrected against the session's opening", () => {
  const abandoned = [open(), attend(SESSION, { aaaaaaaa: "P" }), close(SESSION, "abandoned")];
  const { counts } = foldLines([...abandoned, fix("bbbbbbbb", SESSION, "-", "P")]);
  expect(counts).toMatchObject({ P: 2, unmarked: 1 });
});

test("a session.fix changes the field that stands as it says, and no other", () => {
  const changed = held(
    fixField("heads", null, 12),
    fixField("type", "study-day", "party-lecture"),
    fixField("branches", ["b1"], ["b1", "b2"]),
    fixField("G", 0, 2),
  );
  expect(changed).toMatchObject({ heads: 12, type: "party-lecture", branches: ["b1", "b2"] });
  expect(changed.counts.G).toBe(2);
  const refused = held(fixField("heads", 3, 12), fixField("title", "别的", "新的"));
  expect(refused).toMatchObject({ heads: null, title: "稻瘟病的识别与防治" });
  expect(refused.corrections.map(({ stands }) => stands)).toEqual([false, false]);
});

test("a make-up never changes a mark, and can be struck out by a session.fix", () => {
  const made = held(makeup(SESSION, ["cccccccc"], { how: "home", day: "2026-03-12" }));
  expect(made.counts).toEqual(held().counts);
  expect(made.makeups).toMatchObject([{ record: at(4), how: "home", day: "2026-03-12" }]);
  const struck = held(makeup(SESSION, ["cccccccc"]), fixField("makeup", at(4), null));
  expect(struck.makeups).toEqual([]);
  expect(struck.corrections).toMatchObject([{ field: "makeup", from: at(4), stands: true }]);
});

test("the newest result of a task counts, and shows 更 when there was one before", () => {
  const result = (ending: string): Line => ({
    k: "practise.result",
    d: {
      session: SESSION,
      item: 0,
      task: "k2",
      ending,
      heads: 7,
      marks: [["aaaaaaaa", "P", "call"]],
    },
  });
  const { results } = held(result("partly"), result("done"));
  expect(results).toMatchObject([{ task: "k2", ending: "done", corrected: true, heads: 7 }]);
  expect(results[0]?.marks).toEqual([{ member: "aaaaaaaa", status: "P" }]);
});

test("an unknown kind, and a later version of a known one, change nothing", () => {
  const later: Line = { ...fix("cccccccc", at(2), "A", "P"), v: 2 };
  const unknown: Line = { k: "attend.undo", d: { session: SESSION, member: "cccccccc" } };
  expect(held(later, unknown)).toEqual(held());
});

test("the payloads of docs/formats/registers.md are what their schemas want", () => {
  const session = "9e45903c-3";
  const member = "scrm2iz5q2kh";
  expect(
    isAttendFixPayload({ session, member, ref: "9e45903c-7", from: "A", to: "V", reason: "paper" }),
  ).toBe(true);
  expect(
    isSessionFixPayload({ session, field: "heads", from: 41, to: 40, reason: "mistake" }),
  ).toBe(true);
  expect(
    isMakeupPayload({
      session,
      item: 0,
      how: "home",
      members: [member],
      day: "2026-03-12",
      held: null,
    }),
  ).toBe(true);
  expect(
    isPractiseResultPayload({
      ...{ session, item: 0, task: "k2", ending: "done", heads: 12, day: "2026-03-20" },
      marks: [[member, "P", "call"]],
      guests: { G: 0, Q: 3 },
    }),
  ).toBe(true);
  expect(
    isErasePayload({
      members: [[member, 7]],
      notes: [],
      reason: "request",
      order: "乡组〔2026〕5号",
    }),
  ).toBe(true);
  expect(isSessionFixPayload({ session, field: "by", from: "a", to: "b", reason: "mistake" })).toBe(
    false,
  );
});

test("what an erase record leaves of a member in a roster is the place, and it is a roster still", () => {
  const roster = makeRoster(3);
  const [, second] = roster.members;
  const erasures = new ErasureFold();
  const d = { members: [[second?.id, 2]], notes: [], reason: "order", order: "5号" };
  for (const stored of recordsOf([{ k: "erase", d }])) erasures.note(stored);
  const clean = withoutErased(roster, erasures);
  expect(isRoster(clean)).toBe(true);
  expect(clean.members[1]).toMatchObject({ id: second?.id, no: 2, name: "已删除", erased: true });
  expect(JSON.stringify(clean)).not.toContain("同志2");
  expect(withoutErased(clean, erasures)).toBe(clean);
});
