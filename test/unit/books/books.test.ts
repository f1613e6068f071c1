import { expect, test } from "vitest";
import { coverageOf } from "../../../protocol/books/attendance.ts";
import { makeupQueue } from "../../../protocol/books/makeup-queue.ts";
import { memberYear } from "../../../protocol/books/member-year.ts";
import { openTasks } from "../../../protocol/books/open-tasks.ts";
import { EVERYTHING } from "../../../protocol/books/scope.ts";
import { yearCounts } from "../../../protocol/books/year-counts.ts";
import { MemberDirectory } from "../../../protocol/member-directory.ts";
import { makeRoster } from "../../support/fake-room.ts";
import {
  at,
  attend,
  close,
  foldJournal,
  foldLines,
  LESSON,
  type Line,
  makeup,
  open,
} from "../../support/session-records.ts";

const SESSION = at(1);
const ONE_THERE = { aaaaaaaa: "P", bbbbbbbb: "V", cccccccc: "A" };
const held = (...more: readonly Line[]) =>
  foldLines([open(), attend(SESSION, ONE_THERE), close(SESSION), ...more]);
const debtsOf = (session: ReturnType<typeof held>) =>
  makeupQueue([session], EVERYTHING).debts.map(({ member, item }) => `${member}/${item}`);

test("到课 and 覆盖 are two numbers: 补课 and 送学上门 raise only the second", () => {
  const { counts, attended, covered } = coverageOf(held());
  expect({ expected: counts.expected, attended, covered }).toEqual({
    expected: 3,
    attended: 1,
    covered: 1,
  });
  const both = held(makeup(SESSION, ["bbbbbbbb"]), makeup(SESSION, ["cccccccc"], { how: "home" }));
  expect(coverageOf(both)).toMatchObject({ attended: 1, madeUp: 1, broughtHome: 1, covered: 3 });
  expect(both.counts).toMatchObject({ P: 1, V: 1, A: 1 });
});

test("who was late or left early was there, and owes nothing", () => {
  const marks = { aaaaaaaa: "L", bbbbbbbb: "X", cccccccc: "A" };
  const session = foldLines([open(), attend(SESSION, marks), close(SESSION)]);
  expect(coverageOf(session).attended).toBe(2);
  expect(debtsOf(session)).toEqual(["cccccccc/0"]);
});

test("who was absent owes each lesson until that lesson, or all of it, is made up", () => {
  const two = open({ lessons: [LESSON, LESSON] });
  const lines = [two, attend(SESSION, { ...ONE_THERE, bbbbbbbb: "P" }), close(SESSION)];
  expect(debtsOf(foldLines(lines))).toEqual(["cccccccc/0", "cccccccc/1"]);
  const first = makeup(SESSION, ["cccccccc"], { item: 0 });
  expect(debtsOf(foldLines([...lines, first]))).toEqual(["cccccccc/1"]);
  expect(coverageOf(foldLines([...lines, first])).covered).toBe(2);
  const second = makeup(SESSION, ["cccccccc"], { item: 1, how: "home" });
  expect(debtsOf(foldLines([...lines, first, second]))).toEqual([]);
  expect(coverageOf(foldLines([...lines, first, second])).covered).toBe(3);
});

test("a session without a lesson is owed as a whole", () => {
  const lines = [open({ lessons: [] }), attend(SESSION, ONE_THERE), close(SESSION)];
  expect(debtsOf(foldLines(lines))).toEqual(["bbbbbbbb/null", "cccccccc/null"]);
});

test("an abandoned session, and 练习, are owed by nobody", () => {
  const abandoned = foldLines([open(), attend(SESSION, ONE_THERE), close(SESSION, "abandoned")]);
  expect(debtsOf(abandoned)).toEqual([]);
  const lines = [open({ type: "rehearsal" }), attend(SESSION, ONE_THERE), close(SESSION)];
  expect(debtsOf(foldLines(lines))).toEqual([]);
});

test("who is 失联 by today's roster is in no queue", () => {
  const { debts } = makeupQueue([held()], EVERYTHING, (member) => member !== "cccccccc");
  expect(debts.map(({ member }) => member)).toEqual(["bbbbbbbb"]);
});

