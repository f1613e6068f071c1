/** `Register` over a journal that was read: appends one at a time, and tells who listens. */

import type { Clock } from "../../platform/ports/clock.ts";
import type { Disk } from "../../platform/ports/disk.ts";
import type { Random } from "../../platform/ports/random.ts";
import type { Sha256 } from "../../platform/ports/sha256.ts";
import { StorageError } from "../../platform/ports/storage-error.ts";
import { assert } from "../../protocol/assert.ts";
import { chainStart } from "../../protocol/chain.ts";
import type { WallSource } from "../../protocol/generated/types.ts";
import type { RecordDraft, StoredRecord } from "../../protocol/record.ts";
import { EpochIndex } from "./epoch-index.ts";
import { makeEpoch } from "./identity.ts";
import type { IntentMemory } from "./intent-memory.ts";
import { Journal } from "./journal.ts";
import type { LokiFold } from "./loki-fold.ts";
import { readRecords } from "./read-records.ts";
import type { AppendOptions, EpochDoubt, EpochExtent, ReadLimits, Register } from "./register.ts";
import { SegmentWriter } from "./segment-writer.ts";

export interface BoxRegisterOptions {
  readonly disk: Disk;
  readonly folder: string;
  readonly clock: Clock;
  readonly wallSource: () => WallSource;
  readonly sha256: Sha256;
  readonly random: Random;
  /** Name and version of the program. */
  readonly software: string;
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
  readonly #epochs: EpochIndex[];
  #current: EpochIndex;
  #writer: SegmentWriter;
  #journal: Journal;
  readonly #listeners = new Set<(record: StoredRecord) => void>();
  #queue: Promise<unknown> = Promise.resolve();
  #failures = 0;
  #closed = false;

  constructor(options: BoxRegisterOptions) {
    const current = options.epochs[options.epochs.length - 1];
    assert(current !== undefined, "an epoch to write");
    this.#options = options;
    this.#epochs = [...options.epochs];
    this.#current = current;
    this.#writer = options.writer;
    this.#journal = this.#openJournal();
  }

  #openJournal(): Journal {
    const { sha256 } = this.#options;
    const [index, writer] = [this.#current, this.#writer];
    return new Journal({ ...this.#options, index, writer, hash: sha256.digest });
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
    return this.#epochs.map(({ epoch, end: { s, h } }) => ({
      epoch,
      first: 1,
      head: s,
      hash: h,
    }));
  }

  append(draft: RecordDraft, options: AppendOptions = {}): Promise<StoredRecord> {
    return this.#inTurn(() => this.#appendNow(draft, options));
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(act);
    // The next one waits for this one, however it ends.
    this.#queue = result.catch(() => {});
    return result;
  }

  beginNewEpoch(doubt: EpochDoubt): Promise<string> {
    return this.#inTurn(async () => {
      if (doubt.epoch === this.#current.epoch && !this.#isTold(doubt)) await this.#begin(doubt);
      return this.epoch;
    });
  }

  /** The county's head may be old news by the time that this is our turn. */
  #isTold({ why, s }: EpochDoubt): boolean {
    return why === "rollback" && s <= this.#current.end.s;
  }

  async #begin({ why, epoch, s }: EpochDoubt): Promise<void> {
    const { random, sha256, disk, folder, software } = this.#options;
    const old = { index: this.#current, writer: this.#writer, journal: this.#journal };
    const next = makeEpoch(random);
    const previous = { epoch, ...old.index.end };
    this.#current = new EpochIndex(next, chainStart(sha256.digest, this.boxId, next));
    this.#writer = new SegmentWriter({ disk, folder, epoch: next, segment: 0 });
    this.#journal = this.#openJournal();
    try {
      const init = { box: this.boxId, epoch: next, previous, software };
      await this.#appendNow({ k: "init", d: init }, {});
    } catch (error) {
      // Nothing was begun: what is written next still follows the old epoch.
      await this.#writer.close();
      this.#current = old.index;
      this.#writer = old.writer;
      this.#journal = old.journal;
      throw error;
    }
    this.#epochs.push(this.#current);
    await old.writer.close();
    const { s: ours } = old.index.end;
    if (why === "fork") await this.#appendNow({ k: "fork", d: { epoch, s, why: "county" } }, {});
    else await this.#appendNow({ k: "rollback", d: { epoch, ours, theirs: s } }, {});
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
    return this.#epochs.find((index) => index.epoch === epoch);
  }

  onAppend(listener: (record: StoredRecord) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#queue;
    await this.#writer.close();
  }
}
