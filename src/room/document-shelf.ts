/** The documents in force, each with the hash of its bytes. */

import type { Sha256 } from "../../platform/ports/sha256.ts";
import { type Erasures, withoutErased } from "../../protocol/erasures.ts";
import type { Method, Notices, Plan, Roster } from "../../protocol/generated/types.ts";
import {
  type DocumentByKind,
  type HeldDocument,
  type ReadDocument,
  type RoomDocumentKind,
  type RoomDocuments,
  readDocument,
} from "./documents.ts";
import { SEED_METHOD } from "./seed-method.ts";
import { decodeUtf8, encodeUtf8 } from "./utf8.ts";

export class DocumentShelf {
  readonly #documents: RoomDocuments;
  readonly #sha256: Sha256;
  readonly #held: { [K in RoomDocumentKind]?: HeldDocument<DocumentByKind[K]> } = {};
  readonly #seed: HeldDocument<Method>;

  constructor(documents: RoomDocuments, sha256: Sha256) {
    this.#documents = documents;
    this.#sha256 = sha256;
    const bytes = encodeUtf8(JSON.stringify(SEED_METHOD));
    this.#seed = { document: SEED_METHOD, sha256: sha256.digest(bytes) };
  }

  /** Reads what is kept; what cannot be read is told, and left where it lies. */
  async load(): Promise<string[]> {
    const faults: string[] = [];
    for (const kind of ["roster", "plan", "method", "notices"] as const) {
      const bytes = await this.#documents.load(kind);
      const read = bytes === null ? null : this.#hold(kind, bytes);
      if (read !== null && !read.ok) faults.push(read.text);
    }
    return faults;
  }

  /** Whether exactly these bytes are in force. */
  holds(kind: RoomDocumentKind, bytes: Uint8Array): boolean {
    return this.#held[kind]?.sha256 === this.#sha256.digest(bytes);
  }

  /** Takes a new document when it is acceptable; durable and in force when it resolves. */
  async take<K extends RoomDocumentKind>(
    kind: K,
    bytes: Uint8Array,
  ): Promise<ReadDocument<DocumentByKind[K]>> {
    const read = readDocument(kind, decodeUtf8(bytes));
    if (!read.ok) return read;
    await this.#documents.save(kind, bytes);
    return this.#hold(kind, bytes);
  }

  /** Like `take`; of who is erased nothing but the place reaches the disk, or stays on it. */
  async takeRoster(
    bytes: Uint8Array,
    erasures: Pick<Erasures, "members">,
  ): Promise<ReadDocument<Roster>> {
    const read = readDocument("roster", decodeUtf8(bytes));
    if (!read.ok) return read;
    const clean = withoutErased(read.document, erasures);
    if (clean === read.document) return this.take("roster", bytes);
    const cleanBytes = encodeUtf8(JSON.stringify(clean));
    // A file with the names may be lying there already.
    await this.#documents.replace("roster", cleanBytes);
    return this.#hold("roster", cleanBytes);
  }

  /** Puts the roster without erased names in the place of the one with them. */
  async eraseFromRoster(erasures: Pick<Erasures, "members">): Promise<boolean> {
    const held = this.#held.roster;
    if (held === undefined) return false;
    const clean = withoutErased(held.document, erasures);
    if (clean === held.document) return false;
    const bytes = encodeUtf8(JSON.stringify(clean));
    await this.#documents.replace("roster", bytes);
    this.#hold("roster", bytes);
    return true;
  }

  #hold<K extends RoomDocumentKind>(kind: K, bytes: Uint8Array): ReadDocument<DocumentByKind[K]> {
    const read = readDocument(kind, decodeUtf8(bytes));
    if (read.ok) {
      const held = { document: read.document, sha256: this.#sha256.digest(bytes) };
      Object.assign(this.#held, { [kind]: held });
    }
    return read;
  }

  get roster(): HeldDocument<Roster> | null {
    return this.#held.roster ?? null;
  }

  get plan(): HeldDocument<Plan> | null {
    return this.#held.plan ?? null;
  }

  /** 五步教学法 until the county sends another. */
  get method(): HeldDocument<Method> {
    return this.#held.method ?? this.#seed;
  }

  get notices(): Notices | null {
    return this.#held.notices?.document ?? null;
  }

  sha256Of(kind: RoomDocumentKind): string | null {
    return this.#held[kind]?.sha256 ?? null;
  }
}
