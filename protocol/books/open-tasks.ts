/** 课后实践: what was given, what became of it, and what comes back at the next session. */
import type { PractisePayload } from "../generated/types.ts";
import type { SessionRegister, TaskResultLine } from "../register.ts";

const DAY_MS = 86_400_000;

export interface GivenTask {
  readonly session: SessionRegister;
  readonly task: PractisePayload;
  /** Newest first to count; null: nothing was reported yet. */
  readonly result: TaskResultLine | null;
  /** When it is due; null: no date was given, or nobody knows when it was given. */
  readonly dueUnixMs: number | null;
}

export function givenTasks(sessions: readonly SessionRegister[]): GivenTask[] {
  return sessions
    .filter(({ closed }) => closed)
    .flatMap((session) =>
      session.tasks.map((task) => ({
        session,
        task,
        result: resultOf(session, task),
        dueUnixMs: dueOf(session, task),
      })),
    );
}

/** `done` and `dropped` are the end of a task; all others come back. */
export function openTasks(sessions: readonly SessionRegister[]): GivenTask[] {
  return givenTasks(sessions).filter(({ result }) => result === null || result.ending === "partly");
}

function resultOf({ results }: SessionRegister, given: PractisePayload): TaskResultLine | null {
  return results.find(({ item, task }) => item === given.item && task === given.task) ?? null;
}

function dueOf({ closedAt }: SessionRegister, { dueDays }: PractisePayload): number | null {
  if (dueDays === undefined || closedAt === null || !closedAt.sure) return null;
  return closedAt.unixMs === null ? null : closedAt.unixMs + dueDays * DAY_MS;
}
