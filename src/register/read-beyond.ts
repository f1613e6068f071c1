/**
 * What can still be read behind a hole in the journal. The chain cannot prove it: every hash needs
 * the one before. The registers show it all the same, for it was acknowledged; it is not sent to
 * the county as proven, and the damage is told.
 */
import { parseFrame } from "../../protocol/frame.ts";
import type { RecordEnvelope } from "../../protocol/generated/types.ts";
import type { StoredRecord } from "../../protocol/record.ts";
import { parseRecord } from "./parse-record.ts";
import { findNextFrame } from "./torn-end.ts";

export interface BeyondOptions {
  readonly epoch: string;
  /** Only later records; an older one is a copy from another time. */
  readonly afterS: number;
  readonly decode: (bytes: Uint8Array) => string;
}

/** @returns records with sums that fit and rising sequences; `h` holds what the successor says */
export function readBeyond(
  bytes: Uint8Array,
  offset: number,
  { epoch, afterS, decode }: BeyondOptions,
): StoredRecord[] {
  const found: { readonly json: string; readonly record: RecordEnvelope }[] = [];
  let at = "json" in parseFrame(bytes, offset) ? offset : findNextFrame(bytes, offset);
  while (at !== null && at < bytes.length) {
    const frame = parseFrame(bytes, at);
    if (!("json" in frame)) {
      at = findNextFrame(bytes, at);
      continue;
    }
    const json = decode(frame.json);
    const record = parseRecord(json);
    const last = found[found.length - 1]?.record.s ?? afterS;
    if (record?.e === epoch && record.s > last) found.push({ json, record });
    at += frame.bytes;
  }
  return found.map(({ json, record }, index) => {
    const next = found[index + 1]?.record;
    const h = next?.s === record.s + 1 ? next.p.padEnd(64, "0") : "";
    return { e: epoch, s: record.s, h, json, record };
  });
}
