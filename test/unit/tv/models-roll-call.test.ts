import { expect, test } from "vitest";
import type { AttendanceStatus, Intent } from "../../../protocol/generated/types.ts";
import type { MemberCard } from "../../../protocol/page-api.ts";
import type { RemoteKey } from "../../../src/tv/screen.ts";
import {
  answerRoll,
  beginRoll,
  differenceWords,
  groupBefore,
  pressRoll,
  settle,
} from "../../../src/tv/screens/signin/roll-call.ts";
import type { RollFacts, RollState } from "../../../src/tv/screens/signin/roll-state.ts";
import { countRoll } from "../../../src/tv/screens/signin/roll-sums.ts";

function makeMembers(count: number, groupSize = 10): MemberCard[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `member${String.fromCharCode(97 + Math.floor(index / 20))}${String.fromCharCode(97 + (index % 20))}`,
    no: index + 1,
    name: "王桂兰",
    branch: "b1",
    management: "direct",
    group: `第 ${Math.floor(index / groupSize) + 1} 组`,
    initials: "wgl",
  }));
}

/** A roll call against a service that takes everything. */
class Roll {
  facts: RollFacts;
  state: RollState;
  readonly sent: Intent[] = [];
  presses = 0;

  constructor(count: number, facts: Partial<RollFacts> = {}) {
    const empty = { marks: {}, guests: 0, heads: null, headsAsked: false, at: 0 };
    this.facts = { members: makeMembers(count), ...empty, ...facts };
    this.state = beginRoll(this.facts);
  }

  press(...keys: RemoteKey[]): this {
    for (const key of keys) {
      this.presses += 1;
      const turn = pressRoll(this.state, key, this.facts);
      if (turn === null) continue;
      this.state = turn.state;
      if (turn.send !== undefined) this.#serve(turn.send);
    }
    return this;
  }

  #serve(intent: Intent): void {
    this.sent.push(intent);
    if (intent.kind === "headcount") {
      this.facts = { ...this.facts, heads: intent.heads, headsAsked: true };
    }
    if (intent.kind !== "mark") return;
    const marks = { ...this.facts.marks };
    for (const [id, status] of intent.marks) marks[id as string] = status as AttendanceStatus;
    this.facts = { ...this.facts, marks };
    this.state = settle(answerRoll(this.state, intent, null), marks);
  }
}

test("40 of 50 present are signed in, counted and led on in 53 presses", () => {
  const roll = new Roll(50);
  for (let index = 0; index < 50; index += 1) roll.press(index % 5 === 4 ? "right" : "ok");
  expect(roll.presses).toBe(50);
  expect(roll.state.phase).toBe("summary");
  expect(countRoll(roll.facts, roll.state)).toMatchObject({ present: 40, absent: 10, unmarked: 0 });
  roll.press("ok", "ok", "ok");
  expect(roll.sent.at(-1)).toEqual({ kind: "advance", from: 0 });
  expect(roll.presses).toBe(53);
});

test("OK alone leads from the first name to the next stage", () => {
  const roll = new Roll(3).press("ok", "ok", "ok", "ok", "ok", "ok");
  expect(roll.sent.map(({ kind }) => kind)).toEqual([
    "mark",
    "mark",
    "mark",
    "headcount",
    "advance",
  ]);
});

test("one press of a mark is one intent with one member", () => {
  const roll = new Roll(4).press("ok", "right", "down", "ok", "down", "down", "ok");
  expect(roll.sent).toEqual([
    { kind: "mark", how: "call", marks: [["memberaa", "P"]] },
    { kind: "mark", how: "call", marks: [["memberab", "A"]] },
    { kind: "mark", how: "call", marks: [["memberac", "V"]] },
    { kind: "mark", how: "late", marks: [["memberad", "L"]] },
  ]);
});

test("after a restart the roll call goes on at the first who was not called", () => {
  const roll = new Roll(4, { marks: { memberaa: "P", memberab: "A" } });
  expect(roll.state).toMatchObject({ phase: "call", index: 2 });
});

