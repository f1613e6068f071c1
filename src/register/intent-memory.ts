/**
 * Which intents were written lately. A page sends again only what was not answered, seconds ago;
 * thousands are remembered, so that none of those is ever forgotten.
 */
import { assert } from "../../protocol/assert.ts";
import type { StoredRecord } from "../../protocol/record.ts";
import type { RecordName, Register } from "./register.ts";

/** So many are remembered at the least, and at most twice as many. */
const GENERATION = 4000;

interface Written extends RecordName {
  /** Of one behind a hole: nothing proves it, so it cannot be read back. */
  readonly whole?: StoredRecord;
}

export class IntentMemory {
  #older = new Map<string, Written>();
  /** A whole generation is forgotten at once: one by one costs a start more than remembering. */
  #newer = new Map<string, Written>();

  /** Its name only: a start would carry thousands of records through every garbage collection. */
  note({ e, s, record }: StoredRecord): void {
    if (record.r !== undefined) this.#set(record.r, { e, s });
  }

  noteBeyond(whole: StoredRecord): void {
    const { e, s, record } = whole;
    if (record.r !== undefined) this.#set(record.r, { e, s, whole });
  }

  #set(intentId: string, written: Written): void {
    this.#newer.set(intentId, written);
    if (this.#newer.size < GENERATION) return;
    this.#older = this.#newer;
    this.#newer = new Map();
  }

  find(intentId: string): RecordName | undefined {
    return this.#find(intentId);
  }

  #find(intentId: string): Written | undefined {
    return this.#newer.get(intentId) ?? this.#older.get(intentId);
  }

  /** The record that was written then. @throws StorageError when no copy holds it any more */
  async recall(
    intentId: string | undefined,
    register: Pick<Register, "read">,
  ): Promise<StoredRecord | undefined> {
    const known = intentId === undefined ? undefined : this.#find(intentId);
    if (known === undefined || known.whole !== undefined) return known?.whole;
    const [stored] = await register.read(known.e, known.s, { maxCount: 1, maxBytes: 0 });
    assert(stored !== undefined, "a record that was written");
    return stored;
  }
}
