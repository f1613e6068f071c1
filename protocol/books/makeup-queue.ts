/** 补课: who owes which lesson, and which stages a whole unit owes. */
import type { AttendanceStatus, LessonRef } from "../generated/types.ts";
import type { MakeupLine, SessionRegister } from "../register.ts";
import { itemsOf, owes, paymentsFor } from "./attendance.ts";
import { type BookScope, inScope } from "./scope.ts";

export interface LessonDebt {
  readonly member: string;
  readonly session: SessionRegister;
  /** Null: a session without a lesson, owed as a whole. */
  readonly item: number | null;
  readonly lesson: LessonRef | null;
  readonly status: AttendanceStatus;
}

export interface StageDebt {
  readonly session: SessionRegister;
  readonly item: number;
  readonly stage: string;
  readonly ending: "cut-short" | "failed";
}

export interface MakeupQueue {
  readonly debts: readonly LessonDebt[];
  readonly stages: readonly StageDebt[];
  readonly undated: number;
}

/**
 * @param isScored false for who is 失联 or has left by today's roster: in no queue
 */
export function makeupQueue(
  all: readonly SessionRegister[],
  scope: BookScope,
  isScored: (member: string) => boolean = () => true,
): MakeupQueue {
  const { sessions, undated } = inScope(all, scope);
  const own = (session: SessionRegister, member: string) =>
    isScored(member) && isOfBranch(session, member, scope.branch);
  return {
    debts: sessions.flatMap((session) =>
      debtsOf(session).filter(({ member }) => own(session, member)),
    ),
    stages: sessions.flatMap((session) => stageDebtsOf(session, scope.branch)),
    undated,
  };
}

function isOfBranch({ people }: SessionRegister, member: string, branch: string | null): boolean {
  const home = people[member]?.branch ?? null;
  return branch === null || home === null || home === branch;
}

/** What is still owed of one session. */
export function debtsOf(session: SessionRegister): LessonDebt[] {
  return session.marks
    .filter((mark) => owes(session, mark))
    .flatMap(({ member, status }) =>
      itemsOf(session)
        .filter((item) => paymentsFor(session, member, item).length === 0)
        .map((item) => ({
          member,
          session,
          item,
          status,
          lesson: session.lessons[item ?? -1] ?? null,
        })),
    );
}

function stageDebtsOf(session: SessionRegister, branch: string | null): StageDebt[] {
  const { ending, branches, makeups, makesUp } = session;
  // What a make-up did not come to is still owed of the session that was missed.
  if (makesUp.length > 0) return [];
  if (ending !== "done" || (branch !== null && !branches.includes(branch))) return [];
  const last = new Map(session.stages.map((line) => [`${line.item}/${line.stage}`, line]));
  return [...last.values()].flatMap(({ item, stage, ending: left }) => {
    if (left !== "cut-short" && left !== "failed") return [];
    return wasHeldAgain(makeups, item, stage) ? [] : [{ session, item, stage, ending: left }];
  });
}

function wasHeldAgain(makeups: readonly MakeupLine[], item: number, stage: string): boolean {
  return makeups.some(
    (line) =>
      line.how === "unit" &&
      (line.stage === null || line.stage === stage) &&
      (line.item === null || line.item === item),
  );
}

export function isStageOwed(session: SessionRegister, item: number, stage: string): boolean {
  return stageDebtsOf(session, null).some((debt) => debt.item === item && debt.stage === stage);
}
