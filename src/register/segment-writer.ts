/**
 * Appends frames to the newest segment, and rolls to the next one. After a failure it begins a new
 * segment with what was not proven durable; after two in a row it gives up, and cuts off what may
 * be left before it writes anything else.
 */
import type { AppendFile, Disk } from "../../platform/ports/disk.ts";
import { StorageError } from "../../platform/ports/storage-error.ts";
import type { RecordPlace } from "./epoch-index.ts";
import { formatSegmentName } from "./segment-name.ts";

/** A segment is read whole at start, and is what a stick or a county is sent. */
export const SEGMENT_BYTES_MAX = 1_000_000;

export interface WriterOptions {
  readonly disk: Disk;
  readonly folder: string;
  readonly epoch: string;
  /** Segment to go on with; 0: begin with a new one. */
  readonly segment: number;
}

export class SegmentWriter {
  readonly #options: WriterOptions;
  #segment: number;
  #file: AppendFile | null = null;
  /** The next file to be opened must be empty: nothing is written behind doubtful bytes. */
  #fresh = false;
  /** Segments that may hold more than what was proven durable. */
  #doubts: { readonly segment: number; readonly bytes: number }[] = [];

  constructor(options: WriterOptions) {
    this.#options = options;
    this.#segment = Math.max(1, options.segment);
  }

  /** @throws StorageError when the frame is not durable, also not in a new segment */
  async write(frame: Uint8Array): Promise<RecordPlace> {
    await this.#cutDoubts();
    try {
      return await this.#writeOnce(frame);
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      // The old segment may end in the frame or a part of it; recovery knows both.
      await this.#leaveSegment();
    }
    const place = await this.#writeOnce(frame);
    this.#doubts = [];
    return place;
  }

  async #writeOnce(frame: Uint8Array): Promise<RecordPlace> {
    const file = await this.#fileFor(frame.length);
    const offset = file.size;
    const segment = this.#segment;
    try {
      await file.append(frame);
    } catch (error) {
      this.#doubts.push({ segment, bytes: offset });
      throw error;
    }
    return { segment, offset, bytes: frame.length };
  }

  /**
   * A frame whose append failed for good must not come back at the next start, when its sequence
   * belongs to another one: nothing is written before what may be left of it is cut off.
   */
  async #cutDoubts(): Promise<void> {
    if (this.#doubts.length === 0) return;
    await this.#leaveSegment();
    for (const { segment, bytes } of this.#doubts) {
      await this.#options.disk.truncate(this.#pathOf(segment), bytes);
    }
    this.#doubts = [];
  }

  async #fileFor(bytes: number): Promise<AppendFile> {
    this.#file ??= this.#fresh ? await this.#openEmpty() : await this.#open();
    if (this.#file.size > 0 && this.#file.size + bytes > SEGMENT_BYTES_MAX) {
      await this.#leaveSegment();
      this.#file = await this.#openEmpty();
    }
    return this.#file;
  }

  async #leaveSegment(): Promise<void> {
    await this.close();
    this.#fresh = true;
  }

  /** The next segment that holds nothing: an empty one left by a full disk is used again. */
  async #openEmpty(): Promise<AppendFile> {
    let file = await this.#open();
    while (file.size > 0) {
      await file.close();
      this.#segment += 1;
      file = await this.#open();
    }
    this.#fresh = false;
    return file;
  }

  #open(): Promise<AppendFile> {
    return this.#options.disk.openAppend(this.#pathOf(this.#segment));
  }

  #pathOf(segment: number): string {
    const { folder, epoch } = this.#options;
    return `${folder}/${formatSegmentName({ epoch, number: segment })}`;
  }

  async close(): Promise<void> {
    const file = this.#file;
    this.#file = null;
    // A handle that failed may also fail to close; what it held is written anew elsewhere.
    await file?.close().catch(() => {});
  }
}
