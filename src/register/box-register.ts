/** `Register` over a journal that was read: appends one at a time, and tells who listens. */

import type { Clock } from "../../platform/ports/clock.ts";
import type { Disk } from "../../platform/ports/disk.ts";
import type { Sha256 } from "../../platform/ports/sha256.ts";
import { StorageError } from "../../platform/ports/storage-error.ts";
import { assert } from "../../protocol/assert.ts";
import type { WallSource } from "../../protocol/generated/types.ts";
import type { RecordDraft, StoredRecord } from "../../protocol/record.ts";
import type { EpochIndex } from "./epoch-index.ts";
import type { IntentMemory } from "./intent-memory.ts";
import { Journal } from "./journal.ts";
import type { LokiFold } from "./loki-fold.ts";
import { readRecords } from "./read-records.ts";
import type { AppendOptions, EpochExtent, ReadLimits, Register } from "./register.ts";
import type { SegmentWriter } from "./segment-writer.ts";

export interface BoxRegisterOptions {
  readonly disk: Disk;
  readonly folder: string;
  readonly clock: Clock;
  readonly wallSource: () => WallSource;
  readonly sha256: Sha256;
  readonly fold: LokiFold;
  readonly intents: IntentMemory;
  readonly boxId: string;
  readonly bootOrdinal: number;
  /** The last one is written. */
  readonly epochs: readonly EpochIndex[];
  readonly writer: SegmentWriter;
  readonly damage: readonly string[];
}

/** So many appends in a row may fail before the box stops promising anything. */
const FAILURES_MAX = 2;

export class BoxRegister implements Register {
  readonly #options: BoxRegisterOptions;
  readonly #current: EpochIndex;
  readonly #journal: Journal;
  readonly #listeners = new Set<(record: StoredRecord) => void>();
  #queue: Promise<unknown> = Promise.resolve();
  #failures = 0;
  #closed = false;

  constructor(options: BoxRegisterOptions) {
    const current = options.epochs[options.epochs.length - 1];
    assert(current !== undefined, "an epoch to write");
    this.#options = options;
    this.#current = current;
    this.#journal = new Journal({ ...options, index: current, hash: options.sha256.digest });
  }

  get boxId(): string {
    return this.#options.boxId;
  }

  get epoch(): string {
    return this.#current.epoch;
  }

  get bootOrdinal(): number {
    return this.#options.bootOrdinal;
  }

  get writable(): boolean {
    return this.#failures < FAILURES_MAX;
  }

  get damage(): readonly string[] {
    return this.#options.damage;
  }

  get fold(): LokiFold {
    return this.#options.fold;
  }

  head(): { readonly s: number; readonly h: string } {
    return this.#current.end;
  }

  epochs(): readonly EpochExtent[] {
    return this.#options.epochs.map(({ epoch, end: { s, h } }) => ({
      epoch,
      first: 1,
      head: s,
      hash: h,
    }));
  }

  append(draft: RecordDraft, options: AppendOptions = {}): Promise<StoredRecord> {
    const result = this.#queue.then(() => this.#appendNow(draft, options));
    // The next append waits for this one, however it ends.
    this.#queue = result.catch(() => {});
    return result;
  }

  async #appendNow(draft: RecordDraft, options: AppendOptions): Promise<StoredRecord> {
    const { intentId } = options;
    const known = intentId === undefined ? undefined : this.findByIntent(intentId);
    if (known !== undefined) return known;
    if (this.#closed) throw new StorageError("closed", this.#options.folder);
    const stored = await this.#write(draft, options);
    this.#options.intents.note(stored);
    this.#options.fold.apply(stored);
    for (const listener of this.#listeners) listener(stored);
    return stored;
  }

  async #write(draft: RecordDraft, options: AppendOptions): Promise<StoredRecord> {
    try {
      const stored = await this.#journal.append(draft, options);
      this.#failures = 0;
      return stored;
    } catch (error) {
      if (error instanceof StorageError) this.#failures += 1;
      throw error;
    }
  }

  findByIntent(intentId: string): StoredRecord | undefined {
    return this.#options.intents.find(intentId);
  }

  read(epoch: string, from: number, limits: ReadLimits): Promise<StoredRecord[]> {
    const index = this.#indexOf(epoch);
    const { disk, folder } = this.#options;
    return index === undefined
      ? Promise.resolve([])
      : readRecords({ disk, folder, index, from, ...limits });
  }

  hashAt(epoch: string, s: number): string | undefined {
    return this.#indexOf(epoch)?.hashAt(s);
  }

  #indexOf(epoch: string): EpochIndex | undefined {
    return this.#options.epochs.find((index) => index.epoch === epoch);
  }

  onAppend(listener: (record: StoredRecord) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#queue;
    await this.#options.writer.close();
  }
}
