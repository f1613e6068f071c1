/**
 * Which sequence numbers of a journal are here: a contiguous prefix and what came early. Pure.
 *
 * Ranges are closed, `[from, to]`, in order, and never touch each other.
 */
export type Range = readonly [from: number, to: number];

export interface Cursor {
  /** Everything from 1 to here is committed. */
  readonly contig: number;
  /** What lies beyond, with gaps before each. */
  readonly extra: readonly Range[];
}

export const EMPTY_CURSOR: Cursor = { contig: 0, extra: [] };

/** The cursor after these numbers have arrived too, in any order and however often. */
export function advance(cursor: Cursor, arrived: readonly number[]): Cursor {
  const ranges = merge([...cursor.extra, ...arrived.map((s): Range => [s, s])]);
  let { contig } = cursor;
  const extra: Range[] = [];
  for (const [from, to] of ranges) {
    if (from <= contig + 1) contig = Math.max(contig, to);
    else extra.push([from, to]);
  }
  return { contig, extra };
}

function merge(ranges: readonly Range[]): Range[] {
  const merged: Range[] = [];
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last[1] + 1) {
      merged[merged.length - 1] = [last[0], Math.max(last[1], to)];
    } else {
      merged.push([from, to]);
    }
  }
  return merged;
}

/** What is missing between what is here; what was not sent yet is not missing. */
export function gaps({ contig, extra }: Cursor): Range[] {
  let before = contig;
  return extra.map(([from, to]) => {
    const gap: Range = [before + 1, from - 1];
    before = to;
    return gap;
  });
}

/** The highest number that is here. */
export function highest({ contig, extra }: Cursor): number {
  return extra.at(-1)?.[1] ?? contig;
}

/** A PostgreSQL int8multirange, `{[5,8),[10,12)}`: its ranges are half open. */
export function toMultirange(ranges: readonly Range[]): string {
  return `{${ranges.map(([from, to]) => `[${from},${to + 1})`).join(",")}}`;
}

export function fromMultirange(text: string): Range[] {
  return [...text.matchAll(/\[(\d+),(\d+)\)/g)].map(([, from, end]) => [
    Number(from),
    Number(end) - 1,
  ]);
}
