/**
 * Appends frames to the newest segment of every copy, first A, then B, at the same place in both.
 * After a failure it begins a new segment with what was not proven durable; a copy that fails there
 * too is lost, and the other goes on. When none is left the frame is refused, and what may be left
 * of it is cut off before anything else is written.
 */
import { StorageError } from "../../platform/ports/storage-error.ts";
import { assert } from "../../protocol/assert.ts";
import type { CopyName, CopyPlace } from "./copy-name.ts";
import { CopyWriter } from "./copy-writer.ts";
import type { RecordPlace } from "./epoch-index.ts";

/** A segment is read whole at start, and is what a stick or a county is sent. */
export const SEGMENT_BYTES_MAX = 1_000_000;

export interface WriterOptions {
  readonly epoch: string;
  /** At least one. */
  readonly copies: readonly CopyPlace[];
  /** Segment to go on with; 0: begin with a new one. */
  readonly segment: number;
  /** Called when a disk is full, before the second try; true when there is more room now. */
  readonly makeRoom: (place: CopyPlace) => Promise<void>;
}

export interface CopyLoss {
  readonly copy: CopyName;
  readonly code: string;
}

interface Doubt {
  readonly writer: CopyWriter;
  readonly segment: number;
  readonly bytes: number;
}

interface Attempt {
  readonly place: RecordPlace | null;
  readonly failed: readonly { readonly writer: CopyWriter; readonly error: StorageError }[];
}

export class JournalWriter {
  readonly #options: WriterOptions;
  #writers: CopyWriter[];
  #losses: CopyLoss[] = [];
  #segment: number;
  #isOpen = false;
  /** The next segment must be empty in every copy: nothing is written behind doubtful bytes. */
  #fresh: boolean;
  /** Places that may hold more than what was proven durable. */
  #doubts: Doubt[] = [];

  constructor(options: WriterOptions) {
    this.#options = options;
    this.#writers = options.copies.map((place) => new CopyWriter(place, options.epoch));
    this.#segment = Math.max(1, options.segment);
    this.#fresh = options.segment === 0;
  }

  get epoch(): string {
    return this.#options.epoch;
  }

  get segment(): number {
    return this.#segment;
  }

  /** The copies that are written. */
  get copies(): readonly CopyPlace[] {
    return this.#writers.map(({ place }) => place);
  }

  /** Copies lost since this was last asked. */
  takeLosses(): readonly CopyLoss[] {
    return this.#losses.splice(0);
  }

  /** @throws StorageError when no copy is durable, also not in a new segment */
  async write(frame: Uint8Array): Promise<RecordPlace> {
    await this.#cutDoubts();
    const first = await this.#attempt(frame, "all");
    if (first.place !== null && first.failed.length === 0) return await this.#settle(first);
    for (const { writer, error } of first.failed) {
      if (error.code === "no-space") await this.#options.makeRoom(writer.place);
    }
    // The old segment may end in the frame or a part of it; recovery knows both.
    await this.#leaveSegment();
    const second = await this.#attempt(frame, "any");
    if (second.place !== null) return await this.#settle(second);
    throw second.failed[0]?.error ?? new StorageError("io", this.#options.epoch);
  }

  async #settle({ place, failed }: Attempt): Promise<RecordPlace> {
    assert(place !== null, "an attempt that some copy took");
    this.#doubts = [];
    for (const { writer, error } of failed) this.#lose(writer, error);
    // What the other writes alone lies in segments that the lost copy does not have: so recovery
    // knows that its end is no witness of that.
    if (failed.length > 0) await this.#leaveSegment();
    return place;
  }

  #lose(writer: CopyWriter, { code }: StorageError): void {
    this.#writers = this.#writers.filter((other) => other !== writer);
    this.#losses.push({ copy: writer.place.name, code });
    void writer.close();
  }

  /**
   * @param goal `all`: after a failure the other copy is not written, so that its end stays whole;
   *   `any`: each copy is tried
   */
  async #attempt(frame: Uint8Array, goal: "all" | "any"): Promise<Attempt> {
    const failed: { readonly writer: CopyWriter; readonly error: StorageError }[] = [];
    const offset = await this.#openFor(frame.length, failed);
    const opened = this.#writers.filter((writer) => !failed.some((fail) => fail.writer === writer));
    for (const writer of opened) {
      if (goal === "all" && failed.length > 0) break;
      this.#doubts.push({ writer, segment: this.#segment, bytes: offset });
      await attempt(writer, failed, () => writer.append(frame));
    }
    const isTaken = failed.length < this.#writers.length;
    const place = { segment: this.#segment, offset, bytes: frame.length };
    return { place: isTaken ? place : null, failed };
  }

  /** Opens the segment that takes so many bytes more in every copy. @returns where they begin */
  async #openFor(bytes: number, failed: Attempt["failed"][number][]): Promise<number> {
    const sizes = await this.#openAll(failed);
    const size = Math.max(0, ...sizes);
    const isInStep = sizes.every((other) => other === size);
    const isFull = size > 0 && size + bytes > SEGMENT_BYTES_MAX;
    if (isInStep && !isFull && !(this.#fresh && size > 0)) {
      if (sizes.length > 0) this.#fresh = false;
      return size;
    }
    this.#segment += 1;
    return this.#openFor(bytes, failed);
  }

  async #openAll(failed: Attempt["failed"][number][]): Promise<number[]> {
    const sizes: number[] = [];
    for (const writer of this.#writers) {
      if (failed.some((fail) => fail.writer === writer)) continue;
      await attempt(writer, failed, async () => {
        sizes.push(await writer.open(this.#segment));
      });
    }
    this.#isOpen = true;
    return sizes;
  }

  /**
   * A frame that was refused must not come back at the next start, when its sequence belongs to
   * another one: nothing is written before what may be left of it is cut off. A copy where that
   * cannot be done is lost.
   */
  async #cutDoubts(): Promise<void> {
    if (this.#doubts.length === 0) return;
    await this.#leaveSegment();
    const failed: Attempt["failed"][number][] = [];
    for (const { writer, segment, bytes } of this.#doubts) {
      if (failed.some((fail) => fail.writer === writer)) continue;
      await attempt(writer, failed, () => writer.cut(segment, bytes));
    }
    const [first] = failed;
    if (first !== undefined && failed.length === this.#writers.length) throw first.error;
    this.#doubts = [];
    for (const { writer, error } of failed) this.#lose(writer, error);
    // The lost copy may have this one, empty: see above.
    if (failed.length > 0) this.#segment += 1;
  }

  async #leaveSegment(): Promise<void> {
    await this.close();
    this.#fresh = true;
  }

  /** A copy that holds all that the others do is written again, from a new segment on. */
  async take(place: CopyPlace): Promise<void> {
    await this.#leaveSegment();
    const others = this.#writers.filter((writer) => writer.place.name !== place.name);
    const all = [...others, new CopyWriter(place, this.#options.epoch)];
    this.#writers = all.sort((a, b) => a.place.name.localeCompare(b.place.name));
  }

  async close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await Promise.all(this.#writers.map((writer) => writer.close()));
  }
}

async function attempt(
  writer: CopyWriter,
  failed: Attempt["failed"][number][],
  act: () => Promise<void>,
): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    failed.push({ writer, error });
  }
}
