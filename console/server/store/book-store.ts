/** What the books of one room are made of: its sessions, its people, and what was erased. */
import { completeRegister } from "../../../protocol/books/complete-register.ts";
import { ErasureFold, type Erasures } from "../../../protocol/erasures.ts";
import type { RecordEnvelope } from "../../../protocol/generated/types.ts";
import type { StoredRecord } from "../../../protocol/record.ts";
import type { SessionRegister } from "../../../protocol/register.ts";
import type { Queries } from "../database/database.ts";

/** More than ten years of a busy room. */
const SESSIONS_MAX = 3000;

/** Oldest first. */
export async function registersOf(db: Queries, box: string): Promise<SessionRegister[]> {
  const rows = await db.rows<{ register: SessionRegister }>(
    `select register from sessions where box = $1 order by order_at desc, session desc limit $2`,
    [box, SESSIONS_MAX],
  );
  return rows.map(({ register }) => completeRegister(register)).reverse();
}

/** Whose name the box was told to erase: the county shows it no more either. */
export async function erasuresOf(db: Queries, box: string): Promise<Erasures> {
  const rows = await db.rows<{ epoch: string; s: number; h: string; json: string }>(
    `select epoch, s, h, json from rec where box = $1 and kind = 'erase'`,
    [box],
  );
  const erasures = new ErasureFold();
  for (const { epoch: e, s, h, json } of rows) {
    const record = JSON.parse(json) as RecordEnvelope;
    erasures.note({ e, s, h, json, record } satisfies StoredRecord);
  }
  return erasures;
}
