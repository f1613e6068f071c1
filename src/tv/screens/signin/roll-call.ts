/**
 * Signing in, without a picture. 点名: one name at a time, one press a name, each press saved at
 * once. 报号 and 全到去缺 lie beside it in files of their own. Then the heads in the room are
 * counted, and what does not agree is said in words.
 */
import type { AttendanceStatus, Intent } from "../../../../protocol/generated/types.ts";
import type { MemberCard } from "../../../../protocol/page-api.ts";
import { moved } from "../../parts/draw.ts";
import { type Entered, enterNumber } from "../../parts/number-entry.ts";
import type { Turned } from "../../parts/turn.ts";
import type { RemoteKey } from "../../screen.ts";
import { absenteesKey, absenteesWithHeads, agreeKey, beginAbsentees } from "./absentees.ts";
import { beginCodes, codesKey, restKey } from "./codes.ts";
import { groupsKey, isByGroup, openGroups } from "./roll-groups.ts";
import { EMPTY_STATE, type RollFacts, type RollPhase, type RollState } from "./roll-state.ts";
import { countRoll, firstUnmarked, statusOf } from "./roll-sums.ts";

/** What ▼ offers: two other marks for this name, and the two other ways of signing in. */
const OTHER_CHOICES = [
  { words: "请假", status: "V" },
  { words: "迟到", status: "L" },
  { words: "大家报号签到", begin: "codes" },
  { words: "全到去缺", begin: "absentees" },
  { words: "来宾：列席、流动", go: "guests" },
] as const;

/** Numbers are typed: without number keys nobody can. */
export function otherChoices({ hasDigits }: RollFacts) {
  return OTHER_CHOICES.filter(
    (choice) => hasDigits !== false || !("begin" in choice) || choice.begin !== "codes",
  );
}

export const DIFFERS_CHOICES = ["接着点名", "按实登记"] as const;

/** Where a roll call goes on that was broken off: at the first who was not called. */
export function beginRoll(facts: RollFacts): RollState {
  const first = firstUnmarked(facts, {});
  const index = Math.max(first, 0);
  const begun = { ...EMPTY_STATE, index };
  if (first >= 0) return { ...begun, phase: "call" };
  return { ...begun, phase: facts.headsAsked ? "done" : "summary" };
}

/** Null: nothing to compare with, or equal. */
export function differenceWords(facts: RollFacts, state: RollState): string | null {
  const signed = countRoll(facts, state).present + facts.guests;
  const heads = headsOf(facts, state);
  if (heads === null || heads === signed) return null;
  return `签到 ${signed} 人，实到 ${heads} 人，相差 ${Math.abs(heads - signed)} 人，请核对`;
}

function headsOf(facts: RollFacts, state: RollState): Entered {
  return state.phase === "differs" ? state.heads : facts.heads;
}

const PHASES: Readonly<Record<RollPhase, typeof callKey>> = {
  call: callKey,
  groups: groupsKey,
  other: otherKey,
  codes: codesKey,
  rest: restKey,
  absentees: absenteesKey,
  agree: agreeKey,
  summary: summaryKey,
  heads: headsKey,
  differs: differsKey,
  done: doneKey,
};

export function pressRoll(state: RollState, key: RemoteKey, facts: RollFacts): Turned<RollState> {
  return PHASES[state.phase](state, key, facts);
}

function callKey(state: RollState, key: RemoteKey, facts: RollFacts): Turned<RollState> {
  switch (key) {
    case "ok":
      return mark(state, "P", facts);
    case "right":
      return mark(state, "A", facts);
    case "left":
      return { state: { ...state, index: Math.max(0, state.index - 1) } };
    case "up":
      return isByGroup(facts.members)
        ? { state: openGroups(state, facts) }
        : { state: { ...state, index: groupBefore(facts.members, state.index) } };
    case "down":
      return { state: { ...state, phase: "other", choice: 0 } };
    case "menu":
      return { state: beginAbsentees(state) };
    default:
      return key.startsWith("digit-") ? codesKey(beginCodes(state), key, facts) : null;
  }
}

function mark(state: RollState, status: AttendanceStatus, facts: RollFacts): Turned<RollState> {
  const member = facts.members[state.index];
  if (member === undefined) return { state };
  const marked = { ...state, pending: { ...state.pending, [member.id]: status } };
  const how = status === "L" ? "late" : "call";
  const send: Intent = { kind: "mark", how, marks: [[member.id, status]] };
  return { state: toNext(marked, facts), send };
}

