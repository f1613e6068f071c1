/**
 * What is to be done so that both copies hold what was proven, and nothing else. Pure: plain-data
 * steps for `repair-copies.ts`. Each step may be cut off and done again: it only ever puts whole
 * what was read whole.
 */
import type { RepairPayload } from "../../protocol/generated/types.ts";
import { bytesEqual, firstDifference, joinBytes, lastDifference } from "./bytes.ts";
import type { CopyName } from "./copy-name.ts";
import type { FoundFrame } from "./scan-segment.ts";
import { holdsOnly, type WalkedEpoch, type WalkedSegment } from "./walked-epoch.ts";

export type RepairWhy = Exclude<RepairPayload["why"], "returned" | "export" | "county">;

interface Step {
  readonly copy: CopyName;
  readonly epoch: string;
  readonly segment: number;
  /** Sequence of the first record that it is about; of a torn end: of the one that never was. */
  readonly s: number;
  /** Bytes that go to quarantine first; null when none are lost. */
  readonly aside: { readonly offset: number; readonly bytes: Uint8Array } | null;
}

export type RepairStep =
  /** R2, R3: the segment becomes what the chain proves it to be. */
  | (Step & { readonly kind: "write"; readonly content: Uint8Array; readonly why: RepairWhy })
  /** R4, R8: what the power cut off was never acknowledged. */
  | (Step & { readonly kind: "cut"; readonly toBytes: number });

export interface PlanOptions {
  readonly epoch: string;
  /** The copies that can be written. */
  readonly copies: readonly CopyName[];
  /** The last sequence that is proven. */
  readonly endS: number;
  /** Torn ends of epochs that nobody writes any more stay as they are. */
  readonly isNewest: boolean;
}

export function planRepairs(walked: WalkedEpoch, options: PlanOptions): RepairStep[] {
  return walked.segments.flatMap((segment) =>
    isUnharmed(segment, options.copies)
      ? []
      : planSegment(segment, options).filter(({ kind }) => kind === "write" || options.isNewest),
  );
}

/** Both copies were the same bytes, and every one of them belongs there. */
function isUnharmed({ pair, kept }: WalkedSegment, copies: readonly CopyName[]): boolean {
  const scan = copies.length > 1 ? (pair.A === pair.B ? pair.A : null) : (pair.A ?? pair.B);
  return holdsOnly(scan, kept.length);
}

function planSegment({ pair, kept, odd }: WalkedSegment, options: PlanOptions): RepairStep[] {
  const content = joinBytes(kept.map(wholeLine));
  return options.copies.flatMap((copy) => {
    const place = { copy, epoch: options.epoch, segment: pair.number };
    const found = pair[copy]?.content ?? null;
    if (found === null) {
      if (content.length === 0) return [];
      const s = sequenceAt(kept, 0, options.endS);
      return [{ ...place, s, kind: "write", aside: null, content, why: "lag" } as const];
    }
    const s = sequenceAt(kept, firstDifference(found, content), options.endS);
    return planCopy(found, content, odd.includes(copy)).map((what) => ({ ...place, s, ...what }));
  });
}

function sequenceAt(kept: readonly FoundFrame[], offset: number, endS: number): number {
  let end = 0;
  for (const { record, bytes } of kept) {
    end += bytes;
    if (offset < end) return record.s;
  }
  return (kept[kept.length - 1]?.record.s ?? endS) + 1;
}

type CopyRepair =
  | Pick<RepairStep & { kind: "write" }, "kind" | "aside" | "content" | "why">
  | Pick<RepairStep & { kind: "cut" }, "kind" | "aside" | "toBytes">;

function planCopy(found: Uint8Array, content: Uint8Array, isOdd: boolean): CopyRepair[] {
  if (bytesEqual(found, content)) return [];
  const from = firstDifference(found, content);
  if (from === content.length && !isOdd) {
    const aside = { offset: from, bytes: found.slice(from) };
    return [{ kind: "cut", toBytes: from, aside }];
  }
  if (from === found.length) return [{ kind: "write", aside: null, content, why: "lag" }];
  const to = lastDifference(found, content, from);
  const bytes = found.slice(from, to);
  const isLineEnd = found.length === content.length && bytes.length === 1 && content[from] === 0x0a;
  const aside = isLineEnd ? null : { offset: from, bytes };
  const why = isLineEnd ? "line-end" : isOdd ? "fork" : "damage";
  return [{ kind: "write", aside, content, why }];
}

const LINE_FEED = 0x0a;

/** The line as it was written, also where only its end is wrong now. */
function wholeLine({ json, bytes, lineEnds }: FoundFrame): Uint8Array {
  const head = bytes - 1 - json.length;
  const line = new Uint8Array(json.buffer, json.byteOffset - head, bytes);
  if (lineEnds) return line;
  const mended = line.slice();
  mended[bytes - 1] = LINE_FEED;
  return mended;
}
