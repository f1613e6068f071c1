/**
 * How far a history is held that the cursor does not count: one that was forked or rolled back. Its
 * records lie among the conflicts, behind the last one that both histories share. Pure.
 */
import type { HeldRecord } from "../store/record-store.ts";

export interface ChainEnd {
  readonly s: number;
  readonly h: string;
}

export interface OtherHoldings {
  /** Everything up to here is held of the history that the cursor counts. */
  readonly contig: number;
  /** Records of that history at the numbers of `numbersBeneath`. */
  readonly held: readonly HeldRecord[];
  /** All of the journal that was set aside. */
  readonly conflicts: readonly HeldRecord[];
}

/** Numbers at which the other history may leave the one that is counted. */
export function numbersBeneath(
  ends: readonly ChainEnd[],
  conflicts: readonly HeldRecord[],
): number[] {
  return [...new Set([...ends.map(({ s }) => s), ...conflicts.map(({ s }) => s - 1)])];
}

/** The longest of the chains that is here from its first record to its end; null: none is. */
export function longestHeld(ends: readonly ChainEnd[], holdings: OtherHoldings): ChainEnd | null {
  const walk = new Walk(holdings);
  const whole = ends.filter((end) => end.s > 0 && walk.isWhole(end));
  return whole.reduce<ChainEnd | null>(
    (best, end) => (best === null || end.s > best.s ? end : best),
    null,
  );
}

class Walk {
  readonly #counted: ReadonlyMap<number, string>;
  readonly #aside = new Map<number, HeldRecord[]>();

  constructor({ contig, held, conflicts }: OtherHoldings) {
    this.#counted = new Map(held.filter(({ s }) => s <= contig).map(({ s, h }) => [s, h]));
    for (const record of conflicts) {
      this.#aside.set(record.s, [...(this.#aside.get(record.s) ?? []), record]);
    }
  }

  isWhole({ s, h }: ChainEnd): boolean {
    let at = s;
    let link = h;
    while (at > 0) {
      // The start of a hash is what a record says of its predecessor.
      if (this.#counted.get(at)?.startsWith(link)) return true;
      const record = this.#aside.get(at)?.find((other) => other.h.startsWith(link));
      if (record === undefined) return false;
      link = record.p;
      at -= 1;
    }
    return true;
  }
}
