/** The registers of sessions: folded from records where they arrive, read as lines and pages. */
import { coverageOf } from "../../../protocol/books/attendance.ts";
import { completeRegister } from "../../../protocol/books/complete-register.ts";
import type { SessionLine } from "../../../protocol/console-api.ts";
import { FOLD_VERSION, foldSession } from "../../../protocol/fold-session.ts";
import { isDayOnly } from "../../../protocol/instant.ts";
import type { StoredRecord } from "../../../protocol/record.ts";
import type { SessionRegister } from "../../../protocol/register.ts";
import { sessionTypeName } from "../../../protocol/session-type.ts";
import { stageName } from "../../../protocol/stage-names.ts";
import type { TimeLine } from "../../../protocol/time-line.ts";
import type { Queries } from "../database/database.ts";
import { stageNamesIn } from "./doc-store.ts";
import { recordsOfSession } from "./record-store.ts";

/** Folds all that is held of one session, and stores what comes out. */
export async function foldIntoRegister(
  db: Queries,
  { box, session, nowMs, times }: { box: string; session: string; nowMs: number; times: TimeLine },
): Promise<void> {
  const records = await recordsOfSession(db, box, session);
  for (const { record } of records) times.note(record);
  const register = foldKept(records, times);
  // Its opening is still missing: there is nothing yet that could be shown.
  if (register === null) return;
  const last = records.at(-1);
  await db.rows(
    `insert into sessions (box, session, epoch, register, method_sha256, type, title, opened_at, received_at,
       order_at, present, closed, last_s, fold)
     values ($1, $2, $3, $4, $12, $5, $6, $7::bigint, $8::bigint, coalesce($7::bigint, $8::bigint),
       $9, $10, $11, $13)
     on conflict (box, session) do update set epoch = excluded.epoch,
       register = excluded.register, method_sha256 = excluded.method_sha256, type = excluded.type, title = excluded.title,
       opened_at = excluded.opened_at, present = excluded.present, closed = excluded.closed,
       order_at = coalesce(excluded.opened_at, sessions.received_at), last_s = excluded.last_s,
       fold = excluded.fold`,
    [
      box,
      session,
      last?.e ?? "",
      JSON.stringify(register),
      storable(register.type),
      storable(register.title),
      register.openedAt.sure ? register.openedAt.unixMs : null,
      nowMs,
      presentOf(register),
      register.closed,
      last?.s ?? 0,
      register.method.sha256,
      FOLD_VERSION,
    ],
  );
}

/**
 * A record of a known kind may still carry nonsense: it is kept and acknowledged as it is (S10),
 * and the register stays as it was.
 */
function foldKept(records: readonly StoredRecord[], times: TimeLine): SessionRegister | null {
  try {
    return foldSession(records, times);
  } catch {
    return null;
  }
}

/** PostgreSQL's text holds no NUL; JSON's does. */
function storable(text: string): string {
  return text.replaceAll("\0", "");
}

/** Who was in the room: on time, late, or gone early. */
function presentOf({ counts: { P, L, X } }: SessionRegister): number {
  return P + L + X;
}

interface SessionRow {
  readonly box: string;
  readonly box_name: string;
  readonly session: string;
  readonly register: SessionRegister;
  readonly received_at: number;
  readonly order_at: number;
  readonly closed: boolean;
  readonly last_s: number;
  readonly contig: number | null;
  readonly head: number | null;
  readonly method: string | null;
}

const SELECT = `
  select s.box, b.name as box_name, s.session, s.register, s.received_at, s.order_at, s.closed,
    s.last_s, c.contig, c.head, m.body as method
  from sessions s join boxes b on b.id = s.box
    left join cursors c on c.box = s.box and c.epoch = s.epoch
    left join methods m on m.sha256 = s.method_sha256`;

export interface SessionQuery {
  readonly box: string | null;
  readonly fromMs: number | null;
  readonly toMs: number | null;
  readonly before: SessionPosition | null;
  readonly limit: number;
}

/** Where a page of the list ends; unique, so that no session is shown twice or never. */
export interface SessionPosition {
  readonly orderAtMs: number;
  readonly box: string;
  readonly session: string;
}

export interface FoundSession {
  readonly line: SessionLine;
  readonly register: SessionRegister;
  readonly position: SessionPosition;
  readonly stageNames: Record<string, string>;
}

export async function findSessions(db: Queries, query: SessionQuery): Promise<FoundSession[]> {
  const { box, fromMs, toMs, before, limit } = query;
  const rows = await db.rows<SessionRow>(
    `${SELECT}
     where ($1::text is null or s.box = $1)
       and ($2::bigint is null or s.order_at >= $2) and ($3::bigint is null or s.order_at < $3)
       and ($4::bigint is null or s.order_at < $4
         or (s.order_at = $4 and (s.box, s.session) > ($5::text, $6::text)))
     order by s.order_at desc, s.box, s.session limit $7`,
    [
      box,
      fromMs,
      toMs,
      before?.orderAtMs ?? null,
      before?.box ?? null,
      before?.session ?? null,
      limit,
    ],
  );
  return rows.map(toFound);
}

export async function findSession(
  db: Queries,
  box: string,
  session: string,
): Promise<FoundSession | null> {
  const rows = await db.rows<SessionRow>(`${SELECT} where s.box = $1 and s.session = $2`, [
    box,
    session,
  ]);
  const [row] = rows;
  return row === undefined ? null : toFound(row);
}

function toFound(row: SessionRow): FoundSession {
  const register = completeRegister(row.register);
  const stageNames = stageNamesOf(row.method, register);
  return {
    register,
    stageNames,
    position: { orderAtMs: row.order_at, box: row.box, session: row.session },
    line: toLine({ ...row, register }, stageNames),
  };
}

function toLine(row: SessionRow, stageNames: Record<string, string>): SessionLine {
  const { register } = row;
  return {
    box: row.box,
    boxName: row.box_name,
    id: row.session,
    type: register.type,
    typeName: sessionTypeName(register.type),
    title: register.title,
    openedAtMs: register.openedAt.sure ? register.openedAt.unixMs : null,
    openedDayOnly: isDayOnly(register.openedAt),
    receivedAtMs: row.received_at,
    stageName: stageNameOf(register.stage, stageNames),
    counts: register.counts,
    welcome: coverageOf(register).welcome,
    heads: register.heads,
    headsAsked: register.headsAsked,
    closed: register.closed,
    ending: register.ending,
    headCode: register.headCode,
    evidence: register.evidence,
    incomplete: isIncomplete(row),
  };
}

/** A closed session is whole when everything up to its last record is here. */
function isIncomplete({ contig, head, closed, last_s: last }: SessionRow): boolean {
  if (contig === null) return true;
  return contig < (closed ? last : Math.max(last, head ?? 0));
}

function stageNameOf(stage: string | null, names: Record<string, string>): string | null {
  return stage === null ? null : stageName(stage, names);
}

function stageNamesOf(method: string | null, register: SessionRegister): Record<string, string> {
  const given = method === null ? null : stageNamesIn(method);
  if (given !== null) return given;
  const used = new Set(register.stages.map(({ stage }) => stage));
  if (register.stage !== null) used.add(register.stage);
  return Object.fromEntries([...used].map((id) => [id, stageName(id)]));
}
