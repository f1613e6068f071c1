/** What the walk over both copies of an epoch starts from and comes to. Plain data. */
import type { CopyName } from "./copy-name.ts";
import type { FoundFrame, ScannedSegment } from "./scan-segment.ts";

/** One segment as each copy has it; null where a copy does not. The same object: the same bytes. */
export interface SegmentPair {
  readonly number: number;
  readonly A: ScannedSegment | null;
  readonly B: ScannedSegment | null;
}

/** From here on nothing is proven. Never cut off. */
export interface Hole {
  readonly kind: "corrupt" | "fork";
  readonly why: "chain" | "copies";
  /** Sequence of the first record that is missing. */
  readonly s: number;
  readonly segment: number;
  readonly offset: number;
}

export interface WalkedSegment {
  readonly pair: SegmentPair;
  /** What the segment is: these lines and no others. */
  readonly kept: readonly FoundFrame[];
  /** The copies that also hold whole lines which do not belong here. */
  readonly odd: readonly CopyName[];
}

export interface WalkedEpoch {
  /** Those before the hole, without those that are whole and the same in both copies. */
  readonly segments: readonly WalkedSegment[];
  readonly hole: Hole | null;
}

/** Every byte of it belongs there. */
export function holdsOnly(scan: ScannedSegment | null, count: number): boolean {
  if (scan === null || scan.junkEnd !== null || scan.frames.length !== count) return false;
  return scan.frames.every(({ lineEnds, behindJunk }) => lineEnds && !behindJunk);
}
