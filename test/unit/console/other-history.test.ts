/** Goal: a history that is held beside the counted one is known to be, and none that is not. */
import { expect, test } from "vitest";
import {
  longestHeld,
  numbersBeneath,
  type OtherHoldings,
} from "../../../console/server/ingest/other-history.ts";

const chain = (letters: string, from: number, before: string) =>
  [...letters].map((h, at) => ({ s: from + at, h, p: letters[at - 1] ?? before }));

/** The county counts a b c d e; beside them lie D E F, which hang on c. */
const counted = chain("abcde", 1, "0");
const aside = chain("DEF", 4, "c");
const holdings = (conflicts = aside, contig = 5): OtherHoldings => ({
  contig,
  held: counted,
  conflicts,
});

test("a chain that was set aside whole is held to its end", () => {
  expect(longestHeld([{ s: 6, h: "F" }], holdings())).toEqual({ s: 6, h: "F" });
});

test("a chain with a hole is not held", () => {
  const withHole = aside.filter(({ s }) => s !== 5);
  expect(longestHeld([{ s: 6, h: "F" }], holdings(withHole))).toBeNull();
});

test("a part of the counted history is held, and what is missing under it is not", () => {
  expect(longestHeld([{ s: 3, h: "c" }], holdings([]))).toEqual({ s: 3, h: "c" });
  expect(longestHeld([{ s: 5, h: "e" }], holdings([], 4))).toBeNull();
  expect(longestHeld([{ s: 9, h: "i" }], holdings())).toBeNull();
});

test("of several ends that are held the furthest counts, and an empty history is none", () => {
  const ends = [
    { s: 4, h: "D" },
    { s: 6, h: "F" },
    { s: 7, h: "?" },
  ];
  expect(longestHeld(ends, holdings())).toEqual({ s: 6, h: "F" });
  expect(longestHeld([{ s: 0, h: "0" }], holdings())).toBeNull();
});

test("the numbers to look up are the ends, and where each contradiction hangs", () => {
  expect(numbersBeneath([{ s: 6, h: "F" }], aside).sort()).toEqual([3, 4, 5, 6]);
});
