/** Counts of a year: 三会一课, 民主生活会 and every other session type, for the room or a branch. */
import type { SessionRegister } from "../register.ts";
import { SESSION_TYPES } from "../session-type.ts";
import { coverageOf } from "./attendance.ts";
import { type BookScope, inScope } from "./scope.ts";

export interface TypeCount {
  readonly type: string;
  readonly held: number;
  /** Opened and given up: not held. */
  readonly abandoned: number;
  readonly expected: number;
  readonly attended: number;
  readonly covered: number;
  readonly welcome: number;
  readonly G: number;
  readonly Q: number;
}

/** 三会一课 as the rules name them, and 民主生活会 beside them. */
export interface MeetingCounts {
  readonly assembly: number;
  readonly committee: number;
  readonly group: number;
  readonly lecture: number;
  readonly democraticLife: number;
}

export interface YearCounts {
  readonly types: readonly TypeCount[];
  readonly meetings: MeetingCounts;
  readonly undated: number;
}

export function yearCounts(all: readonly SessionRegister[], scope: BookScope): YearCounts {
  const { branch } = scope;
  const { sessions, undated } = inScope(all, scope);
  const held = sessions.filter(
    ({ closed, branches }) => closed && (branch === null || branches.includes(branch)),
  );
  const types = [...new Set([...SESSION_TYPES.map(({ id }) => id), ...held.map((s) => s.type)])]
    .map((type) =>
      countType(
        type,
        held.filter((session) => session.type === type),
        branch,
      ),
    )
    .filter((line) => line.held + line.abandoned > 0);
  return { types, meetings: countMeetings(types), undated };
}

function countType(
  type: string,
  sessions: readonly SessionRegister[],
  branch: string | null,
): TypeCount {
  const done = sessions.filter(({ ending }) => ending === "done");
  const each = done.map((session) => coverageOf(session, branch));
  const sum = (of: (one: (typeof each)[number]) => number) =>
    each.reduce((total, one) => total + of(one), 0);
  return {
    type,
    held: done.length,
    abandoned: sessions.length - done.length,
    expected: sum(({ counts }) => counts.expected),
    attended: sum(({ attended }) => attended),
    covered: sum(({ covered }) => covered),
    welcome: sum(({ welcome }) => welcome),
    G: sum(({ counts }) => counts.G),
    Q: sum(({ counts }) => counts.Q),
  };
}

function countMeetings(types: readonly TypeCount[]): MeetingCounts {
  const held = (...ids: string[]) =>
    types.filter(({ type }) => ids.includes(type)).reduce((sum, line) => sum + line.held, 0);
  return {
    assembly: held("branch-assembly"),
    committee: held("branch-committee"),
    group: held("party-group"),
    lecture: held("party-lecture", "leader-lecture"),
    democraticLife: held("democratic-life"),
  };
}
