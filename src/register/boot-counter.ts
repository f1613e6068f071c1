/** Counts the boots in the life of a box by what its records say. */
import type { Clock } from "../../platform/ports/clock.ts";
import type { StoredRecord } from "../../protocol/record.ts";

export class BootCounter {
  #last: { readonly bootId: string; readonly ordinal: number } | null = null;
  /** Boot time of the last record. */
  #lastMs = 0;

  note({ record }: StoredRecord): void {
    this.#lastMs = record.mt;
    if (record.k !== "boot") return;
    const bootId = String((record.d as { readonly bootId?: unknown }).bootId);
    this.#last = { bootId, ordinal: record.bt };
  }

  /**
   * Boot time that went back under the same boot id is another boot all the same: a container that
   * was started again counts anew from nought, and times of the two must not be mixed.
   */
  ordinalOf(clock: Pick<Clock, "bootId" | "bootMs">): number {
    if (this.#last === null) return 1;
    const goesOn = this.#last.bootId === clock.bootId && clock.bootMs() >= this.#lastMs;
    return goesOn ? this.#last.ordinal : this.#last.ordinal + 1;
  }
}
