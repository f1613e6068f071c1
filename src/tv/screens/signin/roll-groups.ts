/**
 * More than sixty people are called by 党小组: in the order of their groups, with a page of groups
 * behind ▲ from which any of them is gone to. Pure.
 */
import type { MemberCard } from "../../../../protocol/page-api.ts";
import { moveInGrid, type Turned } from "../../parts/turn.ts";
import type { RemoteKey } from "../../screen.ts";
import type { RollFacts, RollState } from "./roll-state.ts";
import { statusOf } from "./roll-sums.ts";

/** Up to here one list is still looked over. */
const ONE_LIST_MAX = 60;
export const GROUP_GRID = { columns: 2, rows: 4 } as const;

export function isByGroup(members: readonly Pick<MemberCard, "group">[]): boolean {
  if (members.length <= ONE_LIST_MAX) return false;
  return new Set(members.map(({ group }) => group)).size > 1;
}

/** Groups in the order of their first number, members in the order of theirs. */
export function inGroupOrder(members: readonly MemberCard[]): readonly MemberCard[] {
  if (!isByGroup(members)) return members;
  const order = [...new Set(members.map(({ group }) => group))];
  return order.flatMap((name) => members.filter(({ group }) => group === name));
}

export interface RollGroup {
  readonly name: string;
  /** Index of its first member. */
  readonly first: number;
  readonly count: number;
  readonly present: number;
  readonly unmarked: number;
}

export function rollGroups(facts: RollFacts, state: RollState): RollGroup[] {
  const names = [...new Set(facts.members.map(({ group }) => group))];
  return names.map((group) => {
    const members = facts.members.filter((member) => member.group === group);
    const statuses = members.map(({ id }) => statusOf(facts, state, id));
    return {
      name: group === "" ? "没有分组的" : group,
      first: facts.members.findIndex((member) => member.group === group),
      count: members.length,
      present: statuses.filter((status) => ["P", "L", "X"].includes(status)).length,
      unmarked: statuses.filter((status) => status === "-").length,
    };
  });
}

export function openGroups(state: RollState, facts: RollFacts): RollState {
  const groups = rollGroups(facts, state);
  const after = groups.findIndex(({ first }) => first > state.index);
  const choice = (after < 0 ? groups.length : after) - 1;
  return { ...state, phase: "groups", choice: Math.max(0, choice) };
}

export function groupsKey(state: RollState, key: RemoteKey, facts: RollFacts): Turned<RollState> {
  if (key === "back") return { state: { ...state, phase: "call" } };
  const groups = rollGroups(facts, state);
  if (key === "ok") return { state: toGroup(state, groups[state.choice], facts) };
  const at = { count: groups.length, columns: GROUP_GRID.columns };
  const choice = moveInGrid(state.choice, key, at);
  return choice === undefined ? null : { state: { ...state, choice } };
}

/** To the first of it who was not called; to its first when all were. */
function toGroup(state: RollState, group: RollGroup | undefined, facts: RollFacts): RollState {
  if (group === undefined) return { ...state, phase: "call" };
  const own = facts.members.slice(group.first, group.first + group.count);
  const open = own.findIndex(({ id }) => statusOf(facts, state, id) === "-");
  return { ...state, phase: "call", index: group.first + Math.max(0, open) };
}
