/** `register sessions`: one line a session. */
import type { SessionRegister } from "../../protocol/register.ts";
import { sessionTypeName } from "../../protocol/session-type.ts";
import type { BoxReading } from "./open-reading.ts";
import { writeInstant, writeStage, writeTable } from "./words.ts";

/** What `--json` prints of one session. Unknown is null. */
export interface SessionLine {
  readonly id: string;
  readonly type: string;
  readonly lessons: readonly string[];
  readonly openedAtMs: number | null;
  /** How far the true time may lie from it; null: no time is known. */
  readonly openedUncMs: number | null;
  /** Earliest and latest, when no day is known. */
  readonly openedBetween: readonly [number | null, number | null] | null;
  readonly stage: string | null;
  readonly expected: number;
  readonly present: number;
  readonly late: number;
  readonly leave: number;
  readonly absent: number;
  readonly guests: number;
  readonly headcount: number | null;
  readonly closed: boolean;
  readonly headCode: string | null;
}

export function toLine(session: SessionRegister): SessionLine {
  const { counts, openedAt } = session;
  return {
    id: session.id,
    type: session.type,
    lessons: session.lessons.map(({ id }) => id),
    openedAtMs: openedAt.sure ? openedAt.unixMs : null,
    openedUncMs: openedAt.uncMs ?? null,
    openedBetween: openedAt.between ?? null,
    stage: session.stage,
    expected: counts.expected,
    present: counts.P,
    late: counts.L,
    leave: counts.V,
    absent: counts.A,
    guests: counts.G + counts.Q,
    headcount: session.heads,
    closed: session.closed,
    headCode: session.headCode,
  };
}

const HEADINGS = ["场次", "类型", "开始", "进行到", "应到", "到", "迟到", "请假", "缺席", "未登记"];

export function writeSessions({ fold }: BoxReading): string {
  const sessions = fold.sessions();
  if (sessions.length === 0) return "还没有场次。\n";
  const rows = sessions.map((session) => [
    session.id,
    sessionTypeName(session.type),
    writeInstant(session.openedAt),
    writeStage(session),
    ...countCells(session),
    session.heads === null ? "-" : String(session.heads),
    session.headCode ?? "-",
    session.title,
  ]);
  return `${writeTable([[...HEADINGS, "清点", "核验码", "题目"], ...rows])}\n`;
}

function countCells({ counts }: SessionRegister): string[] {
  const { expected, P, L, V, A, unmarked } = counts;
  return [expected, P, L, V, A, unmarked].map(String);
}
