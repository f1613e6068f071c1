/** Comparing and joining bytes. */

export function bytesEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && firstDifference(one, other) === one.length;
}

/** Where the two differ first; the shorter length when one begins the other. */
export function firstDifference(one: Uint8Array, other: Uint8Array): number {
  const length = Math.min(one.length, other.length);
  let at = 0;
  while (at < length && one[at] === other[at]) at += 1;
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