/** After the last name those are called who were left out, and then the sum is shown. */
function toNext(state: RollState, facts: RollFacts): RollState {
  const next = state.index + 1;
  if (next < facts.members.length) return { ...state, phase: "call", index: next };
  const left = firstUnmarked(facts, state.pending);
  return left >= 0
    ? { ...state, phase: "call", index: left }
    : { ...state, phase: "summary", choice: 0 };
}

/** First member of the group before; of this group when it is the first. */
export function groupBefore(members: readonly MemberCard[], index: number): number {
  const firstOf = (group: string | undefined) =>
    Math.max(
      0,
      members.findIndex((member) => member.group === group),
    );
  const first = firstOf(members[index]?.group);
  return first < index ? first : firstOf(members[Math.max(0, first - 1)]?.group);
}

function otherKey(state: RollState, key: RemoteKey, facts: RollFacts): Turned<RollState> {
  const step = { up: -1, left: -1, down: 1, right: 1 }[key as "up"];
  if (step !== undefined) {
    const choice = moved(state.choice, step, otherChoices(facts).length);
    return { state: { ...state, choice } };
  }
  const back: RollState = { ...state, phase: "call" };
  if (key === "back") return { state: back };
  const chosen = otherChoices(facts)[state.choice];
  if (key !== "ok" || chosen === undefined) return null;
  if ("go" in chosen) return { state: back, go: { kind: chosen.go } };
  if ("status" in chosen) return mark(back, chosen.status, facts);
  return { state: chosen.begin === "codes" ? beginCodes(back) : beginAbsentees(back) };
}

function summaryKey(state: RollState, key: RemoteKey, facts: RollFacts): Turned<RollState> {
  if (key === "ok") return { state: { ...state, phase: "heads", heads: null } };
  return key === "left" ? { state: toLast(state, facts) } : null;
}

function toLast(state: RollState, { members }: RollFacts): RollState {
  if (members.length === 0) return state;
  return { ...state, phase: "call", index: members.length - 1 };
}

function headsKey(state: RollState, key: RemoteKey, facts: RollFacts): Turned<RollState> {
  if (key === "ok" && state.thenAbsentees) return absenteesWithHeads(state, facts);
  if (key === "ok") {
    const differs = differenceWords(facts, { ...state, phase: "differs" }) !== null;
    const next: RollState = { ...state, phase: differs ? "differs" : "done", choice: 0 };
    return { state: next, send: { kind: "headcount", heads: state.heads } };
  }
  // Back clears a number; only on — does it lead to the menu.
  if (key === "back") return state.heads === null ? null : { state: { ...state, heads: null } };
  const heads = enterNumber(state.heads, key);
  return heads === undefined ? null : { state: { ...state, heads } };
}

function differsKey(state: RollState, key: RemoteKey, facts: RollFacts): Turned<RollState> {
  if (key === "left" || key === "up") return { state: { ...state, choice: 0 } };
  if (key === "right" || key === "down") return { state: { ...state, choice: 1 } };
  if (key !== "ok") return null;
  if (state.choice === 1) return { state: { ...state, phase: "done" } };
  return { state: { ...state, phase: "call", index: whereToLook(state, facts) } };
}

/** More heads than signed: somebody was called absent. Fewer: somebody was called present. */
function whereToLook(state: RollState, facts: RollFacts): number {
  const signed = countRoll(facts, state).present + facts.guests;
  const wanted: readonly AttendanceStatus[] = (state.heads ?? 0) > signed ? ["A", "V"] : ["P", "L"];
  const index = facts.members.findIndex(({ id }) => wanted.includes(statusOf(facts, state, id)));
  return Math.max(index, 0);
}

function doneKey(state: RollState, key: RemoteKey, facts: RollFacts): Turned<RollState> {
  if (key === "ok") return { state, send: { kind: "advance", from: facts.at } };
  return key === "left" ? { state: toLast(state, facts) } : null;
}

/** The service's answer to a mark: saved, or taken back and said. */
export function answerRoll(state: RollState, intent: Intent, problem: string | null): RollState {
  if (problem === null) return { ...state, problem: null };
  if (intent.kind !== "mark") return { ...state, problem };
  const pending = { ...state.pending };
  for (const [member] of intent.marks) delete pending[member as string];
  return { ...state, pending, problem };
}

/** What a view confirms needs no remembering. */
export function settle(state: RollState, marks: RollFacts["marks"]): RollState {
  const open = Object.entries(state.pending).filter(([id, status]) => marks[id] !== status);
  return { ...state, pending: Object.fromEntries(open) };
}
