/** `Register` over a journal that was read: appends one at a time, and tells who listens. */

import type { Clock } from "../../platform/ports/clock.ts";
import type { Random } from "../../platform/ports/random.ts";
import type { Sha256 } from "../../platform/ports/sha256.ts";
import { StorageError } from "../../platform/ports/storage-error.ts";
import { assert } from "../../protocol/assert.ts";
import { chainStart } from "../../protocol/chain.ts";
import type { WallSource } from "../../protocol/generated/types.ts";
import type { RecordDraft, StoredRecord } from "../../protocol/record.ts";
import { COPY_NAMES, type CopyPlace } from "./copy-name.ts";
import { EpochIndex, extentOf } from "./epoch-index.ts";
import { makeEpoch } from "./identity.ts";
import type { IntentMemory } from "./intent-memory.ts";
import { Journal } from "./journal.ts";
import { JournalWriter } from "./journal-writer.ts";
import type { LokiFold } from "./loki-fold.ts";
import { type Findings, mendGap } from "./mend-gap.ts";
import { readRecords } from "./read-records.ts";
import type {
  AppendOptions,
  EpochDoubt,
  EpochExtent,
  GapRefusal,
  GivenRecord,
  ReadLimits,
  RecordName,
  Register,
  RegisterGap,
} from "./register.ts";
import type { RegisterCopies } from "./register-copies.ts";

export interface BoxRegisterOptions {
  readonly copies: RegisterCopies;
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
  readonly writer: JournalWriter;
  readonly findings: Findings;
}

/** So many appends in a row may fail before the box stops promising anything. */
const FAILURES_MAX = 2;

export class BoxRegister implements Register {
  readonly #options: BoxRegisterOptions;
  readonly #epochs: EpochIndex[];
  #current: EpochIndex;
  #writer: JournalWriter;
  #journal: Journal;
  #findings: Findings;
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
    this.#findings = options.findings;
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
    const { damage, strangers } = this.#findings;
    return [...damage, ...strangers, ...this.fold.lostEnds()];
  }

  gaps(): readonly RegisterGap[] {
    return this.#findings.gaps;
  }

  get isCopyAway(): boolean {
    return (
      this.#writer.copies.length < COPY_NAMES.length || this.#copies.isMirrorAway(this.#writer)
    );
  }

  get isSpaceLow(): boolean {
    return this.#copies.isSpaceLow;
  }

  get #copies(): RegisterCopies {
    return this.#options.copies;
  }

  async tend(): Promise<void> {
    await this.#copies.ensureBallast(this.#writer.copies);
    const place = await this.#copies.findReturning(this.#writer);
    if (place === null || this.#closed) return;
    try {
      await this.#bringBack(place);
    } catch (error) {
      // Still away; asked again at the next time.
      if (!(error instanceof StorageError)) throw error;
    }
  }

  async #bringBack(place: CopyPlace): Promise<void> {
    const { segment, epoch } = this.#writer;
    await this.#copies.catchUp(this.#writer, place, null);
    await this.#inTurn(async () => {
      if (this.#closed || this.#writer.copies.length === 0) return;
      // What grew meanwhile; all of it when another epoch has begun.
      await this.#copies.catchUp(this.#writer, place, epoch === this.epoch ? segment : null);
      const last = this.#writer.segment;
      await this.#writer.take(place);
      const d = { copy: place.name, why: "returned", epoch: this.epoch, segment: last } as const;
      await this.#appendNow({ k: "repair", d }, {});
    });
  }

  get fold(): LokiFold {
    return this.#options.fold;
  }

  head(): { readonly s: number; readonly h: string } {
    return this.#current.end;
  }

  epochs(): readonly EpochExtent[] {
    return this.#epochs.map(extentOf);
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
    const { random, sha256, copies, software } = this.#options;
    const old = { index: this.#current, writer: this.#writer, journal: this.#journal };
    const next = makeEpoch(random);
    const previous = { epoch, ...old.index.end };
    this.#current = new EpochIndex(next, chainStart(sha256.digest, this.boxId, next));
    this.#writer = new JournalWriter({
      epoch: next,
      copies: old.writer.copies,
      segment: 0,
      makeRoom: (place) => copies.makeRoom(place),
    });
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

  fillGap(epoch: string, given: ReadonlyMap<number, GivenRecord>): Promise<GapRefusal | null> {
    return this.#inTurn(async () => {
      const { boxId, sha256 } = this.#options;
      const { copies } = this.#writer;
      assert(epoch !== this.epoch, "an epoch that nobody writes");
      const mended = await mendGap({ copies, sha256, boxId, epoch, given });
      if ("refused" in mended) return mended;
      this.#epochs[this.#epochs.findIndex((index) => index.epoch === epoch)] = mended.index;
      this.#findings = { ...this.#findings, ...mended };
      for (const record of mended.records) await this.#appendNow(record, {});
      return null;
    });
  }

  async #appendNow(draft: RecordDraft, options: AppendOptions): Promise<StoredRecord> {
    const known = await this.#options.intents.recall(options.intentId, this);
    if (known !== undefined) return known;
    if (this.#closed) throw new StorageError("closed", this.boxId);
    const stored = await this.#write(draft, options);
    this.#take(stored);
    await this.#tellLosses();
    return stored;
  }

  #take(stored: StoredRecord): void {
    this.#options.intents.note(stored);
    this.#options.fold.apply(stored);
    for (const listener of this.#listeners) listener(stored);
  }

  /**
   * Before what lost the copy is acknowledged: the journal must say that it stands on one leg. A
   * disk that does not take even that holds what was asked for all the same.
   */
  async #tellLosses(): Promise<void> {
    for (const d of this.#writer.takeLosses()) {
      try {
        this.#take(await this.#write({ k: "copy.lost", d }, {}));
      } catch (error) {
        if (!(error instanceof StorageError)) throw error;
      }
    }
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

  findByIntent(intentId: string): RecordName | undefined {
    return this.#options.intents.find(intentId);
  }

  read(epoch: string, from: number, limits: ReadLimits): Promise<StoredRecord[]> {
    const index = this.#indexOf(epoch);
    const { digest: hash } = this.#options.sha256;
    const { copies } = this.#writer;
    return index === undefined
      ? Promise.resolve([])
      : readRecords({ copies, hash, index, from, ...limits });
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
