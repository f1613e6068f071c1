/** What the county knows of a box's time, from the records of one history of that box. */
import type { RecordEnvelope } from "../../../protocol/generated/types.ts";
import { TimeLine } from "../../../protocol/time-line.ts";
import type { Queries } from "../database/database.ts";
import type { JournalId } from "./record-store.ts";

/** Beside the records of time themselves: those that show how long a boot ran at least. */
const KINDS = ["boot", "time.fix", "time.set", "session.open", "session.close"];

/** Kinds after which an earlier moment may have to be dated anew. */
export const FIXING: ReadonlySet<string> = new Set(["time.fix", "time.set"]);

/** Records that dated nothing before are looked at again for so long. */
const DATED_AGAIN_MS = 60 * 86_400_000;
const DATED_AGAIN_MAX = 200;

/**
 * Only epochs that name each other count: a box that was wiped numbers its boots anew, and what
 * was known of another boot of the same number says nothing.
 */
export async function timesOf(db: Queries, { box, epoch }: JournalId): Promise<TimeLine> {
  const rows = await db.rows<{ json: string }>(
    `select r.json from rec r join cursors c on c.box = r.box and c.epoch = r.epoch
     where r.box = $1 and r.epoch = any($2::text[]) and r.kind = any($3::text[])
     order by c.first_seen_at, r.epoch, r.s`,
    [box, await historyOf(db, { box, epoch }), KINDS],
  );
  const times = new TimeLine();
  for (const { json } of rows) times.note(JSON.parse(json) as RecordEnvelope);
  return times;
}

async function historyOf(db: Queries, { box, epoch }: JournalId): Promise<string[]> {
  const rows = await db.rows<{ epoch: string; json: string }>(
    "select epoch, json from rec where box = $1 and kind = 'init'",
    [box],
  );
  const links = rows.map((row) => [row.epoch, previousOf(row.json)] as const);
  const found = new Set([epoch]);
  for (let before = 0; before < found.size; ) {
    before = found.size;
    for (const [one, previous] of links) {
      if (previous === null || !(found.has(one) || found.has(previous))) continue;
      found.add(one).add(previous);
    }
  }
  return [...found];
}

function previousOf(json: string): string | null {
  const { d } = JSON.parse(json) as { d: { previous?: { epoch?: unknown } | null } };
  const epoch = d.previous?.epoch;
  return typeof epoch === "string" ? epoch : null;
}

/** Sessions of the box whose time a new fix may tell, or tell better. */
export async function sessionsToDate(
  db: Queries,
  { box }: JournalId,
  nowMs: number,
): Promise<string[]> {
  const rows = await db.rows<{ session: string }>(
    `select session from sessions where box = $1 and (opened_at is null or received_at > $2)
     order by order_at desc limit $3`,
    [box, nowMs - DATED_AGAIN_MS, DATED_AGAIN_MAX],
  );
  return rows.map(({ session }) => session);
}
