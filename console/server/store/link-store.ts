/** What boxes say of themselves, newest word kept: state, birth, telemetry. */
import type { Birth, BoxState, Telemetry } from "../../../protocol/generated/types.ts";
import type { Queries } from "../database/database.ts";
import { isNewer, type KnownState } from "../ingest/state-order.ts";
import { keepBoxKey } from "./box-store.ts";

interface StateRow {
  readonly state: BoxState["st"] | null;
  readonly link: number;
  readonly n: number;
  readonly lost_at: number | null;
}

function toKnown(row: StateRow): KnownState {
  return { st: row.state, link: row.link, n: row.n, lostAtMs: row.lost_at };
}

/** True when it was newer than what is known, and is known now. */
export async function putState(
  db: Queries,
  { box, state, nowMs }: { box: string; state: BoxState; nowMs: number },
): Promise<boolean> {
  const [row] = await db.rows<StateRow>(
    "select state, link, n, lost_at from box_link where box = $1 for update",
    [box],
  );
  if (row === undefined || !isNewer(toKnown(row), state)) return false;
  const lost = state.st === "lost";
  // A will's n was written before its link began; whatever the link says next is newer.
  const n = lost ? -1 : state.n;
  const sameSide = isUp(row.state) === isUp(state.st) && row.state !== null;
  await db.rows(
    `update box_link set state = $2, link = $3, n = $4, lost_at = $5,
       since_at = case when $6 then since_at else $7 end,
       seen_at = case when $8 then seen_at else $7 end
     where box = $1`,
    [box, state.st, state.link, n, lost ? nowMs : null, sameSide, nowMs, lost],
  );
  return true;
}

function isUp(st: BoxState["st"] | null): boolean {
  return st === "init" || st === "ready" || st === "sleeping";
}

export async function putBirth(
  db: Queries,
  { box, birth, nowMs }: { box: string; birth: Birth; nowMs: number },
): Promise<void> {
  // A birth is never a will and never kept by a broker: on a link that is over already it means
  // that the box's counter was put back with its disk, and that its next words count.
  await db.rows(
    `update box_link set birth = $2, birth_at = $3, seen_at = $3, link = least(link, $4),
       n = case when link > $4 or (link = $4 and state = 'offline') then -1 else n end
     where box = $1`,
    [box, JSON.stringify(birth), nowMs, birth.link],
  );
  if (birth.key !== undefined) await keepBoxKey(db, box, birth.key);
  for (const { epoch, head } of birth.journals) {
    await db.rows(
      `insert into cursors (box, epoch, head, first_seen_at) values ($1, $2, $3, $4)
       on conflict (box, epoch) do update set head = greatest(cursors.head, excluded.head)`,
      [box, epoch, head, nowMs],
    );
  }
}

export async function putTelemetry(
  db: Queries,
  { box, tel, nowMs }: { box: string; tel: Telemetry; nowMs: number },
): Promise<void> {
  await db.rows("update box_link set tel = $2, tel_at = $3, seen_at = $3 where box = $1", [
    box,
    JSON.stringify(tel),
    nowMs,
  ]);
}

/** After a start with a broker of our own nobody is connected, whatever was known before. */
export async function loseEveryone(db: Queries, nowMs: number): Promise<void> {
  await db.rows(
    `update box_link set state = 'lost', n = -1, lost_at = $1, since_at = $1
     where state in ('init', 'ready', 'sleeping')`,
    [nowMs],
  );
}
