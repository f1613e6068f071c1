/**
 * 报号, without a picture: members say their permanent number, as they would sign the paper sheet,
 * and it is typed. The last digit saves; nothing else decides.
 */
import type { AttendanceStatus, Intent } from "../../../../protocol/generated/types.ts";
import type { MemberCard } from "../../../../protocol/page-api.ts";
import { digitsOf } from "../../parts/pick-members.ts";
import type { Turned } from "../../parts/turn.ts";
import { numberWords } from "../../parts/words.ts";
import type { RemoteKey } from "../../screen.ts";
import type { RollFacts, RollState } from "./roll-state.ts";
import { firstUnmarked, statusOf } from "./roll-sums.ts";

export const REST_CHOICES = ["接着报号", "没报号的都记未到"] as const;

export function beginCodes(state: RollState): RollState {
  return { ...state, phase: "codes", typed: "", said: null, twice: null };
}

export function codesKey(state: RollState, key: RemoteKey, facts: RollFacts): Turned<RollState> {
  if (key.startsWith("digit-")) return typeDigit(state, key.slice(6), facts);
  if (key === "left") return { state: { ...state, typed: state.typed.slice(0, -1), twice: null } };
  if (key === "back") return clear(state);
  if (key === "down") return { state: backToCall(state, facts) };
  if (key !== "ok") return null;
  if (state.twice !== null) return takeBack(state, state.twice, facts);
  if (state.typed !== "") return { state: { ...state, typed: "" } };
  const left = firstUnmarked(facts, state.pending);
  return { state: { ...state, phase: left < 0 ? "summary" : "rest", choice: 0 } };
}

/** Back clears what was typed; only when there is nothing does it lead to the menu. */
function clear(state: RollState): Turned<RollState> {
  if (state.typed === "" && state.twice === null) return null;
  return { state: { ...state, typed: "", twice: null, said: null } };
}

function backToCall(state: RollState, facts: RollFacts): RollState {
  const first = Math.max(0, firstUnmarked(facts, state.pending));
  return { ...state, phase: "call", index: first, typed: "" };
}

function typeDigit(state: RollState, digit: string, facts: RollFacts): Turned<RollState> {
  const typed = state.typed + digit;
  if (typed.length < digitsOf(facts.members)) {
    return { state: { ...state, typed, said: null, twice: null } };
  }
  const cleared: RollState = { ...state, typed: "", twice: null };
  const no = Number(typed);
  const member = facts.members.find((candidate) => candidate.no === no);
  if (member === undefined) {
    return { state: { ...cleared, said: `没有 ${typed} 号，请再按一次` } };
  }
  const status = statusOf(facts, state, member.id);
  if (status === "P" || status === "L") {
    return { state: { ...cleared, twice: no, said: `${numberWords(no)} 已经到了，取消吗？` } };
  }
  return markOne({ ...cleared, said: `${numberWords(no)} ${member.name} 已到 ✔` }, member, "P");
}

function takeBack(state: RollState, no: number, facts: RollFacts): Turned<RollState> {
  const member = facts.members.find((candidate) => candidate.no === no);
  if (member === undefined) return { state: { ...state, twice: null } };
  const words = `${numberWords(no)} ${member.name} 已取消`;
  return markOne({ ...state, twice: null, said: words }, member, "-");
}

function markOne(state: RollState, { id }: MemberCard, status: AttendanceStatus) {
  const send: Intent = { kind: "mark", how: "self", marks: [[id, status]] };
  return { state: { ...state, pending: { ...state.pending, [id]: status } }, send };
}

/** Those who did not call their number: asked once, with the safe choice in front. */
export function restKey(state: RollState, key: RemoteKey, facts: RollFacts): Turned<RollState> {
  if (key === "left" || key === "up") return { state: { ...state, choice: 0 } };
  if (key === "right" || key === "down") return { state: { ...state, choice: 1 } };
  if (key === "back" || (key === "ok" && state.choice === 0)) return { state: beginCodes(state) };
  return key === "ok" ? markRest(state, facts) : null;
}

function markRest(state: RollState, facts: RollFacts): Turned<RollState> {
  const marks = facts.members
    .filter(({ id }) => statusOf(facts, state, id) === "-")
    .map(({ id }): [string, AttendanceStatus] => [id, "A"]);
  const pending = { ...state.pending, ...Object.fromEntries(marks) };
  const next: RollState = { ...state, phase: "summary", choice: 0, pending };
  if (marks.length === 0) return { state: next };
  return { state: next, send: { kind: "mark", how: "self", marks: marks as never } };
}
