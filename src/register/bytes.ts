/** Comparing and joining bytes. */

export function bytesEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && firstDifference(one, other) === one.length;
}

const WORD_BYTES = 4;

/** Where the two differ first; the shorter length when one begins the other. */
export function firstDifference(one: Uint8Array, other: Uint8Array): number {
  const length = Math.min(one.length, other.length);
  let at = equalWords(one, other, Math.floor(length / WORD_BYTES)) * WORD_BYTES;
  while (at < length && one[at] === other[at]) at += 1;
  return at;
}

/** How many whole words at the start are the same; none where the bytes do not lie on words. */
function equalWords(one: Uint8Array, other: Uint8Array, count: number): number {
  if (one.byteOffset % WORD_BYTES !== 0 || other.byteOffset % WORD_BYTES !== 0) return 0;
  const these = new Uint32Array(one.buffer, one.byteOffset, count);
  const those = new Uint32Array(other.buffer, other.byteOffset, count);
  let at = 0;
  while (at < count && these[at] === those[at]) at += 1;
  return at;
}

/** Where `one` ends to differ from `other`, looked at from their ends; not before `from`. */
export function lastDifference(one: Uint8Array, other: Uint8Array, from: number): number {
  let to = one.length;
  let at = other.length;
  while (to > from && at > from && one[to - 1] === other[at - 1]) {
    to -= 1;
    at -= 1;
  }
  return to;
}

export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
