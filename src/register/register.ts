/**
 * The register: the box's append-only, hash-chained journal and what can be asked of it.
 * Bytes: docs/formats/journal.md.
 *
 * - J1. `append` resolves only when the record is durable in both copies (fdatasync has returned),
 *   or in one of them and the loss of the other is durable too.
 * - J2. The same intent id again resolves with the record written then, and writes nothing.
 * - J3. Appends are written in the order of their calls, one at a time.
 * - J4. Nothing that was acknowledged is ever lost, doubled or changed by a restart.
 * - J5. After `beginNewEpoch` no record ever bears an epoch and sequence that the county may hold.
 * - J6. Into a gap goes only what the chain proves from both sides, and a record tells of it.
 */
import type { Erasures } from "../../protocol/erasures.ts";
import type { RefreshEntry } from "../../protocol/page-api.ts";
import type { KnownRecord, RecordDraft, StoredRecord } from "../../protocol/record.ts";
import type { SessionRegister } from "../../protocol/register.ts";
import type { TimeLine } from "../../protocol/time-line.ts";

export interface AppendOptions {
  /** From the page; makes the append happen at most once. */
  readonly intentId?: string;
  /** Member id of the broadcaster; `-` when nobody is known yet. */
  readonly by?: string;
}

/** Where a record lies. */
export type RecordName = Pick<StoredRecord, "e" | "s">;

export interface EpochExtent {
  readonly epoch: string;
  /** First and last sequence held; `head` 0: empty. */
  readonly first: number;
  readonly head: number;
  /** Hash of the last record, 64 hex digits. */
  readonly hash: string;
}

/**
 * What the county holds of one epoch, and this box does not (R9 of docs/formats/journal.md).
 *
 * - `rollback`: the county's head is beyond ours: this disk is an older image of itself.
 * - `fork`: the county's hash at a sequence that both have is another one: this box, or a clone of
 *   it, went on from an older image.
 */
export interface EpochDoubt {
  readonly why: "rollback" | "fork";
  /** The epoch that the county spoke of. */
  readonly epoch: string;
  /** `rollback`: the county's last sequence of it. `fork`: the sequence where the hashes differ. */
  readonly s: number;
}

/** Records that both copies have lost; behind them the journal goes on. */
export interface RegisterGap {
  readonly epoch: string;
  /** The first that is missing, and the last. */
  readonly from: number;
  readonly to: number;
}

/** A record as somebody kept it: the stored text, and the hash that it is said to have. */
export interface GivenRecord {
  readonly h: string;
  readonly json: string;
}

/** Why given records do not close a gap, and at which sequence. */
export interface GapRefusal {
  /**
   * - `missing`: record `s` was not given
   * - `altered`: what was given as record `s` does not follow from the one before
   * - `unnamed`: all follow, but no record of the journal names the one before `s`
   * - `open`: the journal holds nothing behind the gap that could name anything
   * - `no-room`: what belongs there does not fit between the segments around it
   * - `rival`: the other copy holds another history from `s` on, which fits as well
   */
  readonly refused: "missing" | "altered" | "unnamed" | "open" | "no-room" | "rival";
  readonly s: number;
}

export interface ReadLimits {
  readonly maxCount: number;
  readonly maxBytes: number;
}

export interface Register {
  readonly boxId: string;
  /** The epoch that is written now. */
  readonly epoch: string;
  /** Ordinal of this boot in the life of the box, from 1. */
  readonly bootOrdinal: number;
  /** False after repeated disk errors: the broadcaster is told to use paper. */
  readonly writable: boolean;
  /** One of the two copies is not written, or not on the volume that it belongs on. */
  readonly isCopyAway: boolean;
  /** The disk is so full that the room kept back for closing a session is in use. */
  readonly isSpaceLow: boolean;
  /** What recovery found, and what only the county has, one Chinese sentence each; else empty. */
  readonly damage: readonly string[];
  readonly fold: RegisterFold;
  /** Head of the current epoch; `s` 0 when empty. */
  head(): { readonly s: number; readonly h: string };
  epochs(): readonly EpochExtent[];
  /** @throws StorageError when the record could not be made durable; it then does not exist. */
  append(draft: RecordDraft, options?: AppendOptions): Promise<StoredRecord>;
  /**
   * For the county link: what it holds of our epoch cannot be ours. The old epoch stays as it is
   * and is still sent; everything from now on goes into a new one, which begins with `init` and
   * `rollback` or `fork`. Asking twice, or about an epoch that is no longer written, does nothing.
   * The caller need not wait for appends of others.
   * @returns the epoch that is written now
   * @throws StorageError when the first records could not be made durable; ask again then
   */
  beginNewEpoch(doubt: EpochDoubt): Promise<string>;
  /** What both copies lack, of epochs that are written no more; oldest first. */
  gaps(): readonly RegisterGap[];
  /**
   * Closes gaps of an epoch with records that somebody kept, as far as they are proven (J6), and
   * writes `repair {why: "county"}`. The epoch is then as long as it can be proven; what was
   * missing is folded at the next start.
   * @returns null when a gap was closed
   * @throws StorageError
   */
  fillGap(epoch: string, given: ReadonlyMap<number, GivenRecord>): Promise<GapRefusal | null>;
  /** Where one of the last thousands of intents was written: it need not be done again (J2). */
  findByIntent(intentId: string): RecordName | undefined;
  /** Exact bytes from the disk, oldest first, from sequence `from` on. */
  read(epoch: string, from: number, limits: ReadLimits): Promise<StoredRecord[]>;
  hashAt(epoch: string, s: number): string | undefined;
  /** Called after each durable append. Returns the function that ends it. */
  onAppend(listener: (record: StoredRecord) => void): () => void;
  /** To be called every few seconds: brings back a copy that was away, and keeps room back. */
  tend(): Promise<void>;
  close(): Promise<void>;
}

export interface SessionQuery {
  readonly closed?: boolean;
  /** At most so many, newest first. */
  readonly limit?: number;
}

/** The fold of the journal, held in memory by LokiJS and rebuilt at every start. */
export interface RegisterFold {
  /** What the journal knows of time: docs/formats/time.md. */
  readonly times: TimeLine;
  /** Newest first. */
  sessions(query?: SessionQuery): SessionRegister[];
  session(id: string): SessionRegister | undefined;
  /** Whose name was erased, and which notes. */
  readonly erasures: Erasures;
  /**
   * All records of one session in order, `session.open` first. None for a closed session once
   * the next one has opened: nothing replays it any more.
   */
  records(sessionId: string): KnownRecord[];
  /** What only the county has of this box, one Chinese sentence each. */
  lostEnds(): readonly string[];
  counts(): { readonly records: number; readonly sessions: number };
  /** What the last refreshes of the cache brought, newest first; a few. */
  refreshes(): RefreshEntry[];
}
