/**
 * Reads a whole journal folder: every epoch in the order of its life, every record that is proven,
 * and every damage in words. Changes nothing; repairs are plain data for `open-register.ts`.
 */

import type { Disk } from "../../platform/ports/disk.ts";
import { chainStart, type HashParts } from "../../protocol/chain.ts";
import { parseFrame } from "../../protocol/frame.ts";
import type { InitPayload } from "../../protocol/generated/types.ts";
import type { StoredRecord } from "../../protocol/record.ts";
import { EpochIndex } from "./epoch-index.ts";
import { parseRecord } from "./parse-record.ts";
import { readBeyond } from "./read-beyond.ts";
import { type SegmentFault, scanSegment } from "./scan-segment.ts";
import { formatSegmentName, parseSegmentName, type SegmentName } from "./segment-name.ts";
import { looksTorn } from "./torn-end.ts";

export interface FoundFault {
  readonly segment: SegmentName;
  readonly fault: SegmentFault;
  /** Sequence of the first record that is missing. */
  readonly s: number;
}

export interface LoadedEpoch {
  readonly index: EpochIndex;
  readonly init: InitPayload;
  /** Number of the last segment. */
  readonly lastSegment: number;
  readonly faults: readonly FoundFault[];
  /** Records behind a hole: readable, not proven. */
  readonly beyond: number;
}

export interface LoadedJournal {
  readonly boxId: string | null;
  /** In the order of their life; the last one is the one that is written. */
  readonly epochs: readonly LoadedEpoch[];
  /** Segments of epochs whose first record does not say whose they are. */
  readonly unreadable: readonly SegmentName[];
}

export interface LoadOptions {
  readonly disk: Disk;
  readonly folder: string;
  readonly hash: HashParts;
  readonly decode: (bytes: Uint8Array) => string;
  /** Called with every proven record, epoch after epoch. */
  readonly onRecord: (stored: StoredRecord) => void;
  /** Called with every record that can be read behind a hole; its `h` is a guess or empty. */
  readonly onBeyond: (stored: StoredRecord) => void;
}

export async function loadJournal(options: LoadOptions): Promise<LoadedJournal> {
  const names = (await options.disk.list(options.folder)).flatMap((name) => {
    const segment = parseSegmentName(name);
    return segment === null ? [] : [segment];
  });
  const lives = await readLives(names, options);
  const ordered = orderByLife(lives.found);
  const epochs: LoadedEpoch[] = [];
  for (const life of ordered) epochs.push(await loadEpoch(life, options));
  const boxId = ordered[ordered.length - 1]?.init.box ?? null;
  return { boxId, epochs, unreadable: lives.unreadable };
}

interface Life {
  readonly init: InitPayload;
  readonly segments: readonly SegmentName[];
}

/** The first record of an epoch's first segment is its `init`, which says whose epoch it is. */
async function readLives(names: readonly SegmentName[], options: LoadOptions) {
  const found: Life[] = [];
  const unreadable: SegmentName[] = [];
  for (const epoch of new Set(names.map((name) => name.epoch))) {
    const segments = names.filter((name) => name.epoch === epoch);
    const init = await readInit(segments, options);
    if (init === "torn") continue;
    if (init === null) unreadable.push(...segments);
    else found.push({ init, segments });
  }
  return { found, unreadable };
}

/** `torn`: the power went while the epoch's very first record was written; it holds nothing. */
async function readInit(
  segments: readonly SegmentName[],
  { disk, folder, decode }: LoadOptions,
): Promise<InitPayload | "torn" | null> {
  const [first] = segments;
  if (first?.number !== 1) return null;
  const bytes = (await disk.read(`${folder}/${formatSegmentName(first)}`)) ?? EMPTY;
  const frame = parseFrame(bytes, 0);
  if (!("json" in frame)) return segments.length === 1 && looksTorn(bytes, 0) ? "torn" : null;
  const record = parseRecord(decode(frame.json));
  return record?.k === "init" && record.e === first.epoch
    ? (record.d as unknown as InitPayload)
    : null;
}

