/**
 * A small file in two generations, written by turns: whatever happens while one is written, the
 * other is whole (docs/formats/cache.md, State file).
 */
import type { Disk } from "../../platform/ports/disk.ts";
import { StorageError } from "../../platform/ports/storage-error.ts";
import { crc32c } from "../../protocol/crc32c.ts";

export interface Generation {
  readonly gen: number;
  readonly body: unknown;
}

export interface Loaded {
  /** Null: neither file is whole. */
  readonly newest: Generation | null;
  /** Files that are there and are not whole. */
  readonly damaged: number;
}

const FRAME = /^\{"gen":(\d{1,15}),"crc":"([0-9a-f]{8})","body":(.*)\}\n$/s;

export class TwoGenerations {
  readonly #disk: Disk;
  readonly #paths: readonly [string, string];
  #gen = 0;
  /** Which file the next save goes into. */
  #next: 0 | 1 = 0;

  constructor(disk: Disk, folder: string) {
    this.#disk = disk;
    this.#paths = [`${folder}/a.json`, `${folder}/b.json`];
  }

  async load(): Promise<Loaded> {
    const files = await Promise.all(this.#paths.map((path) => this.#read(path)));
    const [a, b] = files.map((bytes) => (bytes === null ? null : parseGeneration(bytes)));
    const isB = (b?.gen ?? -1) > (a?.gen ?? -1);
    const newest = (isB ? b : a) ?? null;
    this.#gen = newest?.gen ?? 0;
    this.#next = newest === null || isB ? 0 : 1;
    const there = files.filter((bytes) => bytes !== null).length;
    const whole = [a, b].filter((generation) => generation !== null).length;
    return { newest, damaged: there - whole };
  }

  /** @throws StorageError; the other generation is untouched then */
  async save(body: unknown): Promise<void> {
    const gen = this.#gen + 1;
    await this.#disk.replace(this.#paths[this.#next], formatGeneration({ gen, body }));
    this.#gen = gen;
    this.#next = this.#next === 0 ? 1 : 0;
  }

  async #read(path: string): Promise<Uint8Array | null> {
    try {
      return await this.#disk.read(path);
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      // There, and not to be read: as damaged as one that reads wrong.
      return new Uint8Array(0);
    }
  }
}

function sumOf(gen: number, text: string): string {
  return crc32c(new TextEncoder().encode(`${gen} ${text}`))
    .toString(16)
    .padStart(8, "0");
}

function formatGeneration({ gen, body }: Generation): Uint8Array {
  const text = JSON.stringify(body);
  const crc = sumOf(gen, text);
  return new TextEncoder().encode(`{"gen":${gen},"crc":"${crc}","body":${text}}\n`);
}

function parseGeneration(bytes: Uint8Array): Generation | null {
  try {
    const match = FRAME.exec(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    const [, gen = "", crc = "", text = ""] = match ?? [];
    if (match === null || sumOf(Number(gen), text) !== crc) return null;
    return { gen: Number(gen), body: JSON.parse(text) };
  } catch {
    // Not UTF-8: rotten, whatever its frame says.
    return null;
  }
}
