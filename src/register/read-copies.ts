/** Reads the files of both copies side by side. A copy that cannot be read does not stop it. */

import { StorageError } from "../../platform/ports/storage-error.ts";
import { bytesEqual } from "./bytes.ts";
import type { CopyName, CopyPlace } from "./copy-name.ts";
import { type DecodeText, scanSegment } from "./scan-segment.ts";
import { formatSegmentName, parseSegmentName, type SegmentName } from "./segment-name.ts";
import type { SegmentPair } from "./walked-epoch.ts";

export interface ListedCopy {
  readonly place: CopyPlace;
  readonly names: readonly SegmentName[];
}

/** @throws StorageError when none of them can be listed */
export async function listSegments(copies: readonly CopyPlace[]): Promise<ListedCopy[]> {
  const listed: ListedCopy[] = [];
  let failure: StorageError | null = null;
  for (const place of copies) {
    try {
      const names = await place.disk.list(place.folder);
      listed.push({ place, names: names.flatMap((name) => parseSegmentName(name) ?? []) });
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      failure = error;
    }
  }
  if (listed.length === 0 && failure !== null) throw failure;
  return listed;
}

/** @throws StorageError when a segment that is there can be read from no copy */
export async function readPair(
  copies: readonly CopyPlace[],
  segment: SegmentName,
  decode: DecodeText,
): Promise<SegmentPair> {
  const found = await readContents(copies, segment);
  const { A, B } = found;
  if (A !== null && B !== null && bytesEqual(A, B)) {
    const scan = scanSegment(A, decode);
    return { number: segment.number, A: scan, B: scan };
  }
  const scan = (content: Uint8Array | null) =>
    content === null ? null : scanSegment(content, decode);
  return { number: segment.number, A: scan(A), B: scan(B) };
}

/** A block that gives an error is as good as none: the other copy writes the file anew. */
async function readContents(
  copies: readonly CopyPlace[],
  segment: SegmentName,
): Promise<Record<CopyName, Uint8Array | null>> {
  const found: Record<CopyName, Uint8Array | null> = { A: null, B: null };
  const failures: StorageError[] = [];
  const read = async ({ name, disk, folder }: CopyPlace) => {
    try {
      found[name] = await disk.read(`${folder}/${formatSegmentName(segment)}`);
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      failures.push(error);
    }
  };
  // At once: they may lie on two disks, and a start waits for both.
  await Promise.all(copies.map(read));
  const [failure] = failures;
  if (found.A === null && found.B === null && failure !== undefined) throw failure;
  return found;
}
