/** Goal: the cursor of a journal never says more, and never less, than what has arrived. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  advance,
  EMPTY_CURSOR,
  fromMultirange,
  gaps,
  highest,
  toMultirange,
} from "../../../console/server/ingest/ranges.ts";

describe("advance", () => {
  test("moves the prefix over records that follow it", () => {
    expect(advance(EMPTY_CURSOR, [1, 2, 3])).toEqual({ contig: 3, extra: [] });
  });

  test("keeps early records apart, as ranges that do not touch", () => {
    const cursor = advance(EMPTY_CURSOR, [1, 5, 6, 9]);
    expect(cursor).toEqual({
      contig: 1,
      extra: [
        [5, 6],
        [9, 9],
      ],
    });
    expect(gaps(cursor)).toEqual([
      [2, 4],
      [7, 8],
    ]);
  });

  test("joins prefix and early records when the gap is filled", () => {
    const cursor = advance({ contig: 1, extra: [[3, 4]] }, [2]);
    expect(cursor).toEqual({ contig: 4, extra: [] });
    expect(gaps(cursor)).toEqual([]);
  });

  test("is not moved by records that were here already", () => {
    expect(advance({ contig: 7, extra: [[9, 9]] }, [1, 7, 9])).toEqual({
      contig: 7,
      extra: [[9, 9]],
    });
  });
});

const numbers = fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 80 });

test("order and repetition of what arrives make no difference", () => {
  fc.assert(
    fc.property(
      numbers,
      fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 9 }),
      (all, cuts) => {
        let cursor = EMPTY_CURSOR;
        let at = 0;
        for (const size of cuts) {
          cursor = advance(cursor, all.slice(at, at + size));
          at += size;
        }
        cursor = advance(cursor, all.slice(at));
        const sorted = [...new Set(all)].sort((a, b) => a - b);
        expect(cursor).toEqual(advance(EMPTY_CURSOR, sorted));
      },
    ),
  );
});

test("what is here and what is missing together are everything up to the highest", () => {
  fc.assert(
    fc.property(numbers, (all) => {
      const cursor = advance(EMPTY_CURSOR, all);
      const here = new Set(all);
      const missing = gaps(cursor).flatMap(([from, to]) =>
        Array.from({ length: to - from + 1 }, (_, index) => from + index),
      );
      const wanted: number[] = [];
      for (let s = 1; s <= highest(cursor); s += 1) if (!here.has(s)) wanted.push(s);
      expect(missing).toEqual(wanted);
    }),
  );
});

test("ranges survive PostgreSQL's multirange text", () => {
  fc.assert(
    fc.property(numbers, (all) => {
      const { extra } = advance(EMPTY_CURSOR, all);
      expect(fromMultirange(toMultirange(extra))).toEqual(extra);
    }),
  );
  expect(toMultirange([[5, 7]])).toBe("{[5,8)}");
  expect(fromMultirange("{[5,8),[10,12)}")).toEqual([
    [5, 7],
    [10, 11],
  ]);
});
