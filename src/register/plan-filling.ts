/**
 * A gap that no copy can close, closed with records that somebody kept: the county, or an export.
 * Nothing of them is believed. Each one must follow from the record before, and the first record
 * that the journal still holds behind the gap must name the last. Pure.
 */
import { chainLink, chainNext, type HashParts } from "../../protocol/chain.ts";
import { encodeFrame, FRAME_JSON_BYTES_MAX } from "../../protocol/frame.ts";
import { joinBytes } from "./bytes.ts";
import { COPY_NAMES, type CopyName } from "./copy-name.ts";
import type { ChainPoint } from "./epoch-index.ts";
import { SEGMENT_BYTES_MAX } from "./journal-writer.ts";
import { parseRecord } from "./parse-record.ts";
import type { GapRefusal, GivenRecord } from "./register.ts";
import type { FoundFrame } from "./scan-segment.ts";
import type { SegmentPair } from "./walked-epoch.ts";

export interface FillingOptions {
  readonly epoch: string;
  /** The last record before the gap. */
  readonly end: ChainPoint;
  /** Stored texts of the proven records in the segment that holds `end`, in their order. */
  readonly before: readonly Uint8Array[];
  /** That segment, and all behind it. */
  readonly pairs: readonly SegmentPair[];
  readonly given: ReadonlyMap<number, GivenRecord>;
  readonly hash: HashParts;
}

export interface Filling {
  /** The gap. */
  readonly from: number;
  readonly to: number;
  /** The copy that is filled; the other one is repaired from it. */
  readonly copy: CopyName;
  /** What its segments become. */
  readonly files: readonly { readonly number: number; readonly content: Uint8Array }[];
}

/** A record of the journal, and where it lies. */
interface Witness {
  readonly copy: CopyName;
  readonly number: number;
  readonly content: Uint8Array;
  readonly frame: FoundFrame;
}

export function planFilling(options: FillingOptions): Filling | GapRefusal {
  const witnesses = findWitnesses(options);
  const found = followGiven(options, witnesses);
  if ("refused" in found) return found;
  const { lines, witness } = found;
  const files = layOut(options, lines.map(encodeFrame), witness);
  const from = options.end.s + 1;
  if (files === null) return { refused: "no-room", s: from };
  return { from, to: options.end.s + lines.length, copy: witness.copy, files };
}

function findWitnesses({ epoch, end, pairs }: FillingOptions): Map<number, Witness[]> {
  const all = pairs.flatMap((pair) => COPY_NAMES.flatMap((copy) => witnessesOf(pair, copy)));
  const witnesses = new Map<number, Witness[]>();
  for (const witness of all) {
    const { e, s } = witness.frame.record;
    if (e !== epoch || s <= end.s + 1) continue;
    const found = witnesses.get(s) ?? [];
    found.push(witness);
    witnesses.set(s, found);
  }
  return witnesses;
}

function witnessesOf(pair: SegmentPair, copy: CopyName): Witness[] {
  const scan = pair[copy];
  if (scan === null) return [];
  const { content } = scan;
  return scan.frames.map((frame) => ({ copy, number: pair.number, content, frame }));
}

/** From record to record, until one that the journal holds names the last. */
function followGiven(
  { epoch, end, given, hash }: FillingOptions,
  witnesses: ReadonlyMap<number, readonly Witness[]>,
): { readonly lines: Uint8Array[]; readonly witness: Witness } | GapRefusal {
  if (witnesses.size === 0) return { refused: "open", s: end.s + 1 };
  const lines: Uint8Array[] = [];
  let before = end;
  for (;;) {
    const s = before.s + 1;
    const one = given.get(s);
    if (one === undefined) return runOut(s, witnesses);
    const json = new TextEncoder().encode(one.json);
    const h = chainNext(hash, before.h, json);
    const isNext = h === one.h && follows(one.json, json.length, { epoch, before });
    if (!isNext) return { refused: "altered", s };
    lines.push(json);
    before = { s, h };
    const witness = findNaming(witnesses.get(s + 1), h);
    if (witness !== null) return { lines, witness };
  }
}

function runOut(s: number, witnesses: ReadonlyMap<number, unknown>): GapRefusal {
  const behind = Math.min(...witnesses.keys());
  return { refused: s < behind ? "missing" : "unnamed", s };
}

function findNaming(witnesses: readonly Witness[] | undefined, h: string): Witness | null {
  return witnesses?.find(({ frame }) => frame.record.p === chainLink(h)) ?? null;
}

function follows(
  json: string,
  length: number,
  { epoch, before }: { readonly epoch: string; readonly before: ChainPoint },
): boolean {
  const record = length > FRAME_JSON_BYTES_MAX ? null : parseRecord(json);
  if (record === null || record.e !== epoch) return false;
  return record.s === before.s + 1 && record.p === chainLink(before.h);
}

/** In the segment where the gap begins, then in those up to the witness; what it leads stays. */
function layOut(
  { before, pairs }: FillingOptions,
  fill: readonly Uint8Array[],
  witness: Witness,
): Filling["files"] | null {
  const first = pairs[0]?.number ?? witness.number;
  const head = before.map(encodeFrame);
  const tail = witness.content.subarray(witness.frame.offset);
  const rest = [...fill];
  const files: { number: number; content: Uint8Array }[] = [];
  for (let number = first; number < witness.number; number += 1) {
    const lines = number === first ? head : [];
    files.push({ number, content: joinBytes([...lines, ...takeFitting(rest, sizeOf(lines))]) });
  }
  const lines = first === witness.number ? head : [];
  const content = joinBytes([...lines, ...rest, tail]);
  if (content.length > Math.max(SEGMENT_BYTES_MAX, witness.content.length)) return null;
  return [...files, { number: witness.number, content }];
}

function takeFitting(rest: Uint8Array[], used: number): Uint8Array[] {
  let size = used;
  let count = 0;
  for (const line of rest) {
    size += line.length;
    if (size > SEGMENT_BYTES_MAX) break;
    count += 1;
  }
  return rest.splice(0, count);
}

function sizeOf(lines: readonly Uint8Array[]): number {
  return lines.reduce((sum, { length }) => sum + length, 0);
}
