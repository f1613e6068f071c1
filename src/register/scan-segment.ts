/**
 * Reads one segment of one copy. Pure: bytes in; frames and junk out, in the order of the file.
 * Whether a frame follows from the one before is not asked here: see `walk-epoch.ts`.
 */
import { parseFrame } from "../../protocol/frame.ts";
import type { RecordEnvelope } from "../../protocol/generated/types.ts";
import { parseRecord } from "./parse-record.ts";
import { findNextFrame } from "./torn-end.ts";

/** A line whose sum fits. */
export interface FoundFrame {
  readonly record: RecordEnvelope;
  readonly text: string;
  readonly json: Uint8Array;
  readonly offset: number;
  /** Of the whole line. */
  readonly bytes: number;
  /** False: only the byte behind the record is no line feed. */
  readonly lineEnds: boolean;
  /** Bytes that are no frame lie right before it. */
  readonly behindJunk: boolean;
}

export interface ScannedSegment {
  readonly content: Uint8Array;
  readonly frames: readonly FoundFrame[];
  /** Where bytes begin, behind the last frame, that are none; null when the file ends with it. */
  readonly junkEnd: number | null;
  /** The same frames one at a time, from the first byte to the first one that is none. */
  lines(): Iterable<FoundFrame>;
}

export type DecodeText = (bytes: Uint8Array) => string;

/** Reads when it is asked: whoever takes the lines one by one never holds them all. */
export function scanSegment(content: Uint8Array, decode: DecodeText): ScannedSegment {
  let found: Found | null = null;
  const find = (): Found => {
    found ??= findFrames(content, decode);
    return found;
  };
  return {
    content,
    get frames() {
      return find().frames;
    },
    get junkEnd() {
      return find().junkEnd;
    },
    lines: () => readLines(content, decode),
  };
}

type Found = Pick<ScannedSegment, "frames" | "junkEnd">;

function findFrames(content: Uint8Array, decode: DecodeText): Found {
  const frames: FoundFrame[] = [];
  let at = 0;
  let junkAt: number | null = null;
  while (at < content.length) {
    const frame = readFrame(content, at, { decode, behindJunk: junkAt !== null });
    if (frame !== null) {
      frames.push(frame);
      junkAt = null;
      at += frame.bytes;
      continue;
    }
    junkAt ??= at;
    at = findNextFrame(content, at) ?? content.length;
  }
  return { frames, junkEnd: junkAt };
}

function* readLines(content: Uint8Array, decode: DecodeText): Iterable<FoundFrame> {
  let at = 0;
  while (at < content.length) {
    const frame = readFrame(content, at, { decode, behindJunk: false });
    if (frame === null) return;
    yield frame;
    at += frame.bytes;
  }
}

function readFrame(
  content: Uint8Array,
  offset: number,
  { decode, behindJunk }: { readonly decode: DecodeText; readonly behindJunk: boolean },
): FoundFrame | null {
  const frame = parseFrame(content, offset);
  if (!("json" in frame)) return null;
  const text = decode(frame.json);
  const record = parseRecord(text);
  if (record === null) return null;
  const { json, bytes, ok } = frame;
  return { record, text, json, offset, bytes, lineEnds: ok, behindJunk };
}
