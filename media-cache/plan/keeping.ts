import type { CatalogueLesson, PlannedFile } from "./plan-types.ts";

/** What is to be on the disk in the end: a set of blobs, and how much of the disk they take. */
export class Keeping {
  readonly #capacity: number;
  readonly #blobs = new Set<string>();
  usedBytes = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  has(sha256: string): boolean {
    return this.#blobs.has(sha256);
  }

  /** What is here of these stays, whether it fits or not. */
  keepHeld(files: readonly PlannedFile[], held: ReadonlyMap<string, number>): void {
    for (const file of files) if (held.has(file.sha256)) this.#add(file);
  }

  /** Takes the lesson in when all of it fits; blobs that others brought cost nothing. */
  take({ files, bytes }: CatalogueLesson): boolean {
    if (files === null) {
      if (this.usedBytes + bytes > this.#capacity) return false;
      this.usedBytes += bytes;
      return true;
    }
    const before = this.usedBytes;
    const added = files.filter((file) => this.#add(file));
    if (this.usedBytes <= this.#capacity) return true;
    for (const { sha256 } of added) this.#blobs.delete(sha256);
    this.usedBytes = before;
    return false;
  }

  /** Bytes by which it does not fit. */
  missingFor({ files, bytes }: CatalogueLesson): number {
    const cost = new Map(
      files?.map((file) => [file.sha256, this.has(file.sha256) ? 0 : file.bytes]),
    );
    const sum = [...cost.values()].reduce((total, each) => total + each, 0);
    return this.usedBytes + (files === null ? bytes : sum) - this.#capacity;
  }

  /** False when it was there. */
  #add({ sha256, bytes }: PlannedFile): boolean {
    const before = this.#blobs.size;
    if (this.#blobs.add(sha256).size === before) return false;
    this.usedBytes += bytes;
    return true;
  }
}
