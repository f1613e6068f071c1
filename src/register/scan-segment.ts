/**
 * Reads one segment against the chain. Pure: bytes in, records and faults out.
 *
 * A record is accepted only when its sum, its epoch, its sequence and its link to the predecessor
 * all fit. Names of the faults: docs/formats/journal.md, recovery table.
 */
import { chainLink, chainNext, type HashParts } from "../../protocol/chain.ts";
import { parseFrame } from "../../protocol/frame.ts";
import type { RecordEnvelope } from "../../protocol/generated/types.ts";
import type { StoredRecord } from "../../protocol/record.ts";
import { parseRecord } from "./parse-record.ts";
import { looksTorn } from "./torn-end.ts";

/** Where the chain stands: sequence and hash of the last accepted record. */
export interface ChainPoint {
  readonly s: number;
  readonly h: string;
}

export interface PlacedRecord {
  readonly stored: StoredRecord;
  readonly offset: number;
  readonly bytes: number;
}

export type SegmentFault =
  /** Never acknowledged: the end of a write that the power cut. */
  | { readonly kind: "torn"; readonly offset: number; readonly bytes: number }
  /** The record is whole, the line feed behind it is not. */
  | { readonly kind: "line-end"; readonly offset: number }
  /** A frame that was whole once. */
  | { readonly kind: "corrupt"; readonly offset: number }
  /** Whole, and yet not what must come here: tampered with, or of another history. */
  | { readonly kind: "fork"; readonly offset: number; readonly s: number };

export interface ScannedSegment {
  readonly records: readonly PlacedRecord[];
  readonly end: ChainPoint;
  /** Where line feeds are wrong; these do not stop the reading. */
  readonly lineEnds: readonly number[];
  /** What stopped the reading; null at the end of the segment. */
  readonly fault: SegmentFault | null;
}

export interface ScanOptions {
  readonly epoch: string;
  readonly start: ChainPoint;
  /** Hash before `start`; undefined at the start of the epoch. */
  readonly beforeStart: string | undefined;
  readonly hash: HashParts;
  readonly decode: (bytes: Uint8Array) => string;
}

interface Scan {
  readonly options: ScanOptions;
  readonly records: PlacedRecord[];
  readonly lineEnds: number[];
  end: ChainPoint;
}

export function scanSegment(bytes: Uint8Array, options: ScanOptions): ScannedSegment {
  const scan: Scan = { options, records: [], lineEnds: [], end: options.start };
  const { records, lineEnds } = scan;
  let offset = 0;
  while (offset < bytes.length) {
    const frame = parseFrame(bytes, offset);
    if (!("json" in frame)) {
      return { records, lineEnds, end: scan.end, fault: judge(bytes, offset) };
    }
    const fault = accept(scan, frame, offset);
    if (fault !== null) return { records, lineEnds, end: scan.end, fault };
    if (!frame.ok) lineEnds.push(offset + frame.bytes - 1);
    offset += frame.bytes;
  }
  return { records, lineEnds, end: scan.end, fault: null };
}

function accept(
  scan: Scan,
  frame: { readonly json: Uint8Array; readonly bytes: number },
  offset: number,
): SegmentFault | null {
  const { options, end } = scan;
  const json = options.decode(frame.json);
  const record = parseRecord(json);
  if (record === null) return { kind: "corrupt", offset };
  if (isRepeat(scan, record.s, frame.json)) return null;
  if (!fits(record, options.epoch, end)) return { kind: "fork", offset, s: record.s };
  const h = chainNext(options.hash, end.h, frame.json);
  const stored = { e: options.epoch, s: record.s, h, json, record };
  scan.records.push({ stored, offset, bytes: frame.bytes });
  scan.end = { s: record.s, h };
  return null;
}

function fits(record: RecordEnvelope, epoch: string, { s, h }: ChainPoint): boolean {
  return record.e === epoch && record.s === s + 1 && record.p === chainLink(h);
}

/**
 * Written again at the start of a new segment, because nobody knew whether the first write had
 * arrived. Only the very same bytes are a repeat.
 */
function isRepeat({ options, end }: Scan, s: number, json: Uint8Array): boolean {
  const { start, beforeStart, hash } = options;
  if (end !== start || s !== start.s || beforeStart === undefined) return false;
  return chainNext(hash, beforeStart, json) === start.h;
}

function judge(bytes: Uint8Array, offset: number): SegmentFault {
  return looksTorn(bytes, offset)
    ? { kind: "torn", offset, bytes: bytes.length - offset }
    : { kind: "corrupt", offset };
}
