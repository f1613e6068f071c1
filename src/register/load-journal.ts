/**
 * Reads a whole journal from its copies: every epoch in the order of its life, every record that
 * is proven, every damage, and the repairs as plain data. Changes nothing.
 */

import { chainLink, chainStart, type HashParts } from "../../protocol/chain.ts";
import type { InitPayload } from "../../protocol/generated/types.ts";
import type { StoredRecord } from "../../protocol/record.ts";
import { type Contradiction, ReceiptWitness } from "./check-receipts.ts";
import type { CopyPlace } from "./copy-name.ts";
import { EpochIndex } from "./epoch-index.ts";
import { planRepairs, type RepairStep } from "./plan-repairs.ts";
import { readBeyond } from "./read-beyond.ts";
import { listSegments, readPair } from "./read-copies.ts";
import { type ForeignEpoch, type Life, readLives } from "./read-lives.ts";
import type { DecodeText } from "./scan-segment.ts";
import type { SegmentName } from "./segment-name.ts";
import { EpochWalk } from "./walk-epoch.ts";
import type { Hole, SegmentPair } from "./walked-epoch.ts";

export interface LoadedEpoch {
  readonly index: EpochIndex;
  readonly init: InitPayload;
  /** Number of the last segment. */
  readonly lastSegment: number;
  readonly hole: Hole | null;
  readonly steps: readonly RepairStep[];
  /** Records behind a hole: readable, not proven. */
  readonly beyond: number;
  /** Sequence of the first of them; null: there is none. */
  readonly beyondFrom: number | null;
}

export interface LoadedJournal {
  readonly boxId: string | null;
  /** In the order of their life; the last one is the one that is written. */
  readonly epochs: readonly LoadedEpoch[];
  /** Segments of epochs whose first record does not say whose they are. */
  readonly unreadable: readonly SegmentName[];
  /** Of other boxes. */
  readonly foreign: readonly ForeignEpoch[];
  /** Records that are proven, and that a receipt of the county says were others. */
  readonly contradicted: readonly Contradiction[];
  /** The copies that could be listed. */
  readonly copies: readonly CopyPlace[];
  /** Those of them that hold no segment at all yet. */
  readonly empty: readonly CopyPlace[];
}

export interface LoadOptions {
  readonly copies: readonly CopyPlace[];
  /** Who the box is by its enrolment, when it is known. */
  readonly boxId?: string | undefined;
  readonly hash: HashParts;
  readonly decode: DecodeText;
  /** Called with every proven record, epoch after epoch. */
  readonly onRecord: (stored: StoredRecord) => void;
  /** Called with every record that can be read behind a hole; its `h` is a guess or empty. */
  readonly onBeyond: (stored: StoredRecord) => void;
}

/** @throws StorageError when no copy can be read */
export async function loadJournal(options: LoadOptions): Promise<LoadedJournal> {
  const listed = await listSegments(options.copies);
  const copies = listed.map(({ place }) => place);
  const lives = await readLives(listed, options);
  const witness = new ReceiptWitness();
  const onRecord = (stored: StoredRecord): void => {
    witness.note(stored);
    options.onRecord(stored);
  };
  const epochs: LoadedEpoch[] = [];
  for (const life of lives.ours) {
    const isNewest = life === lives.ours[lives.ours.length - 1];
    epochs.push(await loadEpoch(life, { ...options, copies, isNewest, onRecord }));
  }
  const contradicted = witness.contradictions(epochs.map(({ index }) => index));
  const boxId = lives.ours[lives.ours.length - 1]?.init.box ?? null;
  const empty = listed.filter(({ names }) => names.length === 0).map(({ place }) => place);
  const { unreadable, foreign } = lives;
  return { boxId, epochs, unreadable, foreign, contradicted, copies, empty };
}

async function loadEpoch(
  life: Life,
  options: LoadOptions & { readonly isNewest: boolean },
): Promise<LoadedEpoch> {
  const { hash, copies, isNewest, onRecord } = options;
  const { init, segments } = life;
  const { epoch } = init;
  const index = new EpochIndex(epoch, chainStart(hash, init.box, epoch));
  const walk = new EpochWalk({ index, hash, onRecord });
  const behind = await walkSegments(walk, life, options);
  const walked = walk.end();
  const { hole } = walked;
  const beyond =
    hole === null ? [] : readBeyond(behind, hole, { epoch, link: chainLink(index.end.h) });
  for (const stored of beyond) options.onBeyond(stored);
  const names = copies.map(({ name }) => name);
  return {
    index,
    init,
    lastSegment: segments[segments.length - 1] ?? 1,
    hole,
    steps: planRepairs(walked, {
      epoch,
      copies: names,
      endS: index.end.s,
      isNewest: isNewest && hole === null,
    }),
    beyond: beyond.length,
    beyondFrom: beyond[0]?.s ?? null,
  };
}

/** @returns the segment with the hole, and those behind it */
async function walkSegments(
  walk: EpochWalk,
  { init: { epoch }, segments }: Life,
  { copies, decode }: LoadOptions,
): Promise<SegmentPair[]> {
  const behind: SegmentPair[] = [];
  const take = (pair: SegmentPair, after: SegmentPair | null): void => {
    if (walk.hole === null) walk.add(pair, after);
    if (walk.hole !== null) behind.push(pair);
  };
  // Read, and not taken yet: what lies behind says something of what lies before.
  let waiting: SegmentPair[] = [];
  for (const number of segments) {
    const pair = await readPair(copies, { epoch, number }, decode);
    if (!isEmpty(pair)) {
      for (const before of waiting) take(before, pair);
      waiting = [];
    }
    waiting.push(pair);
  }
  for (const last of waiting) take(last, null);
  return behind;
}

function isEmpty({ A, B }: SegmentPair): boolean {
  return (A?.content.length ?? 0) === 0 && (B?.content.length ?? 0) === 0;
}
