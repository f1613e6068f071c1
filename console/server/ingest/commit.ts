/**
 * One transaction for many batches: records, contradictions, cursors and the registers that changed
 * with them. What is acknowledged was committed here first.
 */
import type { Ack } from "../../../protocol/generated/types.ts";
import type { StoredRecord } from "../../../protocol/record.ts";
import type { Database, Queries } from "../database/database.ts";
import {
  contradictionsAmong,
  hashAt,
  heldAmong,
  insertConflicts,
  insertRecords,
  type JournalCursor,
  type JournalId,
  lockCursor,
  saveCursor,
  sessionOf,
} from "../store/record-store.ts";
import { foldIntoRegister } from "../store/session-store.ts";
import { FIXING, sessionsToDate, timesOf } from "../store/time-store.ts";
import type { CheckedBatch } from "./check-batch.ts";
import { advance, gaps, highest } from "./ranges.ts";
import { numbersConcerned, sortOut } from "./sort-out.ts";

export interface Committed extends JournalId {
  readonly cursor: JournalCursor;
  readonly conflicts: number;
  /** Sessions whose register is another now. */
  readonly sessions: readonly string[];
}

export async function commitBatches(
  database: Database,
  batches: readonly CheckedBatch[],
  nowMs: number,
): Promise<Committed[]> {
  const journals = [...byJournal(batches).values()];
  return database.transaction(async (db) => {
    const done: Committed[] = [];
    for (const journal of journals) done.push(await commitJournal(db, journal, nowMs));
    return done;
  });
}

/** In one order for everybody, so that two transactions never wait for each other. */
function byJournal(batches: readonly CheckedBatch[]): Map<string, CheckedBatch[]> {
  const journals = new Map<string, CheckedBatch[]>();
  const sorted = [...batches].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  for (const batch of sorted) {
    const key = keyOf(batch);
    journals.set(key, [...(journals.get(key) ?? []), batch]);
  }
  return journals;
}

function keyOf({ box, epoch }: JournalId): string {
  return `${box} ${epoch}`;
}

async function commitJournal(
  db: Queries,
  batches: readonly CheckedBatch[],
  nowMs: number,
): Promise<Committed> {
  const [{ box, epoch } = { box: "", epoch: "" }] = batches;
  const id = { box, epoch };
  const before = await lockCursor(db, id, nowMs);
  const held = await heldAmong(db, id, numbersConcerned(batches));
  const prevs = batches.map(({ prev }) => prev);
  const contradicting = await contradictionsAmong(db, id, prevs);
  const { fresh, conflicts } = sortOut({ held, contradicting }, batches);
  await insertRecords(db, { box, records: fresh, nowMs });
  await insertConflicts(db, { box, records: conflicts, nowMs });
  const cursor = await moveCursor(db, id, {
    before,
    arrived: fresh.map(({ s }) => s),
    head: Math.max(0, ...batches.map(({ head }) => head)),
  });
  const sessions = await foldChanged(db, id, { fresh, nowMs });
  await db.rows("update box_link set seen_at = $2 where box = $1", [box, nowMs]);
  return { ...id, cursor, conflicts: conflicts.length, sessions };
}

/** The sessions that records came of; and when a time was told, those that it may date. */
async function foldChanged(
  db: Queries,
  id: JournalId,
  { fresh, nowMs }: { readonly fresh: readonly StoredRecord[]; readonly nowMs: number },
): Promise<string[]> {
  const own = fresh.map(sessionOf).filter((session) => session !== null);
  const isTold = fresh.some(({ record }) => FIXING.has(record.k));
  const dated = isTold ? await sessionsToDate(db, id, nowMs) : [];
  const sessions = [...new Set([...own, ...dated])];
  if (sessions.length === 0) return [];
  const times = await timesOf(db, id);
  for (const session of sessions) {
    await foldIntoRegister(db, { box: id.box, session, nowMs, times });
  }
  return sessions;
}

interface Move {
  readonly before: JournalCursor;
  readonly arrived: readonly number[];
  readonly head: number;
}

async function moveCursor(
  db: Queries,
  id: JournalId,
  { before, arrived, head }: Move,
): Promise<JournalCursor> {
  const { contig, extra } = advance(before, arrived);
  const hash = contig === before.contig ? before.hash : await hashAt(db, id, contig);
  const cursor = { contig, extra, hash, head: Math.max(head, before.head) };
  const after = { ...cursor, head: Math.max(cursor.head, highest(cursor)) };
  await saveCursor(db, id, after);
  return after;
}

/** Batches that a box may have under way; protocol: at most 16. */
const WINDOW = 4;
/** Ranges that one acknowledgement may ask for. */
const WANT_MAX = 16;

export function ackOf({ box, epoch }: JournalId, cursor: JournalCursor, nowMs: number): Ack {
  const want = gaps(cursor)
    .slice(0, WANT_MAX)
    .map(([from, to]): [number, number] => [from, to]);
  return {
    v: 1,
    box,
    epoch,
    upTo: cursor.contig,
    h: cursor.hash,
    want,
    win: WINDOW,
    now: nowMs,
  };
}
