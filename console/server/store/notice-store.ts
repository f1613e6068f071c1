/** Notices of the county: what was issued, to whom, and what each box is told of them. */
import { createHash } from "node:crypto";
import type { Notice, NoticeState, Notices } from "../../../protocol/generated/types.ts";
import type { NoticeAudience, NoticeLine, NoticeRoom } from "../../../protocol/notice-api.ts";
import type { Queries } from "../database/database.ts";
import { nextConfigVersion } from "./box-store.ts";
import { findDocOf, putDoc } from "./doc-store.ts";

export interface NewNotice extends Notice {
  readonly audience: NoticeAudience;
  readonly by: string;
  readonly nowMs: number;
}

export async function addNotice(db: Queries, notice: NewNotice): Promise<void> {
  const { id, title, text, from, on, until, audience, by, nowMs } = notice;
  await db.rows(
    `insert into notices (id, title, body, sender, on_day, until_day, audience, issued_by, issued_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [id, title, text, from, on, until, JSON.stringify(audience), by, nowMs],
  );
}

/** False: there is none, or it was withdrawn before. */
export async function withdrawNotice(db: Queries, id: string, nowMs: number): Promise<boolean> {
  const rows = await db.rows(
    "update notices set withdrawn_at = $2 where id = $1 and withdrawn_at is null returning id",
    [id, nowMs],
  );
  return rows.length > 0;
}

/** One box is told so much; what is older falls out. The schema's bound. */
const NOTICES_MAX = 20;

/** Any number that no other lock of ours has. */
const TELLING_LOCK = 7_400_002;

/** A notice is for everybody, for a town, or for single rooms. */
const IS_FOR_BOX = `
  (audience->>'kind' = 'all'
   or (audience->>'kind' = 'places'
     and audience->'places' ?| (string_to_array(b.place, ' ') || b.place))
   or (audience->>'kind' = 'boxes' and audience->'boxes' ? b.id))`;

/**
 * Makes the document of each box anew, or of one box; the boxes for which it is another now.
 *
 * Within a transaction only.
 *
 * @param today by the county's clock: what was over before it is told no more
 */
export async function tellNotices(
  db: Queries,
  { box, today, nowMs }: { box: string | null; today: string; nowMs: number },
): Promise<string[]> {
  // Two at once would give one version to two documents.
  await db.rows("select pg_advisory_xact_lock($1)", [TELLING_LOCK]);
  const rows = await db.rows<{ box: string; notices: Notice[] }>(
    `select b.id as box, coalesce((select json_agg(json_build_object('id', n.id, 'title', n.title,
         'text', n.body, 'from', n.sender, 'on', n.on_day, 'until', n.until_day)
         order by n.issued_at desc, n.id)
       from (select * from notices where withdrawn_at is null and until_day >= $2
               and ${IS_FOR_BOX} order by issued_at desc, id limit ${NOTICES_MAX}) n), '[]') as notices
     from boxes b where $1::text is null or b.id = $1 order by b.id`,
    [box, today],
  );
  const changed: string[] = [];
  for (const row of rows) {
    if (await tellBox(db, { ...row, nowMs })) changed.push(row.box);
  }
  return changed;
}

interface Telling {
  readonly box: string;
  readonly notices: readonly Notice[];
  readonly nowMs: number;
}

async function tellBox(db: Queries, { box, notices, nowMs }: Telling): Promise<boolean> {
  const held = await findDocOf<Notices>(db, box, "notices");
  const before = held?.notices ?? [];
  if (JSON.stringify(before) === JSON.stringify(notices)) return false;
  const version = (held?.version ?? 0) + 1;
  const document: Notices = { schema: "one-room.notices/1", version, notices: [...notices] };
  const body = JSON.stringify(document);
  const sha256 = createHash("sha256").update(body).digest("hex");
  await putDoc(db, { box, kind: "notices", version, sha256, body, nowMs });
  await nextConfigVersion(db, box);
  await db.rows(
    `insert into notice_rooms (notice, box, version)
     select n, $1, $2 from unnest($3::text[]) n on conflict do nothing`,
    [box, version, notices.map(({ id }) => id)],
  );
  return true;
}

/** What a box said of its notices; the first word counts. */
export async function noteNotices(
  db: Queries,
  { box, said, nowMs }: { box: string; said: NoticeState | undefined; nowMs: number },
): Promise<void> {
  if (said === undefined) return;
  await db.rows(
    `update notice_rooms set arrived_at = coalesce(arrived_at, $4),
       read_at = case when notice = any($3::text[]) then coalesce(read_at, $4) else read_at end
     where box = $1 and version <= $2
       and (arrived_at is null or (read_at is null and notice = any($3::text[])))`,
    [box, said.version, said.read, nowMs],
  );
}

const LINES_MAX = 200;

interface NoticeRow {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly sender: string;
  readonly on_day: string;
  readonly until_day: string;
  readonly audience: NoticeAudience;
  readonly by: string;
  readonly issued_at: number;
  readonly withdrawn_at: number | null;
  readonly rooms: number;
  readonly arrived: number;
  readonly read: number;
}

/** Newest first. */
export async function listNotices(db: Queries, today: string): Promise<NoticeLine[]> {
  const rows = await db.rows<NoticeRow>(
    `select n.*, coalesce(nullif(u.display, ''), n.issued_by) as by,
       count(r.box) as rooms, count(r.arrived_at) as arrived, count(r.read_at) as read
     from notices n left join notice_rooms r on r.notice = n.id
       left join users u on u.name = n.issued_by
     group by n.id, u.display order by n.issued_at desc, n.id limit $1`,
    [LINES_MAX],
  );
  return rows.map(({ id, title, body, sender, on_day: on, until_day: until, ...row }) => ({
    ...{ id, title, text: body, from: sender, on, until, audience: row.audience, by: row.by },
    issuedAtMs: row.issued_at,
    state: row.withdrawn_at !== null ? "withdrawn" : until < today ? "over" : "holds",
    rooms: row.rooms,
    arrived: row.arrived,
    read: row.read,
  }));
}

/** Who was told, those first that have not read it. */
export async function roomsOfNotice(db: Queries, id: string): Promise<NoticeRoom[]> {
  const rows = await db.rows<{
    box: string;
    name: string;
    place: string;
    arrived_at: number | null;
    read_at: number | null;
  }>(
    `select r.box, b.name, b.place, r.arrived_at, r.read_at
     from notice_rooms r join boxes b on b.id = r.box where r.notice = $1
     order by r.read_at is not null, r.arrived_at is not null, b.name, b.id`,
    [id],
  );
  return rows.map(({ arrived_at: arrivedAtMs, read_at: readAtMs, ...room }) => ({
    ...room,
    arrivedAtMs,
    readAtMs,
  }));
}
