/**
 * Reads one segment against the chain. Pure: bytes in, records and the first fault out.
 *
 * A record is accepted only when its sum, its epoch, its sequence and its link to the predecessor
 * all fit. Names of the faults: docs/formats/journal.md, recovery table.
 */
import { chainLink, chainNext, type HashParts } from "../../protocol/chain.ts";
import { parseFrame } from "../../protocol/frame.ts";
import type { RecordEnvelope } from "../../protocol/generated/types.ts";
import { isRecordEnvelope } from "../../protocol/generated/validators.js";
import type { StoredRecord } from "../../protocol/record.ts";

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
  /** A frame that was whole once. */
  | { readonly kind: "corrupt"; readonly offset: number }
  /** Whole, and yet not what must come here: tampered with, or of another history. */
  | { readonly kind: "fork"; readonly offset: number; readonly s: number };

export interface ScannedSegment {
  readonly records: readonly PlacedRecord[];
  readonly end: ChainPoint;
  readonly fault: SegmentFault | null;
}

export interface ScanOptions {
  readonly epoch: string;
  readonly start: ChainPoint;
  readonly hash: HashParts;
  readonly decode: (bytes: Uint8Array) => string;
}

export function scanSegment(bytes: Uint8Array, options: ScanOptions): ScannedSegment {
  const records: PlacedRecord[] = [];
  let end = options.start;
  let offset = 0;
  const stop = (fault: SegmentFault | null): ScannedSegment => ({ records, end, fault });
  while (offset < bytes.length) {
    const frame = parseFrame(bytes, offset);
    if (!frame.ok) return stop(judge(bytes, offset));
    const record = parseRecord(options.decode(frame.json));
    if (record === null) return stop({ kind: "corrupt", offset });
    if (!isRepeat(record, options, end)) {
      if (!fits(record, options.epoch, end)) return stop({ kind: "fork", offset, s: record.s });
      const h = chainNext(options.hash, end.h, frame.json);
      const json = options.decode(frame.json);
      const stored = { e: options.epoch, s: record.s, h, json, record };
      records.push({ stored, offset, bytes: frame.bytes });
      end = { s: record.s, h };
    }
    offset += frame.bytes;
  }
  return stop(null);
}

function parseRecord(json: string): RecordEnvelope | null {
  try {
    const value: unknown = JSON.parse(json);
    return isRecordEnvelope(value) ? value : null;
  } catch {
    return null;
  }
}

function fits(record: RecordEnvelope, epoch: string, { s, h }: ChainPoint): boolean {
  return record.e === epoch && record.s === s + 1 && record.p === chainLink(h);
}

/** Written again in a new segment, because nobody knew whether the first write had arrived. */
function isRepeat(record: RecordEnvelope, { epoch, start }: ScanOptions, end: ChainPoint): boolean {
  return record.e === epoch && record.s === start.s && end === start && start.s > 0;
}

/** Torn or corrupt? Torn is only what can be explained by one write that was cut off. */
function judge(bytes: Uint8Array, offset: number): SegmentFault {
  const rest = bytes.subarray(offset);
  const torn: SegmentFault = { kind: "torn", offset, bytes: rest.length };
  if (hasLaterFrame(rest)) return { kind: "corrupt", offset };
  const hasLineEnd = rest.includes(0x0a);
  return hasLineEnd && !isZeroFilled(rest) ? { kind: "corrupt", offset } : torn;
}

function hasLaterFrame(rest: Uint8Array): boolean {
  for (let at = rest.indexOf(0x0a); at !== -1; at = rest.indexOf(0x0a, at + 1)) {
    if (parseFrame(rest, at + 1).ok) return true;
  }
  return false;
}

/** A file system may give a file its length before its bytes: the rest reads as zeros. */
function isZeroFilled(rest: Uint8Array): boolean {
  return rest.lastIndexOf(0) === rest.length - 1;
}
