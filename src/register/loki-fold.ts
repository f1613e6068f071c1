/**
 * The fold of the journal, held by LokiJS in memory and rebuilt at every start. LokiJS is an index
 * and nothing else here: no adapter, no autosave, no views (docs/decisions/0001). Its rule that
 * hurts: a document changed without `update` makes queries wrong in silence; so documents are
 * frozen, and always replaced.
 */
import Loki, { type Collection } from "lokijs";
import { ErasureFold } from "../../protocol/erasures.ts";
import {
  beginSession,
  foldRecord,
  knownRecords,
  type SessionDraft,
  sessionIdOf,
  toRegister,
} from "../../protocol/fold-session.ts";
import type { RefreshPayload } from "../../protocol/generated/types.ts";
import { dateStampBy, type Stamp, stampOf } from "../../protocol/instant.ts";
import type { RefreshEntry } from "../../protocol/page-api.ts";
import { isKnownRecord, type KnownRecord, type StoredRecord } from "../../protocol/record.ts";
import type { SessionRegister } from "../../protocol/register.ts";
import { TimeLine } from "../../protocol/time-line.ts";
import { LostEnds } from "./lost-ends.ts";
import type { RegisterFold, SessionQuery } from "./register.ts";

interface SessionDocument {
  readonly id: string;
  /** Position in the journal: newest first is by this, never by a clock. */
  readonly order: number;
  readonly register: SessionRegister;
}

interface FoldedSession {
  readonly draft: SessionDraft;
  /** Position in the journal. */
  readonly order: number;
  /** Null for a closed session that another one has followed: they are on the disk. */
  records: KnownRecord[] | null;
}

/** For the screen that tells what the nights brought: a week and a little more. */
const REFRESHES_MAX = 10;

export class LokiFold implements RegisterFold {
  readonly #sessions: Collection<SessionDocument>;
  readonly #folded = new Map<string, FoldedSession>();
  /** Those whose records are held. */
  readonly #live = new Set<FoldedSession>();
  /** Sessions of which LokiJS holds an older state. */
  readonly #changed = new Set<FoldedSession>();
  readonly times = new TimeLine();
  readonly erasures = new ErasureFold();
  readonly #lostEnds = new LostEnds();
  readonly #date = dateStampBy(this.times);
  /** What was known of time when the sessions were last worked out. */
  #timesVersion = 0;
  #recordCount = 0;
  /** Newest last. */
  #refreshes: readonly { readonly stamp: Stamp; readonly refresh: RefreshPayload }[] = [];

  constructor() {
    const database = new Loki("register", { autosave: false });
    this.#sessions = database.addCollection<SessionDocument>("sessions", {
      unique: ["id"],
      disableMeta: true,
      disableFreeze: false,
    });
  }

  /** Folds in the next record of the journal. What it means is worked out when somebody asks. */
  apply(stored: StoredRecord): void {
    this.#recordCount += 1;
    this.times.note(stored.record);
    this.erasures.note(stored);
    this.#noteRefresh(stored.record);
    this.#lostEnds.note(stored);
    const id = sessionIdOf(stored);
    if (id === null) return;
    const session = this.#folded.get(id);
    if (session === undefined) this.#begin(stored);
    else this.#add(session, stored);
  }

  #noteRefresh(record: StoredRecord["record"]): void {
    if (record.k !== "refresh" || !isKnownRecord(record)) return;
    const entry = { stamp: stampOf(record), refresh: record.d as RefreshPayload };
    this.#refreshes = [...this.#refreshes, entry].slice(-REFRESHES_MAX);
  }

  #begin(stored: StoredRecord): void {
    const draft = beginSession(stored);
    if (draft === null) return;
    for (const session of this.#live) this.#retire(session);
    const session = { draft, order: this.#folded.size, records: knownRecords([stored]) };
    this.#folded.set(draft.id, session);
    this.#live.add(session);
    this.#changed.add(session);
  }

  #retire(session: FoldedSession): void {
    if (session.draft.ending === null) return;
    session.records = null;
    this.#live.delete(session);
  }

  #add(session: FoldedSession, stored: StoredRecord): void {
    foldRecord(session.draft, stored);
    if (isKnownRecord(stored.record)) session.records?.push(stored.record);
    this.#changed.add(session);
  }

  #keepChanged(): void {
    for (const { draft, order } of this.#changed) {
      this.#keep(toRegister(draft, this.#date), order);
    }
    this.#changed.clear();
  }

  /** A fix of today may tell when a session of last week was held. */
  #dateAnew(): void {
    if (this.times.version !== this.#timesVersion) {
      this.#timesVersion = this.times.version;
      for (const session of this.#folded.values()) this.#changed.add(session);
    }
    this.#keepChanged();
  }

  #keep(register: SessionRegister, order: number): void {
    const old = this.#sessions.by("id", register.id);
    if (old !== undefined) this.#sessions.update(Object.assign({}, old, { register }));
    else this.#sessions.insert({ id: register.id, order, register });
  }

  sessions({ closed, limit }: SessionQuery = {}): SessionRegister[] {
    this.#dateAnew();
    const newestFirst = this.#sessions.chain().simplesort("order", { desc: true }).data();
    const found = newestFirst
      .map(({ register }) => register)
      .filter((register) => closed === undefined || register.closed === closed);
    return limit === undefined ? found : found.slice(0, limit);
  }

  session(id: string): SessionRegister | undefined {
    this.#dateAnew();
    return this.#sessions.by("id", id)?.register;
  }

  records(sessionId: string): KnownRecord[] {
    return [...(this.#folded.get(sessionId)?.records ?? [])];
  }

  lostEnds(): readonly string[] {
    return this.#lostEnds.texts;
  }

  counts(): { readonly records: number; readonly sessions: number } {
    this.#keepChanged();
    return { records: this.#recordCount, sessions: this.#sessions.count() };
  }

  refreshes(): RefreshEntry[] {
    const newestFirst = [...this.#refreshes].reverse();
    return newestFirst.map(({ stamp, refresh }) => {
      const { unixMs, sure } = this.#date(stamp);
      return { at: { unixMs, sure }, refresh };
    });
  }
}
