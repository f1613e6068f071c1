/**
 * Canonical JSON as OLPC has it, over which TUF signs: names by code point, integers, no white
 * space, `"` and `\` the only escapes. One value has one text.
 */

/** Deeper than any metadata of ours or others'; a bound for what was not verified yet. */
const DEPTH_MAX = 32;
/** A half of a pair has no UTF-8 of its own: two texts would become the same bytes. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Null for a value that has no canonical form: a fraction, a number beyond 2⁵³, too deep. */
export function canonicalJson(value: unknown): Uint8Array | null {
  const text = write(value, 0);
  return text === null ? null : new TextEncoder().encode(text);
}

function write(value: unknown, depth: number): string | null {
  if (depth > DEPTH_MAX) return null;
  if (typeof value === "string") return writeString(value);
  if (typeof value === "number") return Number.isSafeInteger(value) ? integer(value) : null;
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value !== "object") return null;
  return Array.isArray(value) ? writeArray(value, depth) : writeObject(value, depth);
}

function writeArray(value: readonly unknown[], depth: number): string | null {
  const items = value.map((item) => write(item, depth + 1));
  return items.includes(null) ? null : `[${items.join(",")}]`;
}

/** Not `-0`. */
function integer(value: number): string {
  return String(value === 0 ? 0 : value);
}

function writeString(text: string): string | null {
  if (LONE_SURROGATE.test(text)) return null;
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}

function writeObject(value: object, depth: number): string | null {
  const members: string[] = [];
  for (const [name, member] of Object.entries(value).sort(byCodePoint)) {
    const written = [writeString(name), write(member, depth + 1)];
    if (written.includes(null)) return null;
    members.push(written.join(":"));
  }
  return `{${members.join(",")}}`;
}

function byCodePoint([left]: [string, unknown], [right]: [string, unknown]): number {
  const [a, b] = [[...left], [...right]];
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    const difference = (a[at]?.codePointAt(0) ?? 0) - (b[at]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
