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
  const tainted = new Set(contradicting);
  const known = new Map(held.map(({ s, h, p }) => [s, { h, p }]));
  const fresh: StoredRecord[] = [];
  const conflicts: StoredRecord[] = [];
  for (const { prev, records } of batches) {
    let before = prev;
    for (const record of records) {
      const verdict = tainted.has(before) ? "conflict" : judge(known, record, before);
      before = record.h;
      if (verdict === "held") continue;
      if (verdict === "conflict") {
        conflicts.push(record);
        // What follows a contradiction belongs to the same other life of the journal.
        tainted.add(record.h);
        continue;
      }
      fresh.push(record);
      known.set(record.s, { h: record.h, p: record.record.p });
    }
  }
  return { fresh, conflicts };
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
