/**
 * 全到去缺, without a picture: the heads are counted first, then those are picked who are missing.
 * Only when both agree can it be registered, and all of it is one record: quick, and still honest.
 */
import type { AttendanceStatus, Intent } from "../../../../protocol/generated/types.ts";
import { digitsOf } from "../../parts/pick-members.ts";
import type { Turned } from "../../parts/turn.ts";
import { moveInGrid } from "../../parts/turn.ts";
import type { RemoteKey } from "../../screen.ts";
import type { RollFacts, RollState } from "./roll-state.ts";
import { statusOf } from "./roll-sums.ts";

export const ABSENTEE_ROWS = 4;
/** Longer than that, a name does not fit a narrow cell in two lines of the largest letters. */
const NARROW_NAME_MAX = 9;

/** Four columns, or two where somebody has a long name: all are read whole. */
export function absenteeColumns(members: RollFacts["members"]): 2 | 4 {
  return members.some(({ name }) => [...name].length > NARROW_NAME_MAX) ? 2 : 4;
}

export function beginAbsentees(state: RollState): RollState {
  const begun = { index: 0, heads: null, missing: [], typed: "", said: null };
  return { ...state, ...begun, phase: "heads", thenAbsentees: true };
}

/** Without a count of heads there is nothing that absentees could agree with: back to 点名. */
export function absenteesWithHeads(state: RollState, facts: RollFacts): Turned<RollState> {
  const { heads } = state;
  const next: RollState = { ...state, phase: "call", thenAbsentees: false };
  if (heads === null) return { state: next };
  return { state: settleAbsentees(next, facts), send: { kind: "headcount", heads } };
}

export interface AbsenteeSums {
  readonly expected: number;
  /** Picked as missing, with those who are on leave. */
  readonly away: number;
  readonly present: number;
  /** Heads in the room without the guests. */
  readonly counted: number;
}

export function absenteeSums(state: RollState, facts: RollFacts): AbsenteeSums {
  const expected = facts.members.length;
  const away = facts.members.filter(({ id }) => isAway(state, facts, id)).length;
  const counted = (state.heads ?? 0) - facts.guests;
  return { expected, away, present: expected - away, counted };
}

export function isAway(state: RollState, facts: RollFacts, id: string): boolean {
  return state.missing.includes(id) || statusOf(facts, state, id) === "V";
}

export function absenteesKey(
  state: RollState,
  key: RemoteKey,
  facts: RollFacts,
): Turned<RollState> {
  if (key === "back") return { state: { ...state, phase: "call", missing: [] } };
  if (key.startsWith("digit-")) return { state: typeDigit(state, key.slice(6), facts) };
  if (key === "ok") return { state: toggle(state, facts.members[state.index]?.id, facts) };
  const { length: count } = facts.members;
  const index = moveInGrid(state.index, key, { count, columns: absenteeColumns(facts.members) });
  return index === undefined ? null : { state: { ...state, index, typed: "" } };
}

function typeDigit(state: RollState, digit: string, facts: RollFacts): RollState {
  const typed = state.typed + digit;
  if (typed.length < digitsOf(facts.members)) return { ...state, typed, said: null };
  const index = facts.members.findIndex(({ no }) => no === Number(typed));
  if (index < 0) return { ...state, typed: "", said: `没有 ${typed} 号，请再按一次` };
  return toggle({ ...state, typed: "", said: null, index }, facts.members[index]?.id, facts);
}

/** The pick that makes both numbers agree asks at once whether that is all. */
function toggle(state: RollState, id: string | undefined, facts: RollFacts): RollState {
  if (id === undefined || statusOf(facts, state, id) === "V") return state;
  const without = state.missing.filter((other) => other !== id);
  const missing = without.length === state.missing.length ? [...without, id] : without;
  return settleAbsentees({ ...state, missing }, facts);
}

export function settleAbsentees(state: RollState, facts: RollFacts): RollState {
  const { present, counted } = absenteeSums(state, facts);
  return { ...state, phase: present === counted ? "agree" : "absentees" };
}

export function agreeKey(state: RollState, key: RemoteKey, facts: RollFacts): Turned<RollState> {
  if (key === "left" || key === "back") return { state: { ...state, phase: "absentees" } };
  return key === "ok" ? register(state, facts) : null;
}

function register(state: RollState, facts: RollFacts): Turned<RollState> {
  const marks = facts.members
    .filter(({ id }) => !["V", "L", "X"].includes(statusOf(facts, state, id)))
    .map(({ id }): [string, AttendanceStatus] => [id, state.missing.includes(id) ? "A" : "P"]);
  const send: Intent = { kind: "mark", how: "all", marks: marks as never };
  const pending = { ...state.pending, ...Object.fromEntries(marks) };
  return { state: { ...state, phase: "done", pending, missing: [] }, send };
}
