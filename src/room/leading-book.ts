/**
 * The book of a recorded session, which must be led to its end also while no disk takes a record.
 *
 * - M10. When no copy can be written, what only leads the room on (steps, explanations, film) is
 *   kept in memory, in its order, and written before the next record that a copy takes; a `fault`
 *   says how late it is. What people are told is saved (marks, notes, the close) is refused.
 */
import type { Clock } from "../../platform/ports/clock.ts";
import { StorageError } from "../../platform/ports/storage-error.ts";
import type { RecordDraft, StoredRecord } from "../../protocol/record.ts";
import type { AppendOptions, Register } from "../register/register.ts";
import type { SessionBook } from "./practice.ts";

export type WrittenBook = SessionBook & Pick<Register, "writable">;

interface Kept {
  readonly draft: RecordDraft;
  readonly options: AppendOptions;
}

const LEADS: ReadonlySet<RecordDraft["k"]> = new Set(["step", "cue", "play"]);
/** More than the steps, explanations and spans of a long day. */
const KEPT_MAX = 1000;

export class LeadingBook implements SessionBook {
  readonly #book: WrittenBook;
  readonly #clock: Pick<Clock, "bootMs">;
  #kept: Kept[] = [];
  /** Since when something is kept. */
  #sinceMs = 0;
  #isTold = false;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(book: WrittenBook, clock: Pick<Clock, "bootMs">) {
    this.#book = book;
    this.#clock = clock;
  }

  get fold() {
    return this.#book.fold;
  }

  get bootOrdinal(): number {
    return this.#book.bootOrdinal;
  }

  /** One at a time: the film tells its spans between two intents. */
  append(draft: RecordDraft, options: AppendOptions = {}): Promise<StoredRecord | null> {
    const result = this.#queue.then(() => this.#appendNow(draft, options));
    // The next one waits for this one, however it ends.
    this.#queue = result.catch(() => {});
    return result;
  }

  async #appendNow(draft: RecordDraft, options: AppendOptions): Promise<StoredRecord | null> {
    try {
      await this.#writeKept();
      return await this.#book.append(draft, options);
    } catch (error) {
      if (!(error instanceof StorageError) || !this.#keeps(draft)) throw error;
      if (this.#kept.length === 0) this.#sinceMs = this.#clock.bootMs();
      this.#kept.push({ draft, options });
      return null;
    }
  }

  #keeps({ k }: RecordDraft): boolean {
    return !this.#book.writable && LEADS.has(k) && this.#kept.length < KEPT_MAX;
  }

  async #writeKept(): Promise<void> {
    for (let [next] = this.#kept; next !== undefined; [next] = this.#kept) {
      await this.#tellLate();
      await this.#book.append(next.draft, next.options);
      this.#kept.shift();
    }
    this.#isTold = false;
  }

  async #tellLate(): Promise<void> {
    if (this.#isTold) return;
    const seconds = Math.round((this.#clock.bootMs() - this.#sinceMs) / 1000);
    const detail = `${this.#kept.length} records of the last ${seconds} s follow`;
    await this.#book.append({ k: "fault", d: { part: "register", code: "late", detail } });
    this.#isTold = true;
  }
}
