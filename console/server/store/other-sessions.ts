/**
 * Sessions of another history of a box (docs/decisions/0014): folded from the records that were set
 * aside, shown beside the others as 另一份记录, and counted nowhere.
 */
import { foldSession, sessionIdOf } from "../../../protocol/fold-session.ts";
import type { RecordEnvelope } from "../../../protocol/generated/types.ts";
import type { StoredRecord } from "../../../protocol/record.ts";
import type { SessionRegister } from "../../../protocol/register.ts";
import { TimeLine } from "../../../protocol/time-line.ts";
import type { Queries } from "../database/database.ts";

export interface AsideRecord extends StoredRecord {
  /** First half of the hash of the record before it. */
  readonly previous: string;
}

/** Records of one history that was set aside, from where it left the one that is counted. */
export type OtherChain = readonly AsideRecord[];

/**
 * The chains among what was set aside. Where histories part again, each end has a chain of its own,
 * with what they share; so no record is left out.
 */
export function chainsOf(records: readonly AsideRecord[]): OtherChain[] {
  const byLink = new Map(records.map((record) => [linkOf(record), record]));
  const followed = new Set(records.map(({ e, previous }) => `${e} ${previous}`));
  const ends = records.filter((record) => !followed.has(linkOf(record)));
  return ends.map((end) => {
    const chain: AsideRecord[] = [];
    for (let at: AsideRecord | undefined = end; at !== undefined; ) {
      chain.push(at);
      at = byLink.get(`${at.e} ${at.previous}`);
    }
    return chain.reverse();
  });
}

const linkOf = ({ e, h }: StoredRecord) => `${e} ${h.slice(0, 32)}`;

/**
 * The sessions that a chain speaks of. One that was opened before the histories parted is folded
 * with what both share.
 * @param shared records of these sessions in the history that is counted
 */
export function foldChain(chain: OtherChain, shared: readonly StoredRecord[]): SessionRegister[] {
  const [first] = chain;
  if (first === undefined) return [];
  const before = shared.filter(({ e, s }) => e === first.e && s < first.s);
  const all = [...before, ...chain];
  const times = new TimeLine();
  for (const { record } of all) times.note(record);
  const ids = new Set(chain.flatMap((stored) => sessionIdOf(stored) ?? []));
  return [...ids].flatMap((id) => {
    const register = foldKept(
      all.filter((stored) => sessionIdOf(stored) === id),
      times,
    );
    return register === null ? [] : [register];
  });
}

/** Nonsense in a record must not hide the other sessions. */
function foldKept(records: readonly StoredRecord[], times: TimeLine): SessionRegister | null {
  try {
    return foldSession(records, times);
  } catch {
    // A known kind with a payload that is none: it is held, and cannot be shown.
    return null;
  }
}

/** Records of one box that are looked at: a forgotten clone sends thousands. */
const ASIDE_MAX = 5000;

export async function otherSessions(db: Queries, box: string): Promise<SessionRegister[]> {
  const rows = await db.rows<Row>(
    `select epoch, s, h, json, previous from conflicts where box = $1
     order by epoch, s, h limit $2`,
    [box, ASIDE_MAX],
  );
  if (rows.length === 0) return [];
  const aside = rows.flatMap((row) => {
    const stored = toStored(row);
    return stored === null ? [] : [{ ...stored, previous: row.previous }];
  });
  const ids = [...new Set(aside.flatMap((stored) => sessionIdOf(stored) ?? []))];
  const held = await db.rows<Omit<Row, "previous">>(
    `select epoch, s, h, json from rec where box = $1
       and (session = any($2::text[]) or kind in ('boot', 'time.fix', 'time.set'))
     order by epoch, s`,
    [box, ids],
  );
  const shared = held.flatMap((row) => toStored(row) ?? []);
  const found = chainsOf(aside).flatMap((chain) => foldChain(chain, shared));
  // Chains that part late say the same of what they share.
  return [...new Map(found.map((session) => [JSON.stringify(session), session])).values()];
}

interface Row {
  readonly epoch: string;
  readonly s: number;
  readonly h: string;
  readonly json: string;
  readonly previous: string;
}

function toStored({ epoch: e, s, h, json }: Omit<Row, "previous">): StoredRecord | null {
  try {
    return { e, s, h, json, record: JSON.parse(json) as RecordEnvelope };
  } catch {
    return null;
  }
}
