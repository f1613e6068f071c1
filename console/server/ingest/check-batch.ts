/**
 * Is this batch of records what it says it is? Every hash is computed again from the exact bytes:
 * what does not add up was altered on the way, and is not stored under anybody's name. Pure.
 */
import { parseJson } from "../../../protocol/envelope.ts";
import type { RecordBatch } from "../../../protocol/generated/types.ts";
import { isRecordBatch, isRecordEnvelope } from "../../../protocol/generated/validators.js";
import type { StoredRecord } from "../../../protocol/record.ts";

/** The journal's chain: docs/formats/journal.md. */
export interface Chain {
  /** `h(0)`. */
  start(box: string, epoch: string): string;
  /** `h(s)` from `h(s-1)` and the exact JSON. */
  next(previous: string, json: string): string;
}

export interface CheckedBatch {
  readonly box: string;
  readonly epoch: string;
  /** Hash of the record before the first one. */
  readonly prev: string;
  readonly head: number;
  readonly records: readonly StoredRecord[];
}

export type BatchFault = "not-json" | "bad-schema" | "bad-numbers" | "bad-record" | "bad-chain";

export type BatchCheck =
  | { readonly ok: true; readonly batch: CheckedBatch }
  | { readonly ok: false; readonly why: BatchFault };

export function checkBatch(box: string, text: string, chain: Chain): BatchCheck {
  const json = parseJson(text);
  if (!json) return { ok: false, why: "not-json" };
  if (!isRecordBatch(json.value)) return { ok: false, why: "bad-schema" };
  const batch = json.value;
  if (!areInOrder(batch)) return { ok: false, why: "bad-numbers" };
  if (batch.from === 1 && batch.prev !== chain.start(box, batch.epoch)) {
    return { ok: false, why: "bad-chain" };
  }
  return walk(box, batch, chain);
}

function areInOrder({ from, n, recs }: RecordBatch): boolean {
  return recs.length === n && recs.every(({ s }, index) => s === from + index);
}

function walk(box: string, { epoch, prev, head, recs }: RecordBatch, chain: Chain): BatchCheck {
  const records: StoredRecord[] = [];
  let before = prev;
  for (const { s, h, p } of recs) {
    if (chain.next(before, p) !== h) return { ok: false, why: "bad-chain" };
    const record = parseJson(p)?.value;
    if (!isRecordEnvelope(record) || record.e !== epoch || record.s !== s) {
      return { ok: false, why: "bad-record" };
    }
    if (record.p !== before.slice(0, record.p.length)) return { ok: false, why: "bad-chain" };
    records.push({ e: epoch, s, h, json: p, record });
    before = h;
  }
  return { ok: true, batch: { box, epoch, prev, head, records } };
}
