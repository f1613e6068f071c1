/**
 * Which intents were written lately. A page sends again only what was not answered, seconds ago;
 * thousands are remembered, so that none of those is ever forgotten.
 */
import type { StoredRecord } from "../../protocol/record.ts";

const REMEMBERED_MAX = 4000;

export class IntentMemory {
  readonly #records = new Map<string, StoredRecord>();

  note(stored: StoredRecord): void {
    const intentId = stored.record.r;
    if (intentId === undefined) return;
    this.#records.set(intentId, stored);
    if (this.#records.size <= REMEMBERED_MAX) return;
    const [oldest] = this.#records.keys();
    if (oldest !== undefined) this.#records.delete(oldest);
  }

  find(intentId: string): StoredRecord | undefined {
    return this.#records.get(intentId);
  }
}
