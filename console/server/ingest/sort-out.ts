/**
 * What of some batches is new, what is here already, and what contradicts what is here. Pure.
 *
 * A record is a contradiction when another one holds its number, or when it hangs on another chain
 * than its neighbours: then the journal was forked or rolled back, and a person must look.
 */
import type { StoredRecord } from "../../../protocol/record.ts";
import type { HeldRecord } from "../store/record-store.ts";
import type { CheckedBatch } from "./check-batch.ts";

export interface Sorted {
  readonly fresh: readonly StoredRecord[];
  readonly conflicts: readonly StoredRecord[];
}

/** Numbers whose records must be known before `sortOut`: the batches' own, and their neighbours. */
export function numbersConcerned(batches: readonly CheckedBatch[]): number[] {
  const numbers = new Set<number>();
  for (const { records } of batches) {
    for (const { s } of records)
      numbers
        .add(s - 1)
        .add(s)
        .add(s + 1);
  }
  return [...numbers];
}

export interface Holdings {
  readonly held: readonly HeldRecord[];
  /** Hashes of contradictions that batches may hang on. */
  readonly contradicting: readonly string[];
}

export function sortOut(
  { held, contradicting }: Holdings,
  batches: readonly CheckedBatch[],
): Sorted {
  const sorter = new Sorter(held, contradicting);
  for (const { prev, records } of batches) {
    let before = prev;
    for (const record of records) {
      sorter.put(record, before);
      before = record.h;
    }
  }
  return sorter;
}

class Sorter implements Sorted {
  readonly fresh: StoredRecord[] = [];
  readonly conflicts: StoredRecord[] = [];
  readonly #known: Map<number, { readonly h: string; readonly p: string }>;
  readonly #tainted: Set<string>;

  constructor(held: readonly HeldRecord[], contradicting: readonly string[]) {
    this.#known = new Map(held.map(({ s, h, p }) => [s, { h, p }]));
    this.#tainted = new Set(contradicting);
  }

  /** @param before hash of the record that this one hangs on */
  put(record: StoredRecord, before: string): void {
    const verdict = this.#tainted.has(before) ? "conflict" : judge(this.#known, record, before);
    if (verdict === "conflict") {
      this.conflicts.push(record);
      // What follows a contradiction belongs to the same other life of the journal.
      this.#tainted.add(record.h);
    }
    if (verdict === "fresh") {
      this.fresh.push(record);
      this.#known.set(record.s, { h: record.h, p: record.record.p });
    }
  }
}

type Known = ReadonlyMap<number, { readonly h: string; readonly p: string }>;

function judge(
  known: Known,
  { s, h }: StoredRecord,
  before: string,
): "held" | "fresh" | "conflict" {
  const same = known.get(s);
  if (same !== undefined) return same.h === h ? "held" : "conflict";
  const previous = known.get(s - 1);
  if (previous !== undefined && previous.h !== before) return "conflict";
  const next = known.get(s + 1);
  if (next !== undefined && !h.startsWith(next.p)) return "conflict";
  return "fresh";
}
