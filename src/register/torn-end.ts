/**
 * Torn or corrupt? Torn is only what one write that the power cut can explain: such a record was
 * never acknowledged. Everything else was whole once, and is never cut off.
 */
import {
  FRAME_HEAD_BYTES,
  FRAME_JSON_BYTES_MAX,
  frameBytesAt,
  parseFrame,
} from "../../protocol/frame.ts";

const LINE_FEED = 0x0a;
/** What a disk writes at once; what it did not come to reads as zeros. */
const SECTOR_BYTES = 512;
/** The longest line, and what the largest sector may have held before it. */
const TORN_BYTES_MAX = FRAME_HEAD_BYTES + FRAME_JSON_BYTES_MAX + 1 + 4096;

/** @param offset where the line begins that is no frame */
export function looksTorn(bytes: Uint8Array, offset: number): boolean {
  const rest = bytes.length - offset;
  const told = frameBytesAt(bytes, offset);
  // More than one write: several records were whole here.
  if (rest > (told ?? TORN_BYTES_MAX)) return false;
  // All that was written arrived, but for a sector perhaps. JSON itself holds no zero bytes.
  if (rest === told) return hasEmptySector(bytes, offset);
  const written = lengthWithoutZeros(bytes, offset);
  const lineEnd = bytes.subarray(offset, written).indexOf(LINE_FEED);
  // A short line without its end, perhaps followed by space that was never written.
  if (lineEnd === -1) return true;
  const isLastLine = offset + lineEnd + 1 === written && written === bytes.length;
  return isLastLine && hasEmptySector(bytes, offset);
}

function lengthWithoutZeros(bytes: Uint8Array, offset: number): number {
  let length = bytes.length;
  while (length > offset && bytes[length - 1] === 0) length -= 1;
  return length;
}

function hasEmptySector(bytes: Uint8Array, offset: number): boolean {
  for (let at = offset; at < bytes.length; at = nextSector(at)) {
    const sector = bytes.subarray(at, Math.min(nextSector(at), bytes.length));
    if (sector.every((byte) => byte === 0)) return true;
  }
  return false;
}

function nextSector(at: number): number {
  return (Math.floor(at / SECTOR_BYTES) + 1) * SECTOR_BYTES;
}

/** The next frame behind bytes that are none; null when there is no more. */
export function findNextFrame(bytes: Uint8Array, offset: number): number | null {
  for (
    let at = bytes.indexOf(LINE_FEED, offset);
    at !== -1;
    at = bytes.indexOf(LINE_FEED, at + 1)
  ) {
    if ("json" in parseFrame(bytes, at + 1)) return at + 1;
  }
  return null;
}
