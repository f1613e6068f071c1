/** Where the walk over an epoch stands in each copy of one segment. */
import type { CopyName } from "./copy-name.ts";
import type { FoundFrame, ScannedSegment } from "./scan-segment.ts";
import type { SegmentPair } from "./walked-epoch.ts";

export interface Cursor {
  readonly copy: CopyName;
  readonly scan: ScannedSegment;
  at: number;
  odd: boolean;
}

/** A line that was accepted. */
export interface Kept {
  readonly frame: FoundFrame;
  readonly h: string;
}

export function cursorsOf({ A, B }: SegmentPair): Cursor[] {
  const scans: readonly (readonly [CopyName, ScannedSegment | null])[] =
    A === B
      ? [["A", A]]
      : [
          ["A", A],
          ["B", B],
        ];
  return scans.flatMap(([copy, scan]) =>
    scan === null ? [] : [{ copy, scan, at: 0, odd: false }],
  );
}

/** The line is none of this history. */
export function passAsOdd(cursor: Cursor): void {
  cursor.odd = true;
  cursor.at += 1;
}

/** Moves behind the first bytes of the segment. @returns the lines in them */
export function passTaken(cursor: Cursor, bytes: number): readonly FoundFrame[] {
  const taken = cursor.scan.frames.filter(({ offset }) => offset < bytes);
  cursor.at = taken.length;
  return taken;
}

/** Bytes that are no frame lie before the next line, or at the end. */
export function isAtJunk({ scan, at }: Cursor): boolean {
  return scan.frames[at]?.behindJunk === true || scan.junkEnd !== null;
}

export function tellsLossOf(copy: CopyName, { scan, at }: Cursor): boolean {
  return scan.frames.slice(at).some(({ record }) => {
    const { copy: lost } = record.d as { readonly copy?: unknown };
    return record.k === "copy.lost" && lost === copy;
  });
}

export function isSame(one: FoundFrame | undefined, other: FoundFrame): boolean {
  return one?.text === other.text;
}

export function endOfAccepted({ scan, at }: Cursor): number {
  const before = scan.frames[at - 1];
  return before === undefined ? 0 : before.offset + before.bytes;
}
