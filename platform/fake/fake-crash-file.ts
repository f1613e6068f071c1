/** One file of `FakeCrashDisk`: what reads see, what is on the disk, and what lies between. */

/** Chance with a seed, so that a crash can be told again. */
export interface Chance {
  /** A whole number from 0, below `limit`. */
  below(limit: number): number;
}

interface Range {
  readonly from: number;
  readonly to: number;
}

export class CrashFile {
  /** What reads see. */
  cache: Uint8Array;
  /** What is on the disk for certain. */
  durable: Uint8Array;
  /** Written since the last sync; or given up by a sync that failed, and never written again. */
  dirty: Range[] = [];
  #givenUp: Range[] = [];

  constructor(content: Uint8Array) {
    this.cache = content;
    this.durable = content;
  }

  write(at: number, bytes: Uint8Array): void {
    const length = Math.max(this.cache.length, at + bytes.length);
    const after = new Uint8Array(length);
    after.set(this.cache);
    after.set(bytes, at);
    this.cache = after;
    if (bytes.length > 0) this.dirty.push({ from: at, to: at + bytes.length });
  }

  truncate(bytes: number): void {
    this.cache = this.cache.slice(0, bytes);
    this.dirty = this.dirty.filter(({ from }) => from < bytes);
    this.#givenUp = this.#givenUp.filter(({ from }) => from < bytes);
  }

  sync(): void {
    const before = this.durable;
    this.durable = this.cache.slice();
    this.dirty = [];
    // What a failed sync gave up is not what reads show.
    for (const { from, to } of this.#givenUp) {
      const end = Math.min(to, this.durable.length);
      for (let at = from; at < end; at += 1) this.durable[at] = before[at] ?? 0;
    }
  }

  syncFails(): void {
    this.#givenUp.push(...this.dirty);
    this.dirty = [];
  }

  /** What a cut decides about. */
  get open(): readonly Range[] {
    return [...this.dirty, ...this.#givenUp];
  }
}

/** What a file holds after a power cut. */
export function crashContent(file: CrashFile, chance: Chance): Uint8Array {
  const { durable, cache, open } = file;
  if (open.length === 0 && durable.length === cache.length) return durable;
  const sectorBytes = chance.below(2) === 0 ? 512 : 4096;
  const after = new Uint8Array(crashLength(file, sectorBytes, chance));
  after.set(durable.subarray(0, after.length));
  const isWhole = chance.below(4) === 0;
  for (const sector of sectorsOf(open, sectorBytes, after.length)) {
    // 0: left as it was. 1: written. 2: garbage, over all that the sector holds.
    const fate = isWhole ? 1 : chance.below(3);
    const to = Math.min(sector + sectorBytes, after.length);
    if (fate === 1) after.set(cache.subarray(sector, to), sector);
    if (fate === 2) spoil(after.subarray(sector, to), chance);
  }
  return after;
}

function spoil(bytes: Uint8Array, chance: Chance): void {
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = chance.below(256);
}

/** The length is written by itself: the old one, the new one, or what a sector brought. */
function crashLength({ durable, cache }: CrashFile, sectorBytes: number, chance: Chance): number {
  const [low, high] = [durable.length, cache.length].sort((a, b) => a - b) as [number, number];
  const lengths = [low, high, high];
  for (let at = (Math.floor(low / sectorBytes) + 1) * sectorBytes; at < high; at += sectorBytes) {
    lengths.push(at);
  }
  return lengths[chance.below(lengths.length)] ?? high;
}

function sectorsOf(ranges: readonly Range[], sectorBytes: number, length: number): Set<number> {
  const sectors = new Set<number>();
  for (const { from, to } of ranges) {
    const first = Math.floor(from / sectorBytes) * sectorBytes;
    for (let at = first; at < Math.min(to, length); at += sectorBytes) sectors.add(at);
  }
  return sectors;
}
