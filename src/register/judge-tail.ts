/**
 * Torn or corrupt, once it is known what both copies hold: R4 and R8, and why no record that was
 * acknowledged is ever called torn, in docs/formats/journal.md.
 */
import { FRAME_HEAD_BYTES, FRAME_JSON_BYTES_MAX } from "../../protocol/frame.ts";
import { type CopyName, otherCopy } from "./copy-name.ts";
import type { ScannedSegment } from "./scan-segment.ts";
import { looksTorn } from "./torn-end.ts";

/** Bytes at the end of a copy's last file that are no frame. */
export interface Tail {
  readonly copy: CopyName;
  readonly scan: ScannedSegment;
  /** The same segment of the other copy; null where that has none. */
  readonly other: ScannedSegment | null;
  readonly segment: number;
  readonly offset: number;
}

export interface ProvenEnds {
  /** The last record that each copy itself holds. */
  readonly heads: Readonly<Record<CopyName, number>>;
  /** The last record that is proven. */
  readonly endS: number;
  /** Of its line. */
  readonly lastBytes: number;
}

/** The most that one write leaves. */
const LINE_BYTES_MAX = FRAME_HEAD_BYTES + FRAME_JSON_BYTES_MAX + 1;

/** No record that was acknowledged can have been there. */
export function isTorn(tail: Tail, ends: ProvenEnds): boolean {
  const { scan, other, offset } = tail;
  if (isWitnessed(tail, ends) || isTornRepeat(tail, ends)) return true;
  // A was durable before B was begun: one cut does not leave both with a part of the same record.
  return (other === null || other.junkEnd === null) && looksTorn(scan.content, offset);
}

/**
 * R4: the other copy was written beside this one, for it has the segment; it is whole and ends in
 * step; and behind its end this one holds no more than one write. A segment that the other copy
 * has not was written while that was away, and there its silence proves nothing.
 */
function isWitnessed({ copy, scan, other }: Tail, { heads, endS }: ProvenEnds): boolean {
  if (other === null || other.junkEnd !== null) return false;
  const isInStep = heads[otherCopy(copy)] === endS;
  return isInStep && scan.content.length - other.content.length <= LINE_BYTES_MAX;
}

/**
 * R8: the last record was being written again, into a new segment that the other copy had opened
 * and not written yet: nothing behind that record can have been acknowledged.
 */
function isTornRepeat({ scan, other, offset }: Tail, { lastBytes }: ProvenEnds): boolean {
  const isOpened = other !== null && other.content.length === 0;
  return isOpened && offset === 0 && scan.content.length <= lastBytes;
}
