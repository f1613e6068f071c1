/** 《党员收视手册》: one member's year. */
import type { AttendanceStatus } from "../generated/types.ts";
import type { MakeupLine, SessionRegister } from "../register.ts";
import { itemsOf, owes, paymentsFor, wasThere } from "./attendance.ts";
import { type BookScope, inScope } from "./scope.ts";

export interface MemberSession {
  readonly session: SessionRegister;
  readonly status: AttendanceStatus;
  readonly expected: boolean;
  /** 更 */
  readonly corrected: boolean;
  /** What the room played while the member was there; null: they were not, or there was no film. */
  readonly watchedMs: number | null;
  /** 补课 and 送学上门 of this session by this member. */
  readonly makeups: readonly MakeupLine[];
  /** Lessons still owed (null: the session). */
  readonly owed: readonly (number | null)[];
  /** Topics on which the member spoke. */
  readonly spokeOn: readonly string[];
  readonly tasks: readonly string[];
  /** Outings the member signed in to. */
  readonly outings: readonly string[];
}

export interface MemberYear {
  readonly lines: readonly MemberSession[];
  readonly expected: number;
  readonly attended: number;
  /** attended, and absences that were made up in full. */
  readonly covered: number;
  readonly undated: number;
}

export function memberYear(
  all: readonly SessionRegister[],
  member: string,
  scope: BookScope,
): MemberYear {
  const { sessions, undated } = inScope(all, { ...scope, branch: null });
  const lines = sessions.flatMap((session) => lineOf(session, member));
  const expected = lines.filter((line) => line.expected);
  const attended = expected.filter(({ status }) => wasThere(status)).length;
  const madeUp = expected.filter(
    ({ status, owed, session }) =>
      (status === "V" || status === "A") && session.ending === "done" && owed.length === 0,
  ).length;
  return { lines, expected: expected.length, attended, covered: attended + madeUp, undated };
}

function lineOf(session: SessionRegister, member: string): MemberSession[] {
  const mark = session.marks.find((line) => line.member === member);
  if (mark === undefined) return [];
  const { status, corrected } = mark;
  const watchedMs = session.viewing.reduce((sum, line) => sum + line.watchedMs, 0);
  const isOwing = owes(session, mark);
  return [
    {
      session,
      status,
      // A 补课 raises coverage of what was missed, and is no lesson of its own.
      expected: session.people[member]?.expected === true && session.makesUp.length === 0,
      corrected,
      watchedMs: wasThere(status) && session.lessons.length > 0 ? watchedMs : null,
      makeups: session.makeups.filter(({ members }) => members.includes(member)),
      owed: isOwing
        ? itemsOf(session).filter((item) => paymentsFor(session, member, item).length === 0)
        : [],
      spokeOn: session.notes.filter((n) => n.speakers.includes(member)).map((n) => n.topic),
      tasks: session.tasks.filter((t) => t.members.includes(member)).map((t) => t.task),
      outings: session.results
        .filter(({ marks }) => marks.some((m) => m.member === member && wasThere(m.status)))
        .map(({ task }) => task),
    },
  ];
}
