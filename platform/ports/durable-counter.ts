/**
 * A number that only grows, also across power cuts.
 *
 * - N1. `next` answers more than every answer it ever gave, in this process or an earlier one.
 * - N2. It has answered only when the number is on the disk.
 */
export interface DurableCounter {
  /** @throws StorageError `io`, `no-space` */
  next(): Promise<number>;
}
