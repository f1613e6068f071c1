/** The county's boxes: who is enrolled, and what is shown of each. */
import type {
  BoxAlarm,
  BoxDetail,
  BoxLine,
  BoxSupply,
  EpochLine,
} from "../../../protocol/console-api.ts";
import type { Birth, BoxState, Telemetry } from "../../../protocol/generated/types.ts";
import type { Queries } from "../database/database.ts";
import { type Cursor, fromMultirange, gaps } from "../ingest/ranges.ts";
import { linkStateOf } from "../ingest/state-order.ts";

export async function isBoxKnown(db: Queries, box: string): Promise<boolean> {
  const rows = await db.rows("select 1 from boxes where id = $1", [box]);
  return rows.length > 0;
}

export interface BoxAccount {
  readonly id: string;
  readonly password_sha256: string;
  readonly mosquitto_hash: string;
}

export async function listAccounts(db: Queries): Promise<BoxAccount[]> {
  return db.rows<BoxAccount>("select id, password_sha256, mosquitto_hash from boxes order by id");
}

export async function findAccount(db: Queries, box: string): Promise<BoxAccount | null> {
  const [row] = await db.rows<BoxAccount>(
    "select id, password_sha256, mosquitto_hash from boxes where id = $1",
    [box],
  );
  return row ?? null;
}

export interface EnrolledBox {
  readonly id: string;
  readonly name: string;
  readonly place: string;
  readonly passwordSha256: string;
  readonly mosquittoHash: string;
  readonly nowMs: number;
}

/** Enrolled again: the new password counts, the old one no more. */
export async function enrolBox(db: Queries, box: EnrolledBox): Promise<void> {
  await db.rows(
    `insert into boxes (id, name, place, password_sha256, mosquitto_hash, enrolled_at)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (id) do update set name = excluded.name, place = excluded.place,
       password_sha256 = excluded.password_sha256, mosquitto_hash = excluded.mosquitto_hash,
       key = null`,
    [box.id, box.name, box.place, box.passwordSha256, box.mosquittoHash, box.nowMs],
  );
  await db.rows("insert into box_link (box) values ($1) on conflict do nothing", [box.id]);
}

export interface KnownKey {
  readonly name: string;
  /** Null: the box was never heard since it was enrolled. */
  readonly key: string | null;
}

/** Null: no such box. */
export async function boxKeyOf(db: Queries, box: string): Promise<KnownKey | null> {
  const [row] = await db.rows<KnownKey>("select name, key from boxes where id = $1", [box]);
  return row ?? null;
}

/** Trust on first use: another key later changes nothing. */
export async function keepBoxKey(db: Queries, box: string, key: string): Promise<void> {
  await db.rows("update boxes set key = $2 where id = $1 and key is null", [box, key]);
}

interface BoxRow {
  readonly id: string;
  readonly name: string;
  readonly place: string;
  readonly state: BoxState["st"] | null;
  readonly link: number;
  readonly n: number;
  readonly since_at: number | null;
  readonly lost_at: number | null;
  readonly seen_at: number | null;
  readonly birth: Birth | null;
  readonly birth_at: number | null;
  readonly tel: Telemetry | null;
  readonly tel_at: number | null;
  readonly backlog: number | null;
  readonly conflicts: number;
  readonly conflicts_looked: number;
  readonly alarms: BoxAlarm[];
}

/** As JSON, oldest first. */
const ALARMS_OF_BOX = `
  coalesce((select json_agg(json_build_object('kind', a.kind, 'epoch', nullif(a.epoch, ''),
      'records', a.records, 'sinceMs', a.since_at, 'looked', a.looked_at is not null) order by a.since_at, a.kind, a.epoch)
    from alarms a where a.box = b.id), '[]'::json)`;

const SELECT = `
  select b.id, b.name, b.place, l.state, l.link, l.n, l.since_at, l.lost_at, l.seen_at, l.birth,
    l.birth_at, l.tel, l.tel_at, ${ALARMS_OF_BOX} as alarms,
    (select sum(greatest(0, c.head - c.contig
       - coalesce((select sum(upper(r) - lower(r)) from unnest(c.extra) r), 0)
       - (select count(distinct x.s) from conflicts x
          where x.box = c.box and x.epoch = c.epoch and x.s > c.contig)))::int8
     from cursors c where c.box = b.id) as backlog,
    (select count(*) from conflicts x where x.box = b.id) as conflicts, b.conflicts_looked
  from boxes b join box_link l on l.box = b.id`;

