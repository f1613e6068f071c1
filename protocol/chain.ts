/**
 * The chain of hashes: `h(s) = SHA-256(h(s-1) ‖ json bytes)`, and `h(0)` names box and epoch, so
 * that the records of another box, or of another life of this one, never fit.
 */

/** SHA-256 over the parts, 64 lower-case hex digits. Injected: a page has no synchronous one. */
export type HashParts = (...parts: readonly Uint8Array[]) => string;

/** Hash before the first record of an epoch. */
export function chainStart(hash: HashParts, boxId: string, epoch: string): string {
  return hash(asciiBytes(`one-room/1${boxId}${epoch}`));
}

/** @param previous 64 hex digits @param json exactly the stored bytes, never a re-serialisation */
export function chainNext(hash: HashParts, previous: string, json: Uint8Array): string {
  return hash(hexBytes(previous), json);
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
  for (let index = 0; index < bytes.length; index += 1) {
    bytes[index] = hexDigit(hex, index * 2) * 16 + hexDigit(hex, index * 2 + 1);
  }
  return bytes;
}

function hexDigit(hex: string, at: number): number {
  const code = hex.charCodeAt(at);
  return code < 0x3a ? code - 0x30 : code - 0x57;
}

/** The other way round. */
export function hexText(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += (byte < 16 ? "0" : "") + byte.toString(16);
  return text;
}
