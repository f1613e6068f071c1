/** Appends to the newest segment of one copy. What to do about failures: `journal-writer.ts`. */
import type { AppendFile } from "../../platform/ports/disk.ts";
import { StorageError } from "../../platform/ports/storage-error.ts";
import type { CopyPlace } from "./copy-name.ts";
import { formatSegmentName } from "./segment-name.ts";

export class CopyWriter {
  readonly place: CopyPlace;
  readonly #epoch: string;
  #file: { readonly segment: number; readonly handle: AppendFile } | null = null;

  constructor(place: CopyPlace, epoch: string) {
    this.place = place;
    this.#epoch = epoch;
  }

  /** @returns bytes in the segment now. @throws StorageError */
  async open(segment: number): Promise<number> {
    if (this.#file?.segment !== segment) {
      await this.close();
      this.#file = { segment, handle: await this.place.disk.openAppend(this.#pathOf(segment)) };
    }
    return this.#file.handle.size;
  }

  /** To the segment that is open. @throws StorageError; the handle is then dead */
  async append(frame: Uint8Array): Promise<void> {
    if (this.#file === null) throw new StorageError("closed", this.place.folder);
    await this.#file.handle.append(frame);
  }

  /** Cuts the segment off, durably. @throws StorageError */
  async cut(segment: number, toBytes: number): Promise<void> {
    await this.place.disk.truncate(this.#pathOf(segment), toBytes);
  }

  #pathOf(segment: number): string {
    return `${this.place.folder}/${formatSegmentName({ epoch: this.#epoch, number: segment })}`;
  }

  async close(): Promise<void> {
    const file = this.#file;
    this.#file = null;
    // A handle that failed may also fail to close; what it held is written anew elsewhere.
    await file?.handle.close().catch(() => {});
  }
}
