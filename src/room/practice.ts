/** What a 练习 has instead of a journal, a spot and a roster: memory, and people who do not exist. */
import type { Sha256 } from "../../platform/ports/sha256.ts";
import type { Member, Roster } from "../../protocol/generated/types.ts";
import type { RecordDraft, StoredRecord } from "../../protocol/record.ts";
import { LokiFold } from "../register/loki-fold.ts";
import type { AppendOptions, Register } from "../register/register.ts";
import type { HeldDocument } from "./documents.ts";
import { GuestBook } from "./guest-book.ts";
import type { SpotStore } from "./spot.ts";
import { encodeUtf8 } from "./utf8.ts";

/** What a session needs of a register. */
export interface SessionBook extends Pick<Register, "fold" | "bootOrdinal"> {
  /** @returns null: it will be written when the disk takes records again. @throws StorageError */
  append(draft: RecordDraft, options?: AppendOptions): Promise<StoredRecord | null>;
}

const EPOCH = "00000000";
const NO_HASH = "0".repeat(64);

/** Its records are folded like real ones, have no chain, and are gone with it. */
export class PracticeBook implements SessionBook {
  readonly fold = new LokiFold();
  readonly bootOrdinal: number;
  #last = 0;

  constructor(bootOrdinal: number) {
    this.bootOrdinal = bootOrdinal;
  }

  append({ k, d }: RecordDraft, { by = "-" }: AppendOptions = {}): Promise<StoredRecord> {
    this.#last += 1;
    const s = this.#last;
    const moment = { bt: this.bootOrdinal, mt: 0, wt: 0, ws: "none" as const };
    const record = { e: EPOCH, s, p: NO_HASH.slice(0, 32), k, v: 1, ...moment, by, d: { ...d } };
    const stored = { e: EPOCH, s, h: NO_HASH, json: "", record };
    this.fold.apply(stored);
    return Promise.resolve(stored);
  }
}

/** Names that are typed in a practice are on no disk. */
export function practiceGuests(): GuestBook {
  const nowhere = { load: () => Promise.resolve(null), save: () => Promise.resolve() };
  return new GuestBook({ ...nowhere, replace: () => Promise.resolve() });
}

/** A power cut ends it: there is nothing to go back to. */
export const NO_SPOTS: SpotStore = {
  load: () => Promise.resolve([null, null]),
  save: () => Promise.resolve(),
};

const PEOPLE = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛"] as const;
const LETTERS = "abcdefgh";

const MEMBERS = PEOPLE.map((name, index): Member => {
  const of = { initials: "", branch: "practice", group: "", management: "direct" } as const;
  const roles: Member["roles"] = index === 0 ? ["broadcaster"] : [];
  const id = `practise${LETTERS[index] ?? ""}`;
  return { id, no: index + 1, name: `${name}同志`, ...of, status: "active", roles };
});

const ROSTER: Roster = {
  schema: "one-room.roster/1",
  version: 1,
  branches: [{ id: "practice", name: "练习支部", kind: "other" }],
  members: MEMBERS,
};

export function practiceRoster(sha256: Sha256): HeldDocument<Roster> {
  return { document: ROSTER, sha256: sha256.digest(encodeUtf8(JSON.stringify(ROSTER))) };
}
