/**
 * One record in a journal is one line: `<crc32c: 8 hex> <length: 5 decimal> <json>\n`. The sum
 * covers length, space and json. docs/formats/journal.md has the grammar and an example.
 */
import { assert } from "./assert.ts";
import { crc32c } from "./crc32c.ts";

/** A larger action is split before it is acknowledged, so that a batch always fits a message. */
export const FRAME_JSON_BYTES_MAX = 16_000;

/** `xxxxxxxx 00000 ` before the json. */
export const FRAME_HEAD_BYTES = 15;
const SUM_BYTES = 9;
const SPACE = 0x20;
const LINE_FEED = 0x0a;

/** What is wrong with a line that is no frame. */
export type FrameFault = "short" | "head" | "length" | "sum";

interface FrameBody {
  readonly json: Uint8Array;
  /** Bytes of the whole line. */
  readonly bytes: number;
}

export type ParsedFrame =
  | ({ readonly ok: true } & FrameBody)
  /** The record is proven by its sum; only the byte after it is not a line feed. */
  | ({ readonly ok: false; readonly fault: "line-end" } & FrameBody)
  | { readonly ok: false; readonly fault: FrameFault };

/** @param json minified JSON in UTF-8, at most 16,000 bytes */
export function encodeFrame(json: Uint8Array): Uint8Array {
  assert(json.length > 0 && json.length <= FRAME_JSON_BYTES_MAX, "a record of a possible size");
  const frame = new Uint8Array(FRAME_HEAD_BYTES + json.length + 1);
  writeText(frame, SUM_BYTES, `${String(json.length).padStart(5, "0")} `);
  frame.set(json, FRAME_HEAD_BYTES);
  frame[frame.length - 1] = LINE_FEED;
  const sum = crc32c(frame, SUM_BYTES, frame.length - 1);
  writeText(frame, 0, `${sum.toString(16).padStart(8, "0")} `);
  return frame;
}

function writeText(frame: Uint8Array, at: number, text: string): void {
  for (let index = 0; index < text.length; index += 1) frame[at + index] = text.charCodeAt(index);
}

/** Reads the frame that begins at `at`. Pure; never throws, whatever the bytes are. */
export function parseFrame(bytes: Uint8Array, at: number): ParsedFrame {
  if (bytes.length - at < FRAME_HEAD_BYTES) return { ok: false, fault: "short" };
  const head = parseHead(bytes, at);
  if (head === null) return { ok: false, fault: "head" };
  if (head.length < 1 || head.length > FRAME_JSON_BYTES_MAX) return { ok: false, fault: "length" };
  const end = at + FRAME_HEAD_BYTES + head.length;
  if (bytes.length < end) return { ok: false, fault: "short" };
  if (crc32c(bytes, at + SUM_BYTES, end) !== head.sum) return { ok: false, fault: "sum" };
  if (bytes.length === end) return { ok: false, fault: "short" };
  const json = bytes.subarray(at + FRAME_HEAD_BYTES, end);
  const lineBytes = end + 1 - at;
  return bytes[end] === LINE_FEED
    ? { ok: true, json, bytes: lineBytes }
    : { ok: false, fault: "line-end", json, bytes: lineBytes };
}

/** Bytes of the whole line by its head, whatever follows; null when there is no head. */
export function frameBytesAt(bytes: Uint8Array, at: number): number | null {
  const head = parseHead(bytes, at);
  return head === null ? null : FRAME_HEAD_BYTES + head.length + 1;
}

function parseHead(bytes: Uint8Array, at: number): { sum: number; length: number } | null {
  const sum = readHex(bytes, at);
  const length = readDecimal(bytes, at + SUM_BYTES);
  const spaced = bytes[at + 8] === SPACE && bytes[at + FRAME_HEAD_BYTES - 1] === SPACE;
  return sum === null || length === null || !spaced ? null : { sum, length };
}

/** 8 lower-case hex digits; another spelling of the same number is not a frame. */
function readHex(bytes: Uint8Array, at: number): number | null {
  let value = 0;
  for (let index = at; index < at + 8; index += 1) {
    const byte = bytes[index] ?? 0;
    const isDigit = byte >= 0x30 && byte <= 0x39;
    const isLetter = byte >= 0x61 && byte <= 0x66;
    if (!isDigit && !isLetter) return null;
    value = value * 16 + (isDigit ? byte - 0x30 : byte - 0x57);
  }
  return value;
}

function readDecimal(bytes: Uint8Array, at: number): number | null {
  let value = 0;
  for (let index = at; index < at + 5; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte < 0x30 || byte > 0x39) return null;
    value = value * 10 + (byte - 0x30);
  }
  return value;
}
