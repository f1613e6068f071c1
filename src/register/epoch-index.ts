/** Where the records of one epoch lie, and their hashes. Small: it is kept for every record. */
import { HASH_BYTES, hexText, writeHex } from "../../protocol/chain.ts";
import type { EpochExtent } from "./register.ts";

/** Where the chain stands: sequence and hash of the last accepted record. */
export interface ChainPoint {
  readonly s: number;
  readonly h: string;
}

export interface RecordPlace {
  readonly segment: number;
  readonly offset: number;
  readonly bytes: number;
}

const FIRST_ROOM = 64;

/** Segment, offset and length of each. */
const PLACE_WORDS = 3;

export class EpochIndex {
  readonly epoch: string;
  readonly #start: string;
  #count = 0;
  #end: string;
  #hashes = new Uint8Array(FIRST_ROOM * HASH_BYTES);
  #places = new Uint32Array(FIRST_ROOM * PLACE_WORDS);

  /** @param start hash before the first record */
  constructor(epoch: string, start: string) {
    this.epoch = epoch;
    this.#start = start;
    this.#end = start;
  }

  get end(): ChainPoint {
    return { s: this.#count, h: this.#end };
  }

  add(hash: string, { segment, offset, bytes }: RecordPlace): void {
    if (this.#places.length === this.#count * PLACE_WORDS) this.#grow();
    writeHex(hash, this.#hashes, this.#count * HASH_BYTES);
    const at = this.#count * PLACE_WORDS;
    this.#places[at] = segment;
    this.#places[at + 1] = offset;
    this.#places[at + 2] = bytes;
    this.#end = hash;
    this.#count += 1;
  }

  /** By half: a journal of years must not hold as much room again that is empty. */
  #grow(): void {
    const room = Math.ceil(this.#count * 1.5);
    const hashes = new Uint8Array(room * HASH_BYTES);
    const places = new Uint32Array(room * PLACE_WORDS);
    hashes.set(this.#hashes);
    places.set(this.#places);
    this.#hashes = hashes;
    this.#places = places;
  }

  /** Hash of record `s`; of 0, the hash before the first. */
  hashAt(s: number): string | undefined {
    if (s === 0) return this.#start;
    if (s === this.#count) return this.#end;
    if (!this.#holds(s)) return undefined;
    return hexText(this.#hashes.subarray((s - 1) * HASH_BYTES, s * HASH_BYTES));
  }

  placeOf(s: number): RecordPlace | undefined {
    if (!this.#holds(s)) return undefined;
    const [segment = 0, offset = 0, bytes = 0] = this.#places.subarray(
      (s - 1) * PLACE_WORDS,
      s * PLACE_WORDS,
    );
    return { segment, offset, bytes };
  }

  #holds(s: number): boolean {
    return Number.isInteger(s) && s >= 1 && s <= this.#count;
  }
}

export function extentOf({ epoch, end: { s, h } }: EpochIndex): EpochExtent {
  return { epoch, first: 1, head: s, hash: h };
}