test("a correction from absent to there takes the debt away, and a make-up made before stays", () => {
  const paid = makeup(SESSION, ["cccccccc"]);
  const d = {
    session: SESSION,
    member: "cccccccc",
    ref: at(2),
    from: "A",
    to: "P",
    reason: "proof",
  };
  const session = held(paid, { k: "attend.fix", d });
  expect(debtsOf(session)).toEqual(["bbbbbbbb/0"]);
  expect(coverageOf(session)).toMatchObject({ attended: 2, madeUp: 0, covered: 2 });
  expect(session.makeups).toHaveLength(1);
});

const step = (stage: string, left: string, ending: string): Line => ({
  k: "step",
  d: { session: SESSION, item: 0, stage, event: "advance", left: { stage: left, ending } },
});

test("a unit that broke off a stage owes it, until it held that stage again", () => {
  const lines = [
    open(),
    step("s2", "signin", "done"),
    step("s4", "s2", "cut-short"),
    step("-", "s4", "done"),
    close(SESSION),
  ];
  const stagesOf = (...more: Line[]) =>
    makeupQueue([foldLines([...lines, ...more])], EVERYTHING).stages.map(({ stage }) => stage);
  expect(stagesOf()).toEqual(["s2"]);
  expect(stagesOf(makeup(SESSION, [], { how: "unit", item: 0, stage: "s4" }))).toEqual(["s2"]);
  expect(stagesOf(makeup(SESSION, [], { how: "unit", item: 0, stage: "s2" }))).toEqual([]);
});

test("a stage that a unit held again pays for no person; a whole one does", () => {
  const stage = { how: "unit", item: 0, stage: "s2" };
  expect(debtsOf(held(makeup(SESSION, ["bbbbbbbb"], stage)))).toEqual(["bbbbbbbb/0", "cccccccc/0"]);
  expect(debtsOf(held(makeup(SESSION, ["bbbbbbbb"], { how: "unit" })))).toEqual(["cccccccc/0"]);
});

test("a joint session counts each branch's own members, and those who were welcome apart", () => {
  const joint = open({ branches: ["b1", "b2"], branchAt: [0, 1, 1] });
  const marks = { ...ONE_THERE, dddddddd: "P" };
  const session = foldLines([joint, attend(SESSION, marks), close(SESSION)]);
  expect(coverageOf(session, "b1")).toMatchObject({ attended: 1, welcome: 0 });
  expect(coverageOf(session, "b1").counts.expected).toBe(1);
  expect(coverageOf(session, "b2")).toMatchObject({ attended: 0, welcome: 1 });
  expect(coverageOf(session).counts.expected).toBe(3);
});

test("a 双管 member's study is in the book of the home branch too", () => {
  const marks = { ...ONE_THERE, dddddddd: "L" };
  const session = foldLines([open(), attend(SESSION, marks), close(SESSION)]);
  const { lines, expected, attended } = memberYear([session], "dddddddd", EVERYTHING);
  expect(lines).toMatchObject([{ status: "L", expected: false }]);
  expect({ expected, attended }).toEqual({ expected: 0, attended: 0 });
  const home = yearCounts([session], { ...EVERYTHING, branch: "b2" });
  expect(home.types).toEqual([]);
  expect(makeupQueue([session], { ...EVERYTHING, branch: "b2" }).debts).toEqual([]);
});

test("a member's year says what was held, owed, made up, and what the member did", () => {
  const note = {
    session: SESSION,
    item: 0,
    topic: "t1",
    points: [],
    speakers: ["aaaaaaaa"],
    doubts: null,
  };
  const play = { session: SESSION, item: 0, fromMs: 0, toMs: 60_000, rate: 1 };
  const session = foldLines([
    open(),
    attend(SESSION, ONE_THERE),
    { k: "play", d: play },
    { k: "note", d: note },
    close(SESSION),
    makeup(SESSION, ["bbbbbbbb"]),
  ]);
  const there = memberYear([session], "aaaaaaaa", EVERYTHING);
  expect(there.lines).toMatchObject([{ watchedMs: 60_000, spokeOn: ["t1"], owed: [] }]);
  const leave = memberYear([session], "bbbbbbbb", EVERYTHING);
  expect(leave.lines).toMatchObject([{ status: "V", watchedMs: null, owed: [] }]);
  expect(leave).toMatchObject({ expected: 1, attended: 0, covered: 1 });
  expect(memberYear([session], "cccccccc", EVERYTHING)).toMatchObject({ covered: 0 });
});

