/** Ids of letters: 5 bits each (RFC 4648, base 32 in small letters). Chance is the caller's. */
const LETTERS = "abcdefghijklmnopqrstuvwxyz234567";

/** One letter a byte, of its lowest 5 bits. */
export function letterId(bytes: Iterable<number>): string {
  return Array.from(bytes, (byte) => LETTERS.charAt(byte & 31)).join("");
}