export interface Moment {
  readonly nowMs: number;
  readonly debounceMs: number;
}

export async function listBoxes(db: Queries, moment: Moment): Promise<BoxLine[]> {
  const rows = await db.rows<BoxRow>(`${SELECT} order by b.name, b.id`);
  return rows.map((row) => toLine(row, moment));
}

/** How each box stands with its lessons, but for what the journals say of it. */
export async function nightsOfBoxes(
  db: Queries,
  moment: Moment,
): Promise<Omit<BoxSupply, "last">[]> {
  const rows = await db.rows<BoxRow>(`${SELECT} order by b.name, b.id`);
  return rows.map((row) => {
    const { id: box, name, place, link, lessonsReady, lessonsTotal } = toLine(row, moment);
    const latest = latestWord(row);
    const heardAtMs = latest === row.tel ? row.tel_at : row.birth_at;
    const nights = latest?.cache.nights ?? null;
    return { box, name, place, link, lessonsReady, lessonsTotal, nights, heardAtMs };
  });
}

export type BoxFacts = Omit<BoxDetail, "sessions" | "memberCount">;

export async function findBox(db: Queries, box: string, moment: Moment): Promise<BoxFacts | null> {
  const [row] = await db.rows<BoxRow>(`${SELECT} where b.id = $1`, [box]);
  if (row === undefined) return null;
  const { birth, tel } = row;
  return {
    ...toLine(row, moment),
    node: birth?.node ?? null,
    memoryBytes: tel?.memoryBytes ?? null,
    clockSource: birth?.clock.source ?? null,
    clockOffsetMs: tel?.clockOffsetMs ?? null,
    bootOrdinal: birth?.bootOrdinal ?? null,
    uptimeMs: birth?.uptimeMs ?? null,
    epochs: await epochsOf(db, box),
    rosterVersion: birth?.rosterVersion ?? null,
    configVersion: birth?.cfgVersion ?? null,
  };
}

async function epochsOf(db: Queries, box: string): Promise<EpochLine[]> {
  const rows = await db.rows<{ epoch: string; contig: number; extra: string; head: number }>(
    `select epoch, contig, extra::text as extra, head from cursors
     where box = $1 order by first_seen_at, epoch`,
    [box],
  );
  return rows.map(({ epoch, contig, extra, head }) => {
    const cursor: Cursor = { contig, extra: fromMultirange(extra) };
    return { epoch, upTo: contig, head, gaps: gaps(cursor) };
  });
}

function toLine(row: BoxRow, { nowMs, debounceMs }: Moment): BoxLine {
  const { birth } = row;
  const known = { st: row.state, link: row.link, n: row.n, lostAtMs: row.lost_at };
  const latest = latestWord(row);
  return {
    id: row.id,
    name: row.name,
    place: row.place,
    link: linkStateOf(known, nowMs, debounceMs),
    state: row.state,
    seenAtMs: row.seen_at,
    sinceMs: row.since_at,
    screen: latest?.screen ?? null,
    lessonsReady: latest?.cache.ready ?? null,
    lessonsTotal: latest?.cache.lessons ?? null,
    cacheBytes: latest?.cache.bytes ?? null,
    diskFreeBytes: latest?.disk.freeBytes ?? null,
    diskTotalBytes: latest?.disk.totalBytes ?? null,
    software: birth?.software ?? null,
    backlog: birth === null ? null : (row.backlog ?? 0),
    conflicts: row.conflicts,
    conflictsNew: Math.max(0, row.conflicts - row.conflicts_looked),
    damage: birth?.damage ?? [],
    alarms: row.alarms,
  };
}

/** A birth after a restart is newer than the telemetry from before it. */
function latestWord(row: BoxRow): Birth | Telemetry | null {
  if (row.tel === null || row.birth === null) return row.tel ?? row.birth;
  return (row.tel_at ?? 0) >= (row.birth_at ?? 0) ? row.tel : row.birth;
}

/** The number of the box's settings, one higher than ever before. */
export async function nextConfigVersion(db: Queries, box: string): Promise<void> {
  await db.rows("update boxes set config_version = config_version + 1 where id = $1", [box]);
}
