/**
 * Room kept back on the disk of a copy. When the disk is full it is given up, so that the session
 * that is open can still be closed; it is made again when there is room.
 */
import type { Disk } from "../../platform/ports/disk.ts";
import { StorageError } from "../../platform/ports/storage-error.ts";

/** Several hundred sessions of records. */
export const BALLAST_BYTES = 1_000_000;
/** Made again only when the disk is not about to be full again at once. */
const ROOM_BYTES = 8 * BALLAST_BYTES;

export class Ballast {
  readonly #disk: Disk;
  readonly #path: string;
  #isThere = false;

  constructor(disk: Disk, path: string) {
    this.#disk = disk;
    this.#path = path;
  }

  get isThere(): boolean {
    return this.#isThere;
  }

  /** Makes it when it is missing and there is room. A disk that refuses is asked again later. */
  async ensure(): Promise<void> {
    if (this.#isThere) return;
    try {
      const there = await this.#disk.readAt(this.#path, BALLAST_BYTES - 1, 1).catch(nothing);
      if (there.length === 0) await this.#make();
      else this.#isThere = true;
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
    }
  }

  async #make(): Promise<void> {
    const { freeBytes } = await this.#disk.space();
    if (freeBytes < ROOM_BYTES) return;
    await this.#disk.replace(this.#path, noise());
    this.#isThere = true;
  }

  /** @returns true when there is more room than before */
  async giveUp(): Promise<boolean> {
    const hadRoom = this.#isThere;
    this.#isThere = false;
    try {
      await this.#disk.remove(this.#path);
      return hadRoom;
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      return false;
    }
  }
}

function nothing(error: unknown): Uint8Array {
  if (error instanceof StorageError) return new Uint8Array(0);
  throw error;
}

let made: Uint8Array | null = null;

/** Not zeros: a file system that packs its blocks would keep none of them. */
function noise(): Uint8Array {
  made ??= makeNoise();
  return made;
}

function makeNoise(): Uint8Array {
  const bytes = new Uint8Array(BALLAST_BYTES);
  let state = 1;
  for (let at = 0; at < bytes.length; at += 1) {
    // The generator of "Numerical Recipes", 2nd edition, §7.1.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}
