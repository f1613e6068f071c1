/**
 * Hashes a share of the blobs a night, so that rot is found before a session finds it. In the order
 * of their names from where it stopped: whichever was looked at longest ago comes first.
 */
import type { BlobDisk } from "../../platform/ports/blob-disk.ts";
import { StorageError } from "../../platform/ports/storage-error.ts";
import type { Timer } from "../../platform/ports/timer.ts";
import { blobPath, quarantinePath } from "../blob-store.ts";
import type { StopSignal } from "../fetch/stop.ts";

export interface ScrubOptions {
  readonly disk: BlobDisk;
  readonly timer: Timer;
  readonly stop: StopSignal;
  readonly cacheDir: string;
}

/** The whole cache in about two weeks. */
export const SCRUB_NIGHTS = 14;
/** So that a film that is on the same disk does not falter. */
const BYTES_PER_SECOND = 20e6;

/** The names after `after`, around the end, until a share of all bytes is reached. */
export function nextToScrub(blobs: ReadonlyMap<string, number>, after: string): string[] {
  const names = [...blobs.keys()].sort();
  const from = names.findIndex((name) => name > after);
  const ordered = from < 0 ? names : [...names.slice(from), ...names.slice(0, from)];
  const total = names.reduce((sum, name) => sum + (blobs.get(name) ?? 0), 0);
  let left = Math.ceil(total / SCRUB_NIGHTS);
  return ordered.filter((name) => {
    if (left <= 0) return false;
    left -= blobs.get(name) ?? 0;
    return true;
  });
}

export interface ScrubResult {
  /** Where the next night goes on; what was given, when nothing was done. */
  readonly after: string;
  readonly damaged: readonly string[];
}

export async function scrub(
  blobs: ReadonlyMap<string, number>,
  after: string,
  { disk, timer, stop, cacheDir }: ScrubOptions,
): Promise<ScrubResult> {
  const damaged: string[] = [];
  let last = after;
  for (const name of nextToScrub(blobs, after)) {
    if (stop.stopped) break;
    const path = blobPath(cacheDir, name);
    if (!(await isRight(disk, path, name))) {
      await disk.moveAside(path, quarantinePath(cacheDir));
      damaged.push(name);
    }
    last = name;
    const wait = timer.wait(((blobs.get(name) ?? 0) / BYTES_PER_SECOND) * 1000);
    const deaf = stop.onStop(() => wait.cancel());
    await wait.over;
    deaf();
  }
  return { after: last, damaged };
}

async function isRight(disk: BlobDisk, path: string, sha256: string): Promise<boolean> {
  try {
    const digest = await disk.hash(path);
    // Gone meanwhile, for another lesson's room: nothing is wrong with that.
    return digest === null || digest.sha256 === sha256;
  } catch (error) {
    if (error instanceof StorageError) return false;
    throw error;
  }
}
