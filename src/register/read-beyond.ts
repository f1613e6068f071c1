/**
 * What can still be read behind a hole in the journal. The chain cannot prove it: every hash needs
 * the one before. The registers show it all the same, for it was acknowledged; it is not sent to
 * the county as proven, and the damage is told. Pure.
 */
import type { StoredRecord } from "../../protocol/record.ts";
import type { FoundFrame } from "./scan-segment.ts";
import type { Hole, SegmentPair } from "./walked-epoch.ts";

/** @returns records of either copy in rising sequences; `h` holds what the successor says */
export function readBeyond(
  pairs: readonly SegmentPair[],
  hole: Hole,
  epoch: string,
): StoredRecord[] {
  // The whole line that does not follow is not shown: it may be what somebody put there.
  const first = hole.kind === "fork" ? hole.s + 1 : hole.s;
  const bySequence = new Map<number, FoundFrame>();
  for (const frame of pairs.flatMap(({ A, B }) => [...(A?.frames ?? []), ...(B?.frames ?? [])])) {
    const { e, s } = frame.record;
    if (e === epoch && s >= first && !bySequence.has(s)) bySequence.set(s, frame);
  }
  return [...bySequence.values()]
    .sort((a, b) => a.record.s - b.record.s)
    .map(({ record, text }) => {
      const next = bySequence.get(record.s + 1)?.record;
      const h = next === undefined ? "" : next.p.padEnd(64, "0");
      return { e: epoch, s: record.s, h, json: text, record };
    });
}
