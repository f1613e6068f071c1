/**
 * Appends frames to the newest segment, and rolls to the next one. After a failure it begins a new
 * segment with what was not proven durable; after two in a row it gives up.
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

  constructor(options: WriterOptions) {
    this.#options = options;
    this.#segment = Math.max(1, options.segment);
  }

  /** @throws StorageError when the frame is not durable, also not in a new segment */
  async write(frame: Uint8Array): Promise<RecordPlace> {
    try {
      return await this.#writeOnce(frame);
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      // The old segment may end in part of the frame; recovery takes that for torn.
      await this.#leaveSegment();
      return await this.#writeOnce(frame);
    }
  }

  async #writeOnce(frame: Uint8Array): Promise<RecordPlace> {
    const file = await this.#fileFor(frame.length);
    const offset = file.size;
    await file.append(frame);
    return { segment: this.#segment, offset, bytes: frame.length };
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
    const { disk, folder, epoch } = this.#options;
    const name = formatSegmentName({ epoch, number: this.#segment });
    return disk.openAppend(`${folder}/${name}`);
  }

  async close(): Promise<void> {
    const file = this.#file;
    this.#file = null;
    // A handle that failed may also fail to close; what it held is written anew elsewhere.
    await file?.close().catch(() => {});
  }
}
