/** Which epochs there are, whose they are, and in which order this box lived them. */
import { StorageError } from "../../platform/ports/storage-error.ts";
import { FRAME_HEAD_BYTES, FRAME_JSON_BYTES_MAX, parseFrame } from "../../protocol/frame.ts";
import type { InitPayload } from "../../protocol/generated/types.ts";
import type { CopyPlace } from "./copy-name.ts";
import { parseRecord } from "./parse-record.ts";
import type { ListedCopy } from "./read-copies.ts";
import type { DecodeText } from "./scan-segment.ts";
import { formatSegmentName, type SegmentName } from "./segment-name.ts";
import { findNextFrame } from "./torn-end.ts";

export interface Life {
  readonly init: InitPayload;
  /** Numbers of its segments in either copy, rising. */
  readonly segments: readonly number[];
}

export interface ForeignEpoch {
  readonly epoch: string;
  readonly boxId: string;
}

export interface Lives {
  /** Oldest first. */
  readonly ours: readonly Life[];
  readonly foreign: readonly ForeignEpoch[];
  readonly unreadable: readonly SegmentName[];
}

export interface LivesOptions {
  readonly boxId?: string | undefined;
  readonly decode: DecodeText;
}

export async function readLives(
  listed: readonly ListedCopy[],
  options: LivesOptions,
): Promise<Lives> {
  const found: Life[] = [];
  const unreadable: SegmentName[] = [];
  const names = listed.flatMap((copy) => copy.names);
  for (const epoch of new Set(names.map((name) => name.epoch))) {
    const numbers = names.filter((name) => name.epoch === epoch).map(({ number }) => number);
    const segments = [...new Set(numbers)].sort((a, b) => a - b);
    const init = await readInit(listed, { epoch, segments }, options.decode);
    if (init === "torn") continue;
    if (init === null) unreadable.push(...segments.map((number) => ({ epoch, number })));
    else found.push({ init, segments });
  }
  const boxId = whoseJournal(found, listed, options.boxId);
  const foreign = found
    .filter(({ init }) => init.box !== boxId)
    .map(({ init: { epoch, box } }) => ({ epoch, boxId: box }));
  return { ours: orderByLife(found.filter(({ init }) => init.box === boxId)), foreign, unreadable };
}

/**
 * The box whose journal lies in copy A, whatever anybody says: the one with most segments there,
 * or the enrolled one among them. When A holds nothing, the enrolled box: a stick may be another's.
 * A box that is not enrolled takes back what the stick holds.
 */
function whoseJournal(
  lives: readonly Life[],
  listed: readonly ListedCopy[],
  enrolled: string | undefined,
): string | undefined {
  if (lives.some(({ init }) => init.box === enrolled)) return enrolled;
  const home = listed.find(({ place, names }) => place.name === "A" && names.length > 0);
  const source = home ?? (enrolled === undefined ? listed.find(isFilled) : undefined);
  const counts = new Map<string, number>();
  for (const { epoch } of source?.names ?? []) {
    const box = lives.find(({ init }) => init.epoch === epoch)?.init.box;
    if (box !== undefined) counts.set(box, (counts.get(box) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

function isFilled({ names }: ListedCopy): boolean {
  return names.length > 0;
}

interface Born {
  readonly epoch: string;
  readonly segments: readonly number[];
}

/** Where the first record may be: when its first write failed, it was repeated in the second. */
const BIRTH_SEGMENTS = [1, 2];

/** `torn`: the power went while the epoch's very first record was written; it holds nothing. */
async function readInit(
  listed: readonly ListedCopy[],
  { epoch, segments }: Born,
  decode: DecodeText,
): Promise<InitPayload | "torn" | null> {
  let isTorn = segments.every((number) => BIRTH_SEGMENTS.includes(number));
  for (const number of BIRTH_SEGMENTS) {
    const name = formatSegmentName({ epoch, number });
    for (const { place } of listed) {
      const bytes = await readStart(place, name);
      const init = initOf(bytes, epoch, decode);
      if (init !== null) return init;
      isTorn &&= isTornBirth(bytes);
    }
  }
  return isTorn ? "torn" : null;
}

/** Longer than any `init`, shorter than that and the record that follows it at once. */
const INIT_BYTES_MAX = 400;
const FIRST_LINE_BYTES_MAX = FRAME_HEAD_BYTES + FRAME_JSON_BYTES_MAX + 1;

async function readStart({ disk, folder }: CopyPlace, name: string): Promise<Uint8Array> {
  try {
    return await disk.readAt(`${folder}/${name}`, 0, FIRST_LINE_BYTES_MAX);
  } catch (error) {
    // Not there, or not readable: the other copy may tell.
    if (error instanceof StorageError) return new Uint8Array(0);
    throw error;
  }
}

function initOf(bytes: Uint8Array, epoch: string, decode: DecodeText): InitPayload | null {
  const frame = parseFrame(bytes, 0);
  if (!("json" in frame)) return null;
  const record = parseRecord(decode(frame.json));
  const isInit = record?.k === "init" && record.e === epoch;
  return isInit ? (record.d as unknown as InitPayload) : null;
}

/** No more than one `init` was ever written there, and it is not whole. */
function isTornBirth(bytes: Uint8Array): boolean {
  const holdsFrame = "json" in parseFrame(bytes, 0) || findNextFrame(bytes, 0) !== null;
  return bytes.length <= INIT_BYTES_MAX && !holdsFrame;
}

/** Each `init` names the epoch before it; what nobody names as its past comes last. */
function orderByLife(lives: readonly Life[]): Life[] {
  const depth = (life: Life, seen: number): number => {
    const before = lives.find(({ init }) => init.epoch === life.init.previous?.epoch);
    return before === undefined || seen > lives.length ? 0 : 1 + depth(before, seen + 1);
  };
  return [...lives].sort((a, b) => depth(a, 0) - depth(b, 0));
}
