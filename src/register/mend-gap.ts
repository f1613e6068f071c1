/**
 * Closes a gap in the journal of a box that runs, in an epoch that is written no more. What was
 * there goes to quarantine, as in every repair; the records that tell of it are the caller's.
 */
import type { Sha256 } from "../../platform/ports/sha256.ts";
import type { RecordDraft } from "../../protocol/record.ts";
import type { CopyPlace } from "./copy-name.ts";
import { decodeText } from "./decode-text.ts";
import { describeDamage } from "./describe-damage.ts";
import type { EpochIndex } from "./epoch-index.ts";
import { type FilledGap, fillGaps } from "./fill-gaps.ts";
import { type LoadedEpoch, loadJournal } from "./load-journal.ts";
import type { GapRefusal, GivenRecord, RegisterGap } from "./register.ts";
import { repairCopies } from "./repair-copies.ts";

export interface MendOptions {
  readonly copies: readonly CopyPlace[];
  readonly sha256: Sha256;
  readonly boxId: string;
  readonly epoch: string;
  readonly given: ReadonlyMap<number, GivenRecord>;
}

/** What is known of the journal's health. */
export interface Findings {
  readonly damage: readonly string[];
  /** Whose the journal is, when it is not this box's: no mending changes that. */
  readonly strangers: readonly string[];
  readonly gaps: readonly RegisterGap[];
}

export interface Mended extends Omit<Findings, "strangers"> {
  /** The epoch as it is proven now. */
  readonly index: EpochIndex;
  readonly records: readonly RecordDraft[];
}

/** @throws StorageError */
export async function mendGap(options: MendOptions): Promise<Mended | GapRefusal> {
  const { copies, sha256, boxId, epoch, given } = options;
  const { filled, refused } = await fillGaps({
    copies,
    sha256,
    epoch,
    given: new Map([[epoch, given]]),
  });
  const [why = { refused: "missing", s: 1 } as const] = refused;
  if (filled.length === 0) return why;
  const loaded = await loadJournal({
    copies,
    boxId,
    hash: sha256.digest,
    decode: decodeText,
    onRecord: () => {},
    onBeyond: () => {},
  });
  const mended = loaded.epochs.find(({ index }) => index.epoch === epoch);
  if (mended === undefined) return why;
  // The other copy, from the one that was filled.
  const repaired = await repairCopies(mended.steps, { copies, sha256 });
  return {
    index: mended.index,
    records: [...filled.map(recordOf), ...repaired.records],
    damage: describeDamage(loaded),
    gaps: gapsOf(loaded.epochs),
  };
}

function recordOf({ copy, epoch, segment }: FilledGap): RecordDraft {
  return { k: "repair", d: { copy, why: "county", epoch, segment } };
}

/** A lost end is none: nothing is left behind it that could prove what belongs there. */
export function gapsOf(epochs: readonly LoadedEpoch[]): RegisterGap[] {
  return epochs.flatMap(({ index, hole, beyondFrom }) => {
    if (hole === null || beyondFrom === null || beyondFrom <= hole.s) return [];
    return [{ epoch: index.epoch, from: hole.s, to: beyondFrom - 1 }];
  });
}
