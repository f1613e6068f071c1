/**
 * Reads a whole journal folder: every epoch in the order of its life, every record that is proven,
 * and every damage in words. Changes nothing; repairs are plain data for `open-register.ts`.
 */

import type { Disk } from "../../platform/ports/disk.ts";
import { chainStart, type HashParts } from "../../protocol/chain.ts";
import type { InitPayload } from "../../protocol/generated/types.ts";
import type { StoredRecord } from "../../protocol/record.ts";
import { EpochIndex } from "./epoch-index.ts";
import { type SegmentFault, scanSegment } from "./scan-segment.ts";
import { formatSegmentName, parseSegmentName, type SegmentName } from "./segment-name.ts";

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
  readonly lastSegmentBytes: number;
  readonly faults: readonly FoundFault[];
}

export interface LoadedJournal {
  readonly boxId: string | null;
  /** In the order of their life; the last one is the one that is written. */
  readonly epochs: readonly LoadedEpoch[];
  /** Segments whose first record does not say whose they are. */
  readonly unreadable: readonly SegmentName[];
}

export interface LoadOptions {
  readonly disk: Disk;
  readonly folder: string;
  readonly hash: HashParts;
  readonly decode: (bytes: Uint8Array) => string;
  /** Called with every proven record, epoch after epoch. */
  readonly onRecord: (stored: StoredRecord) => void;
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
  return { boxId: ordered[0]?.init.box ?? null, epochs, unreadable: lives.unreadable };
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
    const init = await readInit(segments[0], options);
    if (init === null) unreadable.push(...segments);
    else found.push({ init, segments });
  }
  return { found, unreadable };
}

async function readInit(
  segment: SegmentName | undefined,
  { disk, folder, decode }: LoadOptions,
): Promise<InitPayload | null> {
  if (segment?.number !== 1) return null;
  const bytes = await disk.readAt(`${folder}/${formatSegmentName(segment)}`, 0, 2048);
  const line = decode(bytes).split("\n", 1)[0] ?? "";
  try {
    const record = JSON.parse(line.slice(15)) as { k?: string; d?: InitPayload };
    return record.k === "init" && record.d !== undefined ? record.d : null;
  } catch {
    return null;
  }
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
  const { disk, folder, hash, decode } = options;
  const index = new EpochIndex(init.epoch, chainStart(hash, init.box, init.epoch));
  const faults: FoundFault[] = [];
  let lastSegmentBytes = 0;
  for (const segment of segments) {
    const bytes = (await disk.read(`${folder}/${formatSegmentName(segment)}`)) ?? EMPTY;
    const scanned = scanSegment(bytes, { epoch: init.epoch, start: index.end, hash, decode });
    for (const { stored, offset, bytes: length } of scanned.records) {
      index.add(stored.h, { segment: segment.number, offset, bytes: length });
      options.onRecord(stored);
    }
    lastSegmentBytes = bytes.length;
    if (scanned.fault !== null) faults.push({ segment, fault: scanned.fault, s: index.end.s + 1 });
  }
  const lastSegment = segments[segments.length - 1]?.number ?? 1;
  return { index, init, lastSegment, lastSegmentBytes, faults };
}

const EMPTY = new Uint8Array(0);