test("after a restart behind the last name the sums are shown, and once counted the way on", () => {
  const marks = { memberaa: "P", memberab: "A" } as const;
  expect(new Roll(2, { marks }).state.phase).toBe("summary");
  expect(new Roll(2, { marks, headsAsked: true }).state.phase).toBe("done");
});

test("a wrong press is changed by going back", () => {
  const roll = new Roll(3).press("right", "left", "ok");
  expect(countRoll(roll.facts, roll.state)).toMatchObject({ present: 1, absent: 0 });
  expect(roll.state.index).toBe(1);
});

test("whoever was left out is called before the sums are shown", () => {
  const roll = new Roll(3, { marks: { memberab: "P" } });
  roll.state = { ...roll.state, index: 2 };
  roll.press("ok");
  expect(roll.state).toMatchObject({ phase: "call", index: 0 });
});

test("up goes to the start of the group, then to the group before", () => {
  const members = makeMembers(30);
  expect(groupBefore(members, 25)).toBe(20);
  expect(groupBefore(members, 20)).toBe(10);
  expect(groupBefore(members, 0)).toBe(0);
});

test("OK on — records that nobody counted, never a number", () => {
  const roll = new Roll(1).press("ok", "ok", "ok");
  expect(roll.sent.at(-1)).toEqual({ kind: "headcount", heads: null });
  expect(roll.state.phase).toBe("done");
});

test("a head count that differs is said in words, and the roll call is offered first", () => {
  const roll = new Roll(6).press("ok", "ok", "ok", "right", "ok", "ok");
  roll.press("ok", "up", "right", "right", "ok");
  expect(roll.state).toMatchObject({ phase: "differs", choice: 0, heads: 7 });
  expect(differenceWords(roll.facts, roll.state)).toBe("签到 5 人，实到 7 人，相差 2 人，请核对");
  // More heads than signed: begin at the first who was called absent.
  expect(roll.press("ok").state).toMatchObject({ phase: "call", index: 3 });
});

test("registering as counted leads on although the numbers differ", () => {
  const roll = new Roll(1).press("ok", "ok", "up", "ok");
  expect(roll.state.phase).toBe("differs");
  roll.press("right", "ok", "ok");
  expect(roll.sent.at(-1)).toEqual({ kind: "advance", from: 0 });
});

test("an equal head count is not questioned", () => {
  const roll = new Roll(1, { guests: 1 }).press("ok", "ok", "right", "right", "ok");
  expect(roll.state.phase).toBe("done");
});

test("Back clears a number that was entered, and is left to the menu on —", () => {
  const roll = new Roll(1).press("ok", "ok", "up", "back");
  expect(roll.state.heads).toBeNull();
  expect(pressRoll(roll.state, "back", roll.facts)).toBeNull();
});

test("a mark that was refused is taken back, and its words stay until one is saved", () => {
  const roll = new Roll(2);
  const turn = pressRoll(roll.state, "ok", roll.facts);
  if (turn?.send === undefined) throw new Error("a mark sends");
  const refused = answerRoll(turn.state, turn.send, "存不进去，请用纸质签到");
  expect(refused.pending).toEqual({});
  expect(refused.problem).toBe("存不进去，请用纸质签到");
  expect(countRoll(roll.facts, refused).present).toBe(0);
  const other: Intent = { kind: "mark", how: "call", marks: [["memberab", "P"]] };
  expect(answerRoll(refused, other, null).problem).toBeNull();
});

test("an empty roster leads on instead of nowhere", () => {
  const roll = new Roll(0).press("ok", "ok", "ok");
  expect(roll.sent.map(({ kind }) => kind)).toEqual(["headcount", "advance"]);
});

const digits = (no: number): RemoteKey[] =>
  [...String(no).padStart(2, "0")].map((digit): RemoteKey => `digit-${Number(digit)}`);

