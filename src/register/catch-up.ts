/** Brings a copy that was away up to the one that was written meanwhile. */
import type { Sha256 } from "../../platform/ports/sha256.ts";
import { bytesEqual, firstDifference } from "./bytes.ts";
import type { CopyPlace } from "./copy-name.ts";
import { decodeText } from "./decode-text.ts";
import { quarantineOf } from "./repair-copies.ts";
import { scanSegment } from "./scan-segment.ts";
import { parseSegmentName, type SegmentName } from "./segment-name.ts";
import { holdsOnly } from "./walked-epoch.ts";

export interface CatchUpOptions {
  readonly from: CopyPlace;
  readonly to: CopyPlace;
  readonly sha256: Sha256;
  /** Which segments are looked at. */
  readonly which: (segment: SegmentName) => boolean;
}

/**
 * Idempotent. What the copy alone holds goes to quarantine on its own disk first; files of epochs
 * that are not ours are left alone. So is a segment that is not whole where it would be copied
 * from: the next start mends both.
 * @throws StorageError
 */
export async function catchUp(options: CatchUpOptions): Promise<void> {
  const { from, which } = options;
  for (const name of await from.disk.list(from.folder)) {
    const segment = parseSegmentName(name);
    if (segment !== null && which(segment)) await copyOver(name, options);
  }
}

async function copyOver(name: string, { from, to, sha256 }: CatchUpOptions): Promise<void> {
  const content = await from.disk.read(`${from.folder}/${name}`);
  const old = await to.disk.read(`${to.folder}/${name}`);
  if (content === null || (old !== null && bytesEqual(old, content))) return;
  if (old !== null) {
    const offset = firstDifference(old, content);
    if (offset < old.length && !isWhole(content)) return;
    const rest = old.slice(offset);
    const path = `${quarantineOf(to)}/${name}-${offset}-${sha256.digest(rest).slice(0, 8)}`;
    if (rest.length > 0) await to.disk.replace(path, rest);
  }
  await to.disk.replace(`${to.folder}/${name}`, content);
}

/** Bytes may have rotted where they were written: then the copy may hold what is lost there. */
function isWhole(content: Uint8Array): boolean {
  const scan = scanSegment(content, decodeText);
  return holdsOnly(scan, scan.frames.length);
}