/** Each `init` names the epoch before it; what nobody names as its past comes last. */
function orderByLife(lives: readonly Life[]): Life[] {
  const depth = (life: Life, seen: number): number => {
    const before = lives.find(({ init }) => init.epoch === life.init.previous?.epoch);
    return before === undefined || seen > lives.length ? 0 : 1 + depth(before, seen + 1);
  };
  return [...lives].sort((a, b) => depth(a, 0) - depth(b, 0));
}

async function loadEpoch({ init, segments }: Life, options: LoadOptions): Promise<LoadedEpoch> {
  const { epoch } = init;
  const index = new EpochIndex(epoch, chainStart(options.hash, init.box, epoch));
  const reading: Reading = { options, index, faults: [], beyondS: 0, beyond: 0 };
  for (const segment of segments) await loadSegment(segment, reading);
  const lastSegment = segments[segments.length - 1]?.number ?? 1;
  return { index, init, lastSegment, faults: settle(reading.faults), beyond: reading.beyond };
}

interface Reading {
  readonly options: LoadOptions;
  readonly index: EpochIndex;
  readonly faults: FoundFault[];
  /** Sequence of the last record behind the hole. */
  beyondS: number;
  beyond: number;
}

async function loadSegment(segment: SegmentName, reading: Reading): Promise<void> {
  const { index, faults, options } = reading;
  const { disk, folder, hash, decode } = options;
  const bytes = (await disk.read(`${folder}/${formatSegmentName(segment)}`)) ?? EMPTY;
  const start = index.end;
  const beforeStart = index.hashAt(start.s - 1);
  const scanned = scanSegment(bytes, { epoch: index.epoch, start, beforeStart, hash, decode });
  for (const { stored, offset, bytes: length } of scanned.records) {
    index.add(stored.h, { segment: segment.number, offset, bytes: length });
    options.onRecord(stored);
  }
  const s = index.end.s + 1;
  for (const offset of scanned.lineEnds) {
    faults.push({ segment, fault: { kind: "line-end", offset }, s });
  }
  if (scanned.fault === null) return;
  // One hole is told once: what follows it in later segments cannot fit either.
  const isAfterHole = faults.some(({ fault }) => isHole(fault));
  if (!(isAfterHole && scanned.fault.kind === "fork")) {
    faults.push({ segment, fault: scanned.fault, s });
  }
  if (isAfterHole || isGap(scanned.fault, s)) readOn(bytes, scanned.fault.offset, reading);
}

/** Damage, or records that are missing: what lies behind is of this history. */
function isGap(fault: SegmentFault, s: number): boolean {
  return fault.kind === "corrupt" || (fault.kind === "fork" && fault.s > s);
}

export function isHole({ kind }: SegmentFault): boolean {
  return kind === "corrupt" || kind === "fork";
}

function readOn(bytes: Uint8Array, offset: number, reading: Reading): void {
  const { index, options } = reading;
  const afterS = Math.max(index.end.s, reading.beyondS);
  const found = readBeyond(bytes, offset, { epoch: index.epoch, afterS, decode: options.decode });
  for (const stored of found) options.onBeyond(stored);
  reading.beyond += found.length;
  reading.beyondS = found[found.length - 1]?.s ?? reading.beyondS;
}

/** A torn end with later records that do not follow it was no torn end: records are missing. */
function settle(faults: readonly FoundFault[]): FoundFault[] {
  const fork = faults.findIndex(({ fault }) => fault.kind === "fork");
  return faults.map((found, at) =>
    found.fault.kind === "torn" && at < fork
      ? { ...found, fault: { kind: "corrupt", offset: found.fault.offset } }
      : found,
  );
}

const EMPTY = new Uint8Array(0);
