/**
 * One transaction for many batches: records, contradictions, cursors and the registers that changed
 * with them. What is acknowledged was committed here first.
 */
import type { Ack, Birth } from "../../../protocol/generated/types.ts";
import type { StoredRecord } from "../../../protocol/record.ts";
import type { Database, Queries } from "../database/database.ts";
import { eraseNames } from "../store/erase-names.ts";
import {
  conflictsOf,
  contradictionsAmong,
  cursorsOf,
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
import { type ChainEnd, longestHeld, numbersBeneath } from "./other-history.ts";
import { advance, gaps, highest } from "./ranges.ts";
import { numbersConcerned, sortOut } from "./sort-out.ts";

export interface Committed extends JournalId {
  readonly cursor: JournalCursor;
  /** How far the history that was told is held; null: not from its first record on. */
  readonly also: ChainEnd | null;
  readonly conflicts: number;
  /** Records that were not held before. */
  readonly fresh: number;
  /** Sessions whose register is another now. */
  readonly sessions: readonly string[];
  /** A name was erased from the roster that the county holds. */
  readonly erased: boolean;
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
  const isErasing = fresh.some(({ record }) => record.k === "erase");
  const erased = isErasing && (await eraseNames(db, box, nowMs));
  const ends = batches.flatMap(({ records }) => records.slice(-1));
  const also = await heldTo(db, { id, ends, contig: cursor.contig });
  return {
    ...id,
    cursor,
    also,
    conflicts: conflicts.length,
    fresh: fresh.length,
    sessions,
    erased,
  };
}

interface Told {
  readonly id: JournalId;
  /** Ends of what the box has told, or says it has. */
  readonly ends: readonly ChainEnd[];
  readonly contig: number;
}

/** Asked for every birth and commit: a journal without contradictions is answered by one look. */
export async function heldTo(db: Queries, { id, ends, contig }: Told): Promise<ChainEnd | null> {
  const conflicts = await conflictsOf(db, id);
  const held = await heldAmong(db, id, numbersBeneath(ends, conflicts));
  return longestHeld(ends, { contig, held, conflicts });
}

/** Where the county stands in each journal that a birth names. */
export async function standingOf(
  db: Queries,
  box: string,
  { journals }: Pick<Birth, "journals">,
): Promise<Standing[]> {
  const stands: Standing[] = [];
  for (const cursor of await cursorsOf(db, box)) {
    const { epoch, contig } = cursor;
    const told = journals.find((journal) => journal.epoch === epoch);
    if (told === undefined) continue;
    const ends = [{ s: told.head, h: told.hash }];
    const also = await heldTo(db, { id: { box, epoch }, ends, contig });
    stands.push({ epoch, cursor, also });
  }
  return stands;
}

export interface Standing {
  readonly epoch: string;
  readonly cursor: JournalCursor;
  readonly also: ChainEnd | null;
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

export interface AckFacts {
  readonly cursor: JournalCursor;
  /** Another history that is held too; null: none that was asked about. */
  readonly also: ChainEnd | null;
  readonly hostEpoch: string;
  readonly nowMs: number;
}

export function ackOf(
  { box, epoch }: JournalId,
  { cursor, also, hostEpoch, nowMs }: AckFacts,
): Ack {
  const want = gaps(cursor)
    .slice(0, WANT_MAX)
    .map(([from, to]): [number, number] => [from, to]);
  const isOther = also !== null && !(also.s === cursor.contig && also.h === cursor.hash);
  return {
    v: 1,
    box,
    epoch,
    upTo: cursor.contig,
    h: cursor.hash,
    want,
    win: WINDOW,
    now: nowMs,
    host: hostEpoch,
    ...(isOther ? { also: { upTo: also.s, h: also.h } } : {}),
  };
}
