/**
 * Walks one epoch over both copies at once and accepts, sequence after sequence, the frame that
 * follows from the one before. Pure; verdicts R1 to R8 of docs/formats/journal.md come from here.
 */
import { chainLink, chainNext, type HashParts } from "../../protocol/chain.ts";
import type { StoredRecord } from "../../protocol/record.ts";
import { COPY_NAMES, otherCopy } from "./copy-name.ts";
import type { ChainPoint, EpochIndex } from "./epoch-index.ts";
import { isTorn, type Tail } from "./judge-tail.ts";
import type { FoundFrame } from "./scan-segment.ts";
import {
  type Cursor,
  cursorsOf,
  endOfAccepted,
  isAtJunk,
  isSame,
  type Kept,
  passAsOdd,
  passTaken,
  tellsLossOf,
} from "./walk-cursor.ts";
import {
  type Hole,
  holdsOnly,
  type SegmentPair,
  type WalkedEpoch,
  type WalkedSegment,
} from "./walked-epoch.ts";

export interface WalkOptions {
  readonly index: EpochIndex;
  readonly hash: HashParts;
  readonly onRecord: (stored: StoredRecord) => void;
}

export class EpochWalk {
  readonly #options: WalkOptions;
  readonly #segments: WalkedSegment[] = [];
  /** The last record that each copy itself holds. */
  readonly #heads = { A: 0, B: 0 };
  /** How each copy's last file ends, when not with a record that belongs there. */
  readonly #tails: { A: Tail | null; B: Tail | null } = { A: null, B: null };
  #end: ChainPoint;
  /** Of the line of the last record. */
  #lastBytes = 0;
  #hole: Hole | null = null;
  #after: SegmentPair | null = null;

  constructor(options: WalkOptions) {
    this.#options = options;
    this.#end = options.index.end;
  }

  get hole(): Hole | null {
    return this.#hole;
  }

