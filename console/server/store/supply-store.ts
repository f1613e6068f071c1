/** What the county says of its boxes' lessons, and what they say of them. */
import type { BoxSupply, RefreshLine } from "../../../protocol/console-api.ts";
import type { RecordEnvelope, SupplySettings } from "../../../protocol/generated/types.ts";
import { isRefreshPayload } from "../../../protocol/generated/validators.js";
import { DEFAULT_SUPPLY } from "../../../protocol/supply-settings.ts";
import type { Queries } from "../database/database.ts";
import { type Moment, nightsOfBoxes } from "./box-store.ts";

export async function supplySettings(db: Queries): Promise<SupplySettings> {
  const [row] = await db.rows<{ settings: SupplySettings }>("select settings from supply_settings");
  return { ...DEFAULT_SUPPLY, ...row?.settings };
}

/** Every box is told: its settings have a new number. */
export async function putSupplySettings(db: Queries, settings: SupplySettings): Promise<void> {
  await db.rows(
    `insert into supply_settings (settings) values ($1)
     on conflict (single) do update set settings = excluded.settings`,
    [JSON.stringify(settings)],
  );
  await db.rows("update boxes set config_version = config_version + 1");
}

export async function askForRefresh(db: Queries, box: string): Promise<void> {
  await db.rows(
    `update boxes set refresh_ask = refresh_ask + 1, config_version = config_version + 1
     where id = $1`,
    [box],
  );
}

/** Shown with a box; a month of nights. */
const LINES_MAX = 30;

interface RefreshRow {
  readonly box: string;
  readonly json: string;
  readonly received_at: number;
}

export async function refreshesOf(db: Queries, box: string): Promise<RefreshLine[]> {
  const rows = await db.rows<RefreshRow>(
    `select r.box, r.json, r.received_at from rec r
     join cursors c on c.box = r.box and c.epoch = r.epoch
     where r.kind = 'refresh' and r.box = $1
     order by c.first_seen_at desc, r.s desc limit ${LINES_MAX}`,
    [box],
  );
  return rows.flatMap(toLine);
}

export async function boxSupplies(db: Queries, moment: Moment): Promise<BoxSupply[]> {
  const rows = await db.rows<RefreshRow>(
    `select distinct on (r.box) r.box, r.json, r.received_at from rec r
     join cursors c on c.box = r.box and c.epoch = r.epoch
     where r.kind = 'refresh' order by r.box, c.first_seen_at desc, r.s desc`,
  );
  const last = new Map(rows.flatMap((row) => toLine(row).map((line) => [row.box, line] as const)));
  const boxes = await nightsOfBoxes(db, moment);
  return boxes.map((box) => ({ ...box, last: last.get(box.box) ?? null }));
}

/** Clocks that can be wrong by years tell no time of a night. */
const SURE_SOURCES: readonly string[] = ["ntp", "county"];

/** None: a record of a newer program, which says nothing that we understand. */
function toLine({ json, received_at }: RefreshRow): RefreshLine[] {
  const { d, wt, ws } = JSON.parse(json) as RecordEnvelope;
  if (!isRefreshPayload(d)) return [];
  const isSure = SURE_SOURCES.includes(ws);
  return [{ atMs: isSure ? wt : received_at, isReceiptTime: !isSure, refresh: d }];
}