test("a task comes back until it is done or dropped", () => {
  const give = (task: string, more: object = {}): Line => ({
    k: "practise",
    d: { session: SESSION, item: 0, task, heads: 9, members: [], ...more },
  });
  const result = (task: string, ending: string): Line => ({
    k: "practise.result",
    d: { session: SESSION, item: 0, task, ending, heads: 3, marks: [] },
  });
  const lines = [
    open(),
    give("k1", { kind: "try", dueDays: 14 }),
    give("k2"),
    give("k3"),
    close(SESSION),
  ];
  const open2 = (...more: Line[]) =>
    openTasks([foldLines([...lines, ...more])]).map(({ task }) => task.task);
  expect(open2()).toEqual(["k1", "k2", "k3"]);
  expect(open2(result("k1", "partly"), result("k2", "done"), result("k3", "dropped"))).toEqual([
    "k1",
  ]);
});

test("三会一课 and 民主生活会 are counted for each branch a session was held for", () => {
  const lines: Line[] = [];
  const hold = (type: string, branches: string[], ending: "done" | "abandoned" = "done") => {
    const id = at(lines.length + 1);
    lines.push(open({ type, branches, lessons: [] }), close(id, ending));
  };
  hold("branch-assembly", ["b1", "b2"]);
  hold("branch-committee", ["b1"]);
  hold("party-group", ["b1"], "abandoned");
  hold("party-lecture", ["b1", "b2"]);
  hold("leader-lecture", ["b1"]);
  hold("democratic-life", ["b2"]);
  hold("rehearsal", ["b1"]);
  const sessions = foldJournal(lines);
  expect(yearCounts(sessions, { ...EVERYTHING, branch: "b1" }).meetings).toEqual({
    assembly: 1,
    committee: 1,
    group: 0,
    lecture: 2,
    democraticLife: 0,
  });
  expect(yearCounts(sessions, { ...EVERYTHING, branch: "b2" }).meetings).toEqual({
    assembly: 1,
    committee: 0,
    group: 0,
    lecture: 1,
    democraticLife: 1,
  });
});

test("列席 and 群众 are counted apart, in neither attendance nor coverage", () => {
  const guests = { k: "attend", d: { session: SESSION, marks: [], guests: { G: 3, Q: 4 } } };
  const session = foldLines([open(), attend(SESSION, ONE_THERE), guests, close(SESSION)]);
  expect(yearCounts([session], EVERYTHING).types).toMatchObject([
    { held: 1, expected: 3, attended: 1, covered: 1, G: 3, Q: 4 },
  ]);
});

test("a session whose date nobody knows is in no year, and each book says how many there are", () => {
  const session = foldLines([open(), attend(SESSION, ONE_THERE), close(SESSION)], {
    startUnixMs: null,
  });
  const year = { ...EVERYTHING, year: 2026 };
  expect(yearCounts([session], year)).toMatchObject({ types: [], undated: 1 });
  expect(makeupQueue([session], year)).toMatchObject({ debts: [], undated: 1 });
  expect(memberYear([session], "aaaaaaaa", year)).toMatchObject({ lines: [], undated: 1 });
  expect(makeupQueue([session], EVERYTHING).debts).toHaveLength(2);
  expect(yearCounts([held()], year)).toMatchObject({ types: [{ held: 1 }], undated: 0 });
  expect(yearCounts([held()], { ...year, year: 2025 })).toMatchObject({ types: [], undated: 0 });
});

test("a member that no roster has is shown by number, an erased one as 已删除 with the number", () => {
  const roster = makeRoster(2);
  const [first] = roster.members;
  const erased = new Map([["bbbbbbbb", 2]]);
  const directory = new MemberDirectory(roster, erased, [held()]);
  expect(directory.name("cccccccc").text).toBe("名册已无此人（编号 5）");
  expect(directory.name("bbbbbbbb").text).toBe("2 号（已删除）");
  expect(directory.name(first?.id ?? "").text).toBe("同志1");
  expect(directory.name("zzzzzzzz").text).toBe("名册已无此人（编号不详）");
  const old = foldLines([{ k: "session.open", d: { ...open().d, numbers: undefined } }]);
  expect(new MemberDirectory(null, new Map(), [old]).name("cccccccc").text).toBe(
    "名册已无此人（编号 3）",
  );
});
