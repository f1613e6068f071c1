import type { DurableCounter } from "../ports/durable-counter.ts";
import { StorageError } from "../ports/storage-error.ts";

/** `DurableCounter` in memory; what it gave out survives `reopen`, as it would on a disk. */
export class FakeDurableCounter implements DurableCounter {
  readonly #disk: { number: number };
  /** How many of the next calls fail. */
  failures = 0;

  constructor(disk: { number: number } = { number: 0 }) {
    this.#disk = disk;
  }

  next(): Promise<number> {
    if (this.failures > 0) {
      this.failures -= 1;
      return Promise.reject(new StorageError("no-space", "counter"));
    }
    this.#disk.number += 1;
    return Promise.resolve(this.#disk.number);
  }

  reopen(): FakeDurableCounter {
    return new FakeDurableCounter(this.#disk);
  }
}
