/**
 * What can still be read behind a hole in the journal. The chain cannot prove it: every hash needs
 * the one before. The registers show it all the same, for it was acknowledged; it is not sent to
 * the county as proven, and the damage is told. Pure.
 */
import type { RecordEnvelope } from "../../protocol/generated/types.ts";
import type { StoredRecord } from "../../protocol/record.ts";
import type { FoundFrame } from "./scan-segment.ts";
import type { Hole, SegmentPair } from "./walked-epoch.ts";

/**
 * @param link what a record right behind the proven ones names
 * @returns records of either copy in rising sequences; `h` holds what the successor says
 */
export function readBeyond(
  pairs: readonly SegmentPair[],
  hole: Hole,
  { epoch, link }: { readonly epoch: string; readonly link: string },
): StoredRecord[] {
  // A whole line that does not follow is not shown: it may be what somebody put there. One that
  // would follow, and lies elsewhere, was moved.
  const isShown = ({ e, s, p }: RecordEnvelope) =>
    e === epoch &&
    (s > hole.s ||
      (s === hole.s && (hole.kind === "corrupt" || (hole.why === "chain" && p === link))));
  const bySequence = new Map<number, FoundFrame>();
  for (const frame of pairs.flatMap(({ A, B }) => [...(A?.frames ?? []), ...(B?.frames ?? [])])) {
    const { s } = frame.record;
    if (isShown(frame.record) && !bySequence.has(s)) bySequence.set(s, frame);
  }
  return [...bySequence.values()]
    .sort((a, b) => a.record.s - b.record.s)
    .map(({ record, text }) => {
      const next = bySequence.get(record.s + 1)?.record;
      const h = next === undefined ? "" : next.p.padEnd(64, "0");
      return { e: epoch, s: record.s, h, json: text, record };
    });
}