test("40 of 50 are signed in by 报号 in 83 presses, and the rest is asked for once", () => {
  const roll = new Roll(50);
  for (let no = 1; no <= 40; no += 1) roll.press(...digits(no));
  expect(countRoll(roll.facts, roll.state)).toMatchObject({ present: 40, unmarked: 10 });
  roll.press("ok");
  expect(roll.state).toMatchObject({ phase: "rest", choice: 0 });
  roll.press("right", "ok");
  expect(countRoll(roll.facts, roll.state)).toMatchObject({ present: 40, absent: 10, unmarked: 0 });
  expect(roll.presses).toBeLessThanOrEqual(83);
  expect(roll.sent.every((intent) => intent.kind === "mark" && intent.how === "self")).toBe(true);
});

test("a number that is nobody's is said, and writes nothing", () => {
  const roll = new Roll(50).press(...digits(87));
  expect(roll.state).toMatchObject({ said: "没有 87 号，请再按一次", typed: "" });
  expect(roll.sent).toEqual([]);
});

test("a number called twice asks, and only OK takes it back", () => {
  const roll = new Roll(5).press(...digits(3), ...digits(3));
  expect(roll.state).toMatchObject({ said: "03 已经到了，取消吗？", twice: 3 });
  roll.press("left");
  expect(countRoll(roll.facts, roll.state).present).toBe(1);
  roll.press(...digits(3), "ok");
  expect(countRoll(roll.facts, roll.state)).toMatchObject({ present: 0, unmarked: 5 });
});

test("numbers have three digits when one member needs them", () => {
  const roll = new Roll(120).press("digit-1", "digit-0");
  expect(roll.state.typed).toBe("10");
  roll.press("digit-7");
  expect(roll.facts.marks["membergh"] ?? roll.state.said).toBe("107 王桂兰 已到 ✔");
});

test("40 of 50 are signed in by 全到去缺 in 30 presses with digits, as one record", () => {
  const roll = new Roll(50).press("menu", "digit-4", "digit-0", "ok");
  expect(roll.sent).toEqual([{ kind: "headcount", heads: 40 }]);
  for (let no = 41; no <= 50; no += 1) roll.press(...digits(no));
  expect(roll.state.phase).toBe("agree");
  roll.press("ok");
  expect(countRoll(roll.facts, roll.state)).toMatchObject({ present: 40, absent: 10, unmarked: 0 });
  expect(roll.sent).toHaveLength(2);
  expect(roll.presses).toBeLessThanOrEqual(30);
});

test("全到去缺 with six keys alone takes about 45 presses", () => {
  const roll = new Roll(50).press("down", "down", "down", "down", "ok");
  roll.press(...Array<RemoteKey>(8).fill("up"), "ok");
  for (let row = 0; row < 10; row += 1) roll.press("ok", "down");
  expect(roll.state.phase).toBe("agree");
  roll.press("ok");
  expect(countRoll(roll.facts, roll.state)).toMatchObject({ present: 40, absent: 10 });
  expect(roll.presses).toBeLessThanOrEqual(45);
});

test("全到去缺 cannot be registered while heads and marks differ, nor without a count", () => {
  const roll = new Roll(5).press("menu", "up", "ok");
  expect(roll.state.phase).toBe("agree");
  const differs = new Roll(5).press("menu", "digit-3", "ok", "ok");
  expect(differs.state.phase).toBe("absentees");
  expect(differs.sent).toEqual([{ kind: "headcount", heads: 3 }]);
  const uncounted = new Roll(5).press("menu", "ok");
  expect(uncounted.state.phase).toBe("call");
  expect(uncounted.sent).toEqual([]);
});

test("who is on leave stays on leave in 全到去缺", () => {
  const roll = new Roll(3).press("down", "ok", "menu", "digit-1", "ok", "digit-0", "digit-2", "ok");
  expect(countRoll(roll.facts, roll.state)).toEqual({
    present: 1,
    late: 0,
    absent: 1,
    leave: 1,
    unmarked: 0,
  });
});