  /**
   * @param pair the next segment, in the order of their numbers
   * @param after the one behind it that holds anything; null when there is none
   */
  add(pair: SegmentPair, after: SegmentPair | null): void {
    this.#after = after;
    const ahead = this.#takeLines(pair);
    if (ahead > 0 && ahead === pair.A?.content.length) return;
    const cursors = cursorsOf(pair);
    const kept = ahead > 0 ? this.#keepLines(cursors, ahead) : this.#takeRepeat(cursors);
    const first = this.#end.s;
    while (this.#hole === null && this.#step(cursors, kept, pair)) {
      // Each step accepts a record, or passes a line that does not belong here.
    }
    this.#hole ??= this.#findHole(cursors, pair);
    this.#noteEnds(cursors, pair);
    this.#place(kept, first, pair.number);
    if (this.#hole !== null) return;
    // Let go: a long journal is nearly all of these, and none of them is ever looked at again.
    if (pair.A === pair.B && holdsOnly(pair.A, kept.length)) return;
    const odd = cursors.filter((cursor) => cursor.odd).map(({ copy }) => copy);
    this.#segments.push({ pair, kept: kept.map(({ frame }) => frame), odd });
  }

  /**
   * What both copies hold alike, while each line follows from the one before: nearly all of a long
   * journal, and none of it is held. @returns how many bytes were taken
   */
  #takeLines({ A, B, number: segment }: SegmentPair): number {
    if (A === null || A !== B) return 0;
    let bytes = 0;
    for (const frame of A.lines()) {
      if (!frame.lineEnds || !this.#fits(frame)) break;
      const { h } = this.#follow(frame);
      this.#options.index.add(h, { segment, offset: frame.offset, bytes: frame.bytes });
      bytes += frame.bytes;
    }
    if (bytes > 0) Object.assign(this.#heads, { A: this.#end.s, B: this.#end.s });
    if (bytes === A.content.length) Object.assign(this.#tails, { A: null, B: null });
    return bytes;
  }

  /** Something behind them has to be looked at: from here on as in any other segment. */
  #keepLines([cursor]: readonly Cursor[], bytes: number): Kept[] {
    const { index } = this.#options;
    const taken = cursor === undefined ? [] : passTaken(cursor, bytes);
    return taken.map((frame) => ({ frame, h: index.hashAt(frame.record.s) ?? "" }));
  }

  /**
   * Written again at the start of a new segment, because nobody knew whether the first write had
   * arrived. Only the very same bytes are a repeat.
   */
  #takeRepeat(cursors: readonly Cursor[]): Kept[] {
    const { index, hash } = this.#options;
    const { s, h } = this.#end;
    const before = index.hashAt(s - 1);
    const kept: Kept[] = [];
    for (const cursor of cursors) {
      const frame = cursor.scan.frames[cursor.at];
      if (s === 0 || before === undefined || frame?.record.s !== s) continue;
      if (chainNext(hash, before, frame.json) !== h) continue;
      if (kept.length === 0) kept.push({ frame, h });
      this.#heads[cursor.copy] = s;
      cursor.at += 1;
    }
    return kept;
  }

  #step(cursors: readonly Cursor[], kept: Kept[], pair: SegmentPair): boolean {
    const fitting = cursors.filter((cursor) => this.#fits(cursor.scan.frames[cursor.at]));
    const [only] = fitting;
    if (only === undefined) return cursors.length > 1 && this.#passOdd(cursors);
    if (fitting.length < cursors.length && this.#isReplaced(only)) {
      passAsOdd(only);
      return true;
    }
    const chosen = this.#choose(fitting);
    if (chosen === null) this.#hole = this.#holeAt("fork", "copies", only, pair);
    else this.#accept(chosen, fitting, kept);
    return chosen !== null;
  }

  /**
   * A record that was refused, at the end of a copy that was lost before it could be cut off: the
   * other copy begins the next segment with another one in its place, and proves that.
   */
  #isReplaced({ copy, scan, at }: Cursor): boolean {
    const other = this.#after?.[otherCopy(copy)] ?? null;
    const rival = other?.frames[0];
    const frame = scan.frames[at];
    if (other === null || rival === undefined || frame === undefined) return false;
    const isLast = at === scan.frames.length - 1;
    if (!isLast || !this.#fits(rival) || isSame(rival, frame)) return false;
    const start = { copy: otherCopy(copy), scan: other, at: 0, odd: false };
    return this.#isNamed(rival, [start]) || tellsLossOf(copy, start);
  }

  /**
   * Of two different records that both follow: the one that the next record names; else the one
   * whose copy later tells that the other copy was lost, for then that was written no more. Null:
   * nobody can tell (R7).
   */
  #choose(fitting: readonly Cursor[]): FoundFrame | null {
    const [one, two] = fitting.map(({ scan, at }) => scan.frames[at]);
    if (one === undefined || two === undefined || isSame(one, two)) return one ?? null;
    const named = [one, two].filter((frame) => this.#isNamed(frame, fitting));
    if (named.length === 1) return named[0] ?? null;
    const survivors = fitting.filter((cursor) => tellsLossOf(otherCopy(cursor.copy), cursor));
    const [survivor] = survivors;
    return survivors.length === 1 ? (survivor?.scan.frames[survivor.at] ?? null) : null;
  }

  /** A record behind one of these cursors has it as the one before. */
  #isNamed(frame: FoundFrame, cursors: readonly Cursor[]): boolean {
    const link = chainLink(chainNext(this.#options.hash, this.#end.h, frame.json));
    return cursors.some(({ scan, at }) => {
      const next = scan.frames[at + 1]?.record;
      return next?.s === frame.record.s + 1 && next.p === link;
    });
  }

  #fits(frame: FoundFrame | undefined): boolean {
    const { s, h } = this.#end;
    if (frame === undefined) return false;
    const { record } = frame;
    return (
      record.e === this.#options.index.epoch && record.s === s + 1 && record.p === chainLink(h)
    );
  }

  #accept(frame: FoundFrame, fitting: readonly Cursor[], kept: Kept[]): void {
    const { s, h } = this.#follow(frame);
    for (const cursor of fitting) {
      if (!isSame(cursor.scan.frames[cursor.at], frame)) continue;
      cursor.at += 1;
      this.#heads[cursor.copy] = s;
    }
    kept.push({ frame, h });
  }

