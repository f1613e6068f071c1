/** Records and cursors of the boxes' journals. Every function here runs inside a transaction. */
import type { StoredRecord } from "../../../protocol/record.ts";
import type { Queries } from "../database/database.ts";
import { type Cursor, fromMultirange, toMultirange } from "../ingest/ranges.ts";

export interface JournalId {
  readonly box: string;
  readonly epoch: string;
}

export interface JournalCursor extends Cursor {
  /** Hash of the record at `contig`; null at 0. */
  readonly hash: string | null;
  readonly head: number;
}

/** Makes the cursor when the journal is new, and holds it until the transaction ends. */
export async function lockCursor(
  db: Queries,
  { box, epoch }: JournalId,
  nowMs: number,
): Promise<JournalCursor> {
  await db.rows(
    `insert into cursors (box, epoch, first_seen_at) values ($1, $2, $3)
     on conflict (box, epoch) do nothing`,
    [box, epoch, nowMs],
  );
  const [row] = await db.rows<CursorRow>(
    `select contig, contig_hash, extra::text as extra, head from cursors
     where box = $1 and epoch = $2 for update`,
    [box, epoch],
  );
  if (row === undefined) throw new Error("a cursor that was just made is not there");
  return toCursor(row);
}

interface CursorRow {
  readonly contig: number;
  readonly contig_hash: string | null;
  readonly extra: string;
  readonly head: number;
}

function toCursor(row: CursorRow): JournalCursor {
  const { contig, contig_hash: hash, extra, head } = row;
  return { contig, hash, extra: fromMultirange(extra), head };
}

export async function cursorsOf(
  db: Queries,
  box: string,
): Promise<(JournalCursor & { epoch: string })[]> {
  const rows = await db.rows<CursorRow & { epoch: string }>(
    `select epoch, contig, contig_hash, extra::text as extra, head from cursors
     where box = $1 order by first_seen_at, epoch`,
    [box],
  );
  return rows.map((row) => ({ epoch: row.epoch, ...toCursor(row) }));
}

export async function saveCursor(
  db: Queries,
  { box, epoch }: JournalId,
  { contig, hash, extra, head }: JournalCursor,
): Promise<void> {
  await db.rows(
    `update cursors set contig = $3, contig_hash = $4, extra = $5::int8multirange,
       head = greatest(head, $6) where box = $1 and epoch = $2`,
    [box, epoch, contig, hash, toMultirange(extra), head],
  );
}

export interface HeldRecord {
  readonly s: number;
  readonly h: string;
  /** First half of the previous record's hash, as the record itself says it. */
  readonly p: string;
}

export async function heldAmong(
  db: Queries,
  { box, epoch }: JournalId,
  numbers: readonly number[],
): Promise<HeldRecord[]> {
  return db.rows<HeldRecord>(
    `select s, h, previous as p from rec
     where box = $1 and epoch = $2 and s = any($3::bigint[])`,
    [box, epoch, numbers],
  );
}

/** All of one journal that was set aside. */
export async function conflictsOf(db: Queries, { box, epoch }: JournalId): Promise<HeldRecord[]> {
  return db.rows<HeldRecord>(
    "select s, h, previous as p from conflicts where box = $1 and epoch = $2",
    [box, epoch],
  );
}

export async function contradictionsAmong(
  db: Queries,
  { box, epoch }: JournalId,
  hashes: readonly string[],
): Promise<string[]> {
  const rows = await db.rows<{ h: string }>(
    "select h from conflicts where box = $1 and epoch = $2 and h = any($3::text[])",
    [box, epoch, hashes],
  );
  return rows.map(({ h }) => h);
}

export async function hashAt(
  db: Queries,
  { box, epoch }: JournalId,
  s: number,
): Promise<string | null> {
  const [row] = await db.rows<{ h: string }>(
    "select h from rec where box = $1 and epoch = $2 and s = $3",
    [box, epoch, s],
  );
  return row?.h ?? null;
}

export async function insertRecords(
  db: Queries,
  { box, records, nowMs }: { box: string; records: readonly StoredRecord[]; nowMs: number },
): Promise<void> {
  if (records.length === 0) return;
  await db.rows(
    `insert into rec (box, epoch, s, h, json, previous, kind, session, received_at)
     select $1, t.*, $9 from unnest($2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[],
       $7::text[], $8::text[]) t
     on conflict do nothing`,
    [
      box,
      records.map(({ e }) => e),
      records.map(({ s }) => s),
      records.map(({ h }) => h),
      records.map(({ json }) => json),
      records.map(({ record }) => record.p),
      records.map(({ record }) => record.k),
      records.map(sessionOf),
      nowMs,
    ],
  );
}

export async function insertConflicts(
  db: Queries,
  { box, records, nowMs }: { box: string; records: readonly StoredRecord[]; nowMs: number },
): Promise<void> {
  for (const { e, s, h, json, record } of records) {
    await db.rows(
      `insert into conflicts (box, epoch, s, h, json, previous, received_at)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
      [box, e, s, h, json, record.p, nowMs],
    );
  }
}

const SESSION_ID = /^[0-9a-f]{8}-[0-9]{1,9}$/;

/** The session a record belongs to, also of a kind that is not known here; null: none. */
export function sessionOf({ e, s, record }: StoredRecord): string | null {
  if (record.k === "session.open") return `${e}-${s}`;
  const { session } = record.d as { session?: unknown };
  return typeof session === "string" && SESSION_ID.test(session) ? session : null;
}

export interface CopyRange {
  readonly from: number;
  readonly to: number;
  readonly limit: number;
}

/** What is held of a journal between two numbers, oldest first; never what was set aside. */
export async function recordsBetween(
  db: Queries,
  { box, epoch }: JournalId,
  { from, to, limit }: CopyRange,
): Promise<{ s: number; h: string; p: string }[]> {
  return db.rows(
    `select s, h, json as p from rec where box = $1 and epoch = $2 and s between $3 and $4
     order by s limit $5`,
    [box, epoch, from, to, limit],
  );
}

/** All that is held of one session, in the order in which it was written. */
export async function recordsOfSession(
  db: Queries,
  box: string,
  session: string,
): Promise<StoredRecord[]> {
  const rows = await db.rows<{ epoch: string; s: number; h: string; json: string }>(
    `select r.epoch, r.s, r.h, r.json from rec r
       join cursors c on c.box = r.box and c.epoch = r.epoch
     where r.box = $1 and r.session = $2 order by c.first_seen_at, r.epoch, r.s`,
    [box, session],
  );
  return rows.map(({ epoch, s, h, json }) => ({ e: epoch, s, h, json, record: JSON.parse(json) }));
}
