/** Does what `plan-filling.ts` allows: one gap after the other, until none is left that fits. */
import type { Sha256 } from "../../platform/ports/sha256.ts";
import { StorageError } from "../../platform/ports/storage-error.ts";
import { bytesEqual, firstDifference, lastDifference } from "./bytes.ts";
import type { CopyName, CopyPlace } from "./copy-name.ts";
import { decodeText } from "./decode-text.ts";
import { type LoadedEpoch, loadJournal } from "./load-journal.ts";
import { type Filling, planFilling } from "./plan-filling.ts";
import type { RepairStep } from "./plan-repairs.ts";
import { readPair } from "./read-copies.ts";
import { readRecords } from "./read-records.ts";
import type { GapRefusal, GivenRecord } from "./register.ts";
import { repairCopies } from "./repair-copies.ts";
import { formatSegmentName } from "./segment-name.ts";
import type { SegmentPair } from "./walked-epoch.ts";

/** By epoch and sequence. */
export type GivenJournal = ReadonlyMap<string, ReadonlyMap<number, GivenRecord>>;

export interface FilledGap {
  readonly epoch: string;
  readonly from: number;
  readonly to: number;
  readonly copy: CopyName;
  /** The last one that was written. */
  readonly segment: number;
}

export interface RefusedGap extends GapRefusal {
  readonly epoch: string;
}

export interface FillOptions {
  readonly copies: readonly CopyPlace[];
  readonly sha256: Sha256;
  readonly given: GivenJournal;
  /** In this epoch only; in every one when it is missing. */
  readonly epoch?: string;
}

/**
 * Idempotent. Fills one copy: whoever reads the journal next repairs the other one from it, as
 * after any damage. Nobody may be writing to these epochs meanwhile.
 * @throws StorageError
 */
export async function fillGaps(
  options: FillOptions,
): Promise<{ readonly filled: readonly FilledGap[]; readonly refused: readonly RefusedGap[] }> {
  const filled: FilledGap[] = [];
  for (;;) {
    const refused: RefusedGap[] = [];
    let isChanged = false;
    for (const epoch of await loadEpochs(options)) {
      const outcome = await fillEpoch(epoch, options);
      if ("refused" in outcome) refused.push(outcome);
      else filled.push(outcome);
      isChanged ||= !("refused" in outcome);
    }
    if (!isChanged) return { filled, refused };
  }
}

async function loadEpochs({ copies, sha256, epoch }: FillOptions): Promise<LoadedEpoch[]> {
  const loaded = await loadJournal({
    copies,
    hash: sha256.digest,
    decode: decodeText,
    onRecord: () => {},
    onBeyond: () => {},
  });
  const isMeant = ({ index }: LoadedEpoch) => epoch === undefined || index.epoch === epoch;
  return loaded.epochs.filter((one) => one.hole !== null && isMeant(one));
}

async function fillEpoch(
  { index, lastSegment }: LoadedEpoch,
  options: FillOptions,
): Promise<FilledGap | RefusedGap> {
  const { epoch, end } = index;
  const { copies, sha256, given } = options;
  const first = index.placeOf(end.s)?.segment ?? 1;
  const pairs: SegmentPair[] = [];
  for (let number = first; number <= lastSegment; number += 1) {
    pairs.push(await readPair(copies, { epoch, number }, decodeText));
  }
  let from = end.s;
  while (index.placeOf(from - 1)?.segment === first) from -= 1;
  const limits = { maxCount: end.s - from + 1, maxBytes: Number.POSITIVE_INFINITY };
  const kept = await readRecords({ copies, hash: sha256.digest, index, from, ...limits });
  const plan = planFilling({
    epoch,
    end,
    before: kept.map(({ json }) => new TextEncoder().encode(json)),
    pairs,
    given: given.get(epoch) ?? new Map(),
    hash: sha256.digest,
  });
  if ("refused" in plan) return { epoch, ...plan };
  const isNew = await write(plan, { epoch, pairs, options });
  // What was given is there already, and is not accepted: the other copy has a rival that fits.
  if (!isNew) return { epoch, refused: "rival", s: plan.from };
  const { to, copy } = plan;
  return { epoch, from: plan.from, to, copy, segment: first + plan.files.length - 1 };
}

interface Where {
  readonly epoch: string;
  readonly pairs: readonly SegmentPair[];
  readonly options: FillOptions;
}

/**
 * The last segment first: cut off anywhere, the gap is still a gap, and is filled again.
 * @returns whether anything had to be written
 */
async function write({ copy, from: s, files }: Filling, where: Where): Promise<boolean> {
  const { epoch, pairs, options } = where;
  const steps = files.flatMap(({ number: segment, content }): RepairStep[] => {
    const old = pairs.find(({ number }) => number === segment)?.[copy]?.content ?? null;
    if (old === null ? content.length === 0 : bytesEqual(old, content)) return [];
    const aside = old === null ? null : asideOf(old, content);
    return [{ copy, epoch, segment, s, aside, kind: "write", content, why: "damage" }];
  });
  const { failed } = await repairCopies(steps.reverse(), options);
  const [failure] = failed;
  if (failure === undefined) return steps.length > 0;
  const subject = formatSegmentName({ epoch, number: files[0]?.number ?? 1 });
  throw new StorageError(failure.code === "no-space" ? "no-space" : "io", subject);
}

function asideOf(old: Uint8Array, content: Uint8Array): RepairStep["aside"] {
  const offset = firstDifference(old, content);
  const bytes = old.slice(offset, lastDifference(old, content, offset));
  return bytes.length === 0 ? null : { offset, bytes };
}
