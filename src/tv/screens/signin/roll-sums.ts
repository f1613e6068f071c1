/** Sums over the marks, with what was pressed and is not confirmed yet. Pure. */
import type { AttendanceStatus } from "../../../../protocol/generated/types.ts";
import type { RollFacts, RollState } from "./roll-state.ts";

export function statusOf(facts: RollFacts, state: RollState, id: string): AttendanceStatus {
  return state.pending[id] ?? facts.marks[id] ?? "-";
}

export interface RollCounts {
  readonly present: number;
  readonly late: number;
  readonly absent: number;
  readonly leave: number;
  readonly unmarked: number;
}

export function countRoll(facts: RollFacts, state: RollState): RollCounts {
  const statuses = facts.members.map(({ id }) => statusOf(facts, state, id));
  const count = (...wanted: AttendanceStatus[]) =>
    statuses.filter((status) => wanted.includes(status)).length;
  return {
    present: count("P", "L", "X"),
    late: count("L"),
    absent: count("A"),
    leave: count("V"),
    unmarked: count("-"),
  };
}

export function firstUnmarked(
  { members, marks }: RollFacts,
  pending: RollState["pending"],
): number {
  return members.findIndex(({ id }) => (pending[id] ?? marks[id] ?? "-") === "-");
}