  #follow({ json, text, record, bytes }: FoundFrame): ChainPoint {
    const { hash, index, onRecord } = this.#options;
    const h = chainNext(hash, this.#end.h, json);
    this.#end = { s: record.s, h };
    this.#lastBytes = bytes;
    onRecord({ e: index.epoch, s: record.s, h, json: text, record });
    return this.#end;
  }

  /** Lines that the other copy proves to be none of this history. Those ahead wait. */
  #passOdd(cursors: readonly Cursor[]): boolean {
    const passed = cursors.filter((cursor) => {
      const frame = cursor.scan.frames[cursor.at];
      return frame !== undefined && !this.#isAhead(frame);
    });
    passed.forEach(passAsOdd);
    return passed.length > 0;
  }

  #isAhead({ record }: FoundFrame): boolean {
    return record.e === this.#options.index.epoch && record.s > this.#end.s + 1;
  }

  /** Lines are left that nothing leads to. */
  #findHole(cursors: readonly Cursor[], pair: SegmentPair): Hole | null {
    const rest = cursors.filter(({ at, scan }) => at < scan.frames.length);
    const ahead = rest.filter(({ at, scan }) => {
      const frame = scan.frames[at];
      return frame !== undefined && this.#isAhead(frame);
    });
    if (ahead.length > 0) {
      const kind = this.#hasJunk(cursors) ? "corrupt" : "fork";
      return this.#holeAt(kind, "chain", ahead[0], pair);
    }
    const odd = cursors.filter((cursor) => cursor.odd || rest.includes(cursor));
    const isWitnessed = cursors.some((cursor) => this.#endsInStep(cursor) && !odd.includes(cursor));
    if (odd.length === 0 || isWitnessed) return null;
    return this.#holeAt("fork", "chain", odd[0], pair);
  }

  #endsInStep({ copy, scan, at }: Cursor): boolean {
    const isAtEnd = at === scan.frames.length && scan.junkEnd === null;
    return isAtEnd && this.#heads[copy] === this.#end.s;
  }

  #hasJunk(cursors: readonly Cursor[]): boolean {
    return cursors.some(isAtJunk) || this.#tails.A !== null || this.#tails.B !== null;
  }

  #holeAt(
    kind: Hole["kind"],
    why: Hole["why"],
    cursor: Cursor | undefined,
    { number: segment }: SegmentPair,
  ): Hole {
    const offset = cursor === undefined ? 0 : endOfAccepted(cursor);
    return { kind, why, s: this.#end.s + 1, segment, offset };
  }

  #noteEnds(cursors: readonly Cursor[], { number: segment, A, B }: SegmentPair): void {
    const scans = { A, B };
    for (const copy of COPY_NAMES) {
      const scan = scans[copy];
      if (scan === null) continue;
      const other = scans[otherCopy(copy)];
      this.#tails[copy] =
        scan.junkEnd === null ? null : { copy, scan, other, segment, offset: scan.junkEnd };
      // One cursor stands for both when their bytes are the same.
      if (A === B) this.#heads[copy] = this.#heads[cursors[0]?.copy ?? copy];
    }
  }

  #place(kept: readonly Kept[], first: number, segment: number): void {
    const { index } = this.#options;
    let offset = 0;
    for (const { frame, h } of kept) {
      const at = this.#hole === null ? offset : frame.offset;
      const isRepeat = frame.record.s <= first;
      if (!isRepeat) index.add(h, { segment, offset: at, bytes: frame.bytes });
      offset += frame.bytes;
    }
  }

  /** After the last segment. */
  end(): WalkedEpoch {
    this.#hole ??= this.#judgeTails();
    const { segment } = this.#hole ?? { segment: Number.POSITIVE_INFINITY };
    return {
      segments: this.#segments.filter(({ pair }) => pair.number < segment),
      hole: this.#hole,
    };
  }

  #judgeTails(): Hole | null {
    const ends = { heads: this.#heads, endS: this.#end.s, lastBytes: this.#lastBytes };
    const tails = COPY_NAMES.flatMap((copy) => this.#tails[copy] ?? []);
    const corrupt = tails.find((tail) => !isTorn(tail, ends));
    if (corrupt === undefined) return null;
    const { segment, offset } = corrupt;
    return { kind: "corrupt", why: "chain", s: this.#end.s + 1, segment, offset };
  }
}
