/** Reads records back from the disk, byte for byte as they were hashed. */

import { StorageError } from "../../platform/ports/storage-error.ts";
import { chainNext, type HashParts } from "../../protocol/chain.ts";
import { parseFrame } from "../../protocol/frame.ts";
import type { RecordEnvelope } from "../../protocol/generated/types.ts";
import type { StoredRecord } from "../../protocol/record.ts";
import type { CopyPlace } from "./copy-name.ts";
import { decodeText } from "./decode-text.ts";
import type { EpochIndex, RecordPlace } from "./epoch-index.ts";
import { formatSegmentName } from "./segment-name.ts";

export interface ReadOptions {
  /** The first one that still holds a record is read; records lie at the same place in each. */
  readonly copies: readonly CopyPlace[];
  readonly hash: HashParts;
  readonly index: EpochIndex;
  readonly from: number;
  readonly maxCount: number;
  readonly maxBytes: number;
}

/**
 * At least one record when there is one, whatever its size; more while they fit.
 * @throws StorageError `corrupt` when no copy holds any more what was read at start
 */
export async function readRecords(options: ReadOptions): Promise<StoredRecord[]> {
  const places = planPlaces(options);
  const records: StoredRecord[] = [];
  let s = options.from;
  for (const place of places) {
    records.push(await readOne(place, s, options));
    s += 1;
  }
  return records;
}

function planPlaces({ index, from, maxCount, maxBytes }: ReadOptions): RecordPlace[] {
  const places: RecordPlace[] = [];
  let bytes = 0;
  for (let s = from; places.length < maxCount; s += 1) {
    const place = index.placeOf(s);
    if (place === undefined) break;
    bytes += place.bytes;
    if (places.length > 0 && bytes > maxBytes) break;
    places.push(place);
  }
  return places;
}

async function readOne(
  place: RecordPlace,
  s: number,
  { copies, index, hash }: ReadOptions,
): Promise<StoredRecord> {
  const { epoch } = index;
  const name = formatSegmentName({ epoch, number: place.segment });
  const [before, h] = [index.hashAt(s - 1), index.hashAt(s)];
  for (const copy of copies) {
    const json = await readJson(copy, name, place);
    if (json === null || before === undefined || h === undefined) continue;
    if (chainNext(hash, before, json) !== h) continue;
    const text = decodeText(json);
    return { e: epoch, s, h, json: text, record: JSON.parse(text) as RecordEnvelope };
  }
  throw new StorageError("corrupt", name);
}

async function readJson(
  { disk, folder }: CopyPlace,
  name: string,
  { offset, bytes }: RecordPlace,
): Promise<Uint8Array | null> {
  try {
    const frame = parseFrame(await disk.readAt(`${folder}/${name}`, offset, bytes), 0);
    return "json" in frame ? frame.json : null;
  } catch (error) {
    if (error instanceof StorageError) return null;
    throw error;
  }
}
