/** Whose name was erased, and which notes, as the journal says it. docs/formats/registers.md. */
import type { ErasePayload, Member, Roster } from "./generated/types.ts";
import { isKnownRecord, type StoredRecord } from "./record.ts";

export interface Erasures {
  /** Number by member id. */
  readonly members: ReadonlyMap<string, number>;
  readonly notes: ReadonlySet<string>;
  /** Guests who were struck out: written by mistake, so their names go too. */
  readonly guests: ReadonlySet<string>;
}

const KINDS: ReadonlySet<string> = new Set(["erase", "guest", "session.fix"]);

export class ErasureFold implements Erasures {
  readonly members = new Map<string, number>();
  readonly notes = new Set<string>();
  readonly guests = new Set<string>();

  /** Takes in the next record of the journal, of whatever kind. */
  note({ record }: StoredRecord): void {
    // The kind first: of every record of a long journal this is asked.
    if (!KINDS.has(record.k) || !isKnownRecord(record)) return;
    if (record.k === "erase") this.#erase(record.d);
    if (record.k === "guest" && record.d.event === "struck") this.guests.add(record.d.guest);
    if (record.k === "session.fix" && record.d.field === "guest") {
      this.guests.add(String(record.d.from));
    }
  }

  #erase({ members, notes }: ErasePayload): void {
    for (const one of members) {
      const [member, no] = one as unknown as [string, number];
      this.members.set(member, no);
    }
    for (const sha256 of notes) this.notes.add(sha256);
  }
}

/** What stands in the roster where a name stood. */
export const ERASED_NAME = "已删除";

/** The roster with only the place of who was erased; the same object when nothing is to be done. */
export function withoutErased(roster: Roster, { members }: Pick<Erasures, "members">): Roster {
  const toErase = ({ id, erased }: Member) => members.has(id) && erased !== true;
  if (!roster.members.some(toErase)) return roster;
  return {
    ...roster,
    members: roster.members.map((member) => (toErase(member) ? placeOf(member) : member)),
  };
}

function placeOf({ id, no, branch, management }: Member): Member {
  return {
    id,
    no,
    name: ERASED_NAME,
    initials: "",
    branch,
    group: "",
    management,
    status: "left",
    roles: [],
    erased: true,
  };
}
