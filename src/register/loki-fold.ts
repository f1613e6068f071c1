/**
 * The fold of the journal, held by LokiJS in memory and rebuilt at every start. LokiJS is an index
 * and nothing else here: no adapter, no autosave, no views (docs/decisions/0001). Its rule that
 * hurts: a document changed without `update` makes queries wrong in silence; so documents are
 * frozen, and always replaced.
 */
import Loki, { type Collection } from "lokijs";
import {
  beginSession,
  foldRecord,
  type SessionDraft,
  sessionIdOf,
  toRegister,
} from "../../protocol/fold-session.ts";
import { isKnownRecord, type KnownRecord, type StoredRecord } from "../../protocol/record.ts";
import type { SessionRegister } from "../../protocol/register.ts";
import type { RegisterFold, SessionQuery } from "./register.ts";

interface SessionDocument {
  readonly id: string;
  /** Position in the journal: newest first is by this, never by a clock. */
  readonly order: number;
  readonly register: SessionRegister;
}

/** A session that may still grow. */
interface OpenSession {
  readonly draft: SessionDraft;
  readonly records: KnownRecord[];
  /** LokiJS holds an older state of it. */
  changed: boolean;
}

export class LokiFold implements RegisterFold {
  readonly #sessions: Collection<SessionDocument>;
  readonly #open = new Map<string, OpenSession>();
  #recordCount = 0;

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
    const id = sessionIdOf(stored);
    if (id === null) return;
    const session = this.#open.get(id) ?? this.#begin(stored);
    if (session === null) return;
    if (stored.record.k !== "session.open") foldRecord(session.draft, stored);
    if (isKnownRecord(stored.record)) session.records.push(stored.record);
    session.changed = true;
  }

  #begin(stored: StoredRecord): OpenSession | null {
    const draft = beginSession(stored);
    if (draft === null) return null;
    // Late records of a closed session (the last span of its film) come before the next one opens.
    for (const [id, old] of this.#open) {
      if (old.draft.ending === null) continue;
      this.#keep(old);
      this.#open.delete(id);
    }
    const session = { draft, records: [], changed: true };
    this.#open.set(draft.id, session);
    return session;
  }

  #keepChanged(): void {
    for (const session of this.#open.values()) if (session.changed) this.#keep(session);
  }

  #keep(session: OpenSession): void {
    session.changed = false;
    const register = toRegister(session.draft);
    const old = this.#sessions.by("id", register.id);
    if (old !== undefined) this.#sessions.update(Object.assign({}, old, { register }));
    else this.#sessions.insert({ id: register.id, order: this.#sessions.count(), register });
  }

  sessions({ closed, limit }: SessionQuery = {}): SessionRegister[] {
    this.#keepChanged();
    const newestFirst = this.#sessions.chain().simplesort("order", { desc: true }).data();
    const found = newestFirst
      .map(({ register }) => register)
      .filter((register) => closed === undefined || register.closed === closed);
    return limit === undefined ? found : found.slice(0, limit);
  }

  session(id: string): SessionRegister | undefined {
    this.#keepChanged();
    return this.#sessions.by("id", id)?.register;
  }

  records(sessionId: string): KnownRecord[] {
    return [...(this.#open.get(sessionId)?.records ?? [])];
  }

  counts(): { readonly records: number; readonly sessions: number } {
    this.#keepChanged();
    return { records: this.#recordCount, sessions: this.#sessions.count() };
  }
}
