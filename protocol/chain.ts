/**
 * The chain of hashes: `h(s) = SHA-256(h(s-1) ‖ json bytes)`, and `h(0)` names box and epoch, so
 * that the records of another box, or of another life of this one, never fit.
 */
import { FRAME_JSON_BYTES_MAX } from "./frame.ts";

/** SHA-256 over the parts, 64 lower-case hex digits. Injected: a page has no synchronous one. */
export type HashParts = (...parts: readonly Uint8Array[]) => string;

/** Of SHA-256. */
export const HASH_BYTES = 32;

/** Hash before the first record of an epoch. */
export function chainStart(hash: HashParts, boxId: string, epoch: string): string {
  return hash(asciiBytes(`one-room/1${boxId}${epoch}`));
}

/** Where both parts of a hash are laid side by side: a start of the box does so for each record. */
const LINK_ROOM = new Uint8Array(HASH_BYTES + FRAME_JSON_BYTES_MAX);

/** @param previous 64 hex digits @param json exactly the stored bytes, never a re-serialisation */
export function chainNext(hash: HashParts, previous: string, json: Uint8Array): string {
  const length = HASH_BYTES + json.length;
  if (length > LINK_ROOM.length) return hash(hexBytes(previous), json);
  writeHex(previous, LINK_ROOM, 0);
  LINK_ROOM.set(json, HASH_BYTES);
  return hash(LINK_ROOM.subarray(0, length));
}

/** What a record says of its predecessor: the first 16 bytes of its hash. */
export function chainLink(previous: string): string {
  return previous.slice(0, 32);
}

function asciiBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Lower-case hex digits only, as every hash here is. */
export function hexBytes(hex: string): Uint8Array {
  const bytes = new Uint8Array(hex.length / 2);
  writeHex(hex, bytes, 0);
  return bytes;
}

/** The same, into bytes that are there already. By a table: a start does so for each record. */
export function writeHex(hex: string, into: Uint8Array, at: number): void {
  for (let digit = 0, to = at; digit < hex.length; digit += 2, to += 1) {
    into[to] = (digitAt(hex, digit) << 4) | digitAt(hex, digit + 1);
  }
}

function digitAt(hex: string, at: number): number {
  return DIGIT_OF[hex.charCodeAt(at)] as number;
}

const DIGIT_OF = Uint8Array.from({ length: 128 }, (_, code) =>
  code < 0x3a ? code - 0x30 : code - 0x57,
);

/** The other way round. */
export function hexText(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += (byte < 16 ? "0" : "") + byte.toString(16);
  return text;
}
