/** Reads records back from the disk, byte for byte as they were hashed. */

import type { Disk } from "../../platform/ports/disk.ts";
import { StorageError } from "../../platform/ports/storage-error.ts";
import { parseFrame } from "../../protocol/frame.ts";
import type { RecordEnvelope } from "../../protocol/generated/types.ts";
import type { StoredRecord } from "../../protocol/record.ts";
import { decodeText } from "./decode-text.ts";
import type { EpochIndex, RecordPlace } from "./epoch-index.ts";
import { formatSegmentName } from "./segment-name.ts";

export interface ReadOptions {
  readonly disk: Disk;
  readonly folder: string;
  readonly index: EpochIndex;
  readonly from: number;
  readonly maxCount: number;
  readonly maxBytes: number;
}

/**
 * At least one record when there is one, whatever its size; more while they fit.
 * @throws StorageError `corrupt` when the disk no longer holds what was read at start
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
  { segment, offset, bytes }: RecordPlace,
  s: number,
  { disk, folder, index }: ReadOptions,
): Promise<StoredRecord> {
  const path = `${folder}/${formatSegmentName({ epoch: index.epoch, number: segment })}`;
  const frame = parseFrame(await disk.readAt(path, offset, bytes), 0);
  const h = index.hashAt(s);
  if (!frame.ok || h === undefined) throw new StorageError("corrupt", path);
  const json = decodeText(frame.json);
  return { e: index.epoch, s, h, json, record: JSON.parse(json) as RecordEnvelope };
}
