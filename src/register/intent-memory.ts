/**
 * Which intents were written lately. A page sends again only what was not answered, seconds ago;
 * thousands are remembered, so that none of those is ever forgotten.
 */
import type { RecordEnvelope } from "../../protocol/generated/types.ts";
import type { StoredRecord } from "../../protocol/record.ts";

/** So many are remembered at the least, and at most twice as many. */
const GENERATION = 4000;

/** As text: a start would carry thousands of parsed records through every garbage collection. */
type Remembered = Omit<StoredRecord, "record">;

export class IntentMemory {
  #older = new Map<string, Remembered>();
  /** A whole generation is forgotten at once: one by one costs a start more than remembering. */
  #newer = new Map<string, Remembered>();

  note({ e, s, h, json, record }: StoredRecord): void {
    if (record.r === undefined) return;
    this.#newer.set(record.r, { e, s, h, json });
    if (this.#newer.size < GENERATION) return;
    this.#older = this.#newer;
    this.#newer = new Map();
  }

  find(intentId: string): StoredRecord | undefined {
    const found = this.#newer.get(intentId) ?? this.#older.get(intentId);
    if (found === undefined) return undefined;
    // It was a record when it was noted.
    return { ...found, record: JSON.parse(found.json) as RecordEnvelope };
  }
}
