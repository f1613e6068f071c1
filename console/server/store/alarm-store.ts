/**
 * What the last birth of a box still says that cannot be; of keys, until it is enrolled again. An
 * alarm that a person has looked into stays, and is silent until it grows.
 */
import type { Birth } from "../../../protocol/generated/types.ts";
import type { Queries } from "../database/database.ts";
import { alarmsOf, type FoundAlarm, type HeldJournal } from "../ingest/birth-alarms.ts";
import { highest } from "../ingest/ranges.ts";
import { boxKeyOf } from "./box-store.ts";
import { cursorsOf, hashAt } from "./record-store.ts";

interface Heard {
  readonly box: string;
  readonly birth: Birth;
  readonly nowMs: number;
}

/** To be called before the birth is kept: it must not be its own witness. */
export async function noteAlarms(
  db: Queries,
  { box, birth, nowMs }: Heard,
): Promise<readonly FoundAlarm[]> {
  const known = await boxKeyOf(db, box);
  const journals = await heldJournals(db, box, birth);
  const alarms = alarmsOf(birth, { key: known?.key ?? null, journals });
  // A twin with another key takes turns with the box itself: a birth that fits clears nothing.
  await db.rows(
    `delete from alarms where box = $1 and kind <> 'other-key'
       and not (kind || ' ' || epoch) = any($2::text[])`,
    [box, alarms.map(({ kind, epoch }) => `${kind} ${epoch ?? ""}`)],
  );
  for (const { kind, epoch, records } of alarms) {
    await db.rows(
      `insert into alarms (box, kind, epoch, records, since_at) values ($1, $2, $3, $4, $5)
       on conflict (box, kind, epoch) do update set records = excluded.records,
         looked_at = case when alarms.records >= excluded.records then alarms.looked_at end`,
      [box, kind, epoch ?? "", records, nowMs],
    );
  }
  return alarms;
}

async function heldJournals(db: Queries, box: string, birth: Birth): Promise<HeldJournal[]> {
  const held: HeldJournal[] = [];
  for (const cursor of await cursorsOf(db, box)) {
    const { epoch } = cursor;
    const head = birth.journals.find((journal) => journal.epoch === epoch)?.head ?? 0;
    const hash = head > 0 ? await hashAt(db, { box, epoch }, head) : null;
    held.push({ epoch, highest: highest(cursor), hashAtHead: hash });
  }
  return held;
}

/** A person has looked into all that there is now; what comes later is told again. */
export async function lookedInto(db: Queries, box: string, nowMs: number): Promise<void> {
  await db.rows("update alarms set looked_at = $2 where box = $1 and looked_at is null", [
    box,
    nowMs,
  ]);
  await db.rows(
    `update boxes set conflicts_looked = (select count(*) from conflicts where box = $1)
     where id = $1`,
    [box],
  );
}

/** A person has enrolled the box again, and so has looked. */
export async function clearAlarms(db: Queries, box: string): Promise<void> {
  await db.rows("delete from alarms where box = $1", [box]);
}
