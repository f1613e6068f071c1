/** Where the records of one epoch lie, and their hashes. Small: it is kept for every record. */

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

export class EpochIndex {
  readonly epoch: string;
  readonly #start: string;
  readonly #hashes: string[] = [];
  readonly #segments: number[] = [];
  readonly #offsets: number[] = [];
  readonly #bytes: number[] = [];

  /** @param start hash before the first record */
  constructor(epoch: string, start: string) {
    this.epoch = epoch;
    this.#start = start;
  }

  get end(): ChainPoint {
    return { s: this.#hashes.length, h: this.#hashes[this.#hashes.length - 1] ?? this.#start };
  }

  add(hash: string, { segment, offset, bytes }: RecordPlace): void {
    this.#hashes.push(hash);
    this.#segments.push(segment);
    this.#offsets.push(offset);
    this.#bytes.push(bytes);
  }

  /** Hash of record `s`; of 0, the hash before the first. */
  hashAt(s: number): string | undefined {
    return s === 0 ? this.#start : this.#hashes[s - 1];
  }

  placeOf(s: number): RecordPlace | undefined {
    const segment = this.#segments[s - 1];
    if (segment === undefined) return undefined;
    return { segment, offset: this.#offsets[s - 1] ?? 0, bytes: this.#bytes[s - 1] ?? 0 };
  }
}
