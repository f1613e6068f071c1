/** One `rec` message: the exact bytes that were hashed, in order and without a gap. */
import type { RecordBatch } from "../../protocol/generated/types.ts";
import type { StoredRecord } from "../../protocol/record.ts";
import type { Extent } from "./outbox.ts";

export interface BatchHead {
  readonly extent: Extent;
  /** Hash of the record before the first one: the county checks the chain with it. */
  readonly prev: string;
}

/** @param records at least one, consecutive */
export function makeRecordBatch(
  records: readonly [StoredRecord, ...StoredRecord[]],
  { extent, prev }: BatchHead,
): RecordBatch {
  const recs = records.map(({ s, h, json }) => ({ s, h, p: json }));
  return {
    v: 1,
    epoch: extent.epoch,
    from: records[0].s,
    n: records.length,
    prev,
    first: extent.first,
    head: extent.head,
    // The schema's bounds make this type a tuple; the limits were kept when the records were read.
    recs: recs as RecordBatch["recs"],
  };
}
