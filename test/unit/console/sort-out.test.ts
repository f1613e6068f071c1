/**
 * Goal: a contradiction is kept apart, never taken for news, never put in place of what is held.
 */
import { describe, expect, test } from "vitest";
import { journalChain } from "../../../console/server/ingest/chain.ts";
import { type CheckedBatch, checkBatch } from "../../../console/server/ingest/check-batch.ts";
import {
  type Holdings,
  numbersConcerned,
  sortOut,
} from "../../../console/server/ingest/sort-out.ts";
import type { HeldRecord } from "../../../console/server/store/record-store.ts";
import { BOX, filledJournal, type TestJournal } from "./journal.ts";

function checked(journal: TestJournal, from: number, n: number): CheckedBatch {
  const answer = checkBatch(BOX, JSON.stringify(journal.batch(from, n)), journalChain);
  if (!answer.ok) throw new Error(answer.why);
  return answer.batch;
}

function held(journal: TestJournal, ...numbers: number[]): Holdings {
  const records: HeldRecord[] = journal.records
    .filter(({ s }) => numbers.includes(s))
    .map(({ s, h, p }) => ({ s, h, p: (JSON.parse(p) as { p: string }).p }));
  return { held: records, contradicting: [] };
}

const numbersOf = (sorted: ReturnType<typeof sortOut>) => ({
  fresh: sorted.fresh.map(({ s }) => s),
  conflicts: sorted.conflicts.map(({ s }) => s),
});

/** The same first two records, then another life. */
function forked(): TestJournal {
  const journal = filledJournal(2);
  for (let s = 3; s <= 5; s += 1) journal.append("test.note", { text: `另一条${s}` });
  return journal;
}

describe("sortOut", () => {
  test("takes what is not here, once, however often it was sent", () => {
    const journal = filledJournal(5);
    const batches = [checked(journal, 1, 3), checked(journal, 2, 4)];
    expect(numbersOf(sortOut(held(journal, 1), batches))).toEqual({
      fresh: [2, 3, 4, 5],
      conflicts: [],
    });
  });

  test("takes records that come early", () => {
    const journal = filledJournal(9);
    expect(numbersOf(sortOut(held(journal), [checked(journal, 8, 2)]))).toEqual({
      fresh: [8, 9],
      conflicts: [],
    });
  });

  test("sets another record of the same number aside, and all that hang on it", () => {
    const batch = checked(forked(), 2, 4);
    expect(numbersOf(sortOut(held(filledJournal(3), 1, 2, 3), [batch]))).toEqual({
      fresh: [],
      conflicts: [3, 4, 5],
    });
  });

  test("sets records aside that hang on another predecessor than the one held", () => {
    const batch = checked(forked(), 4, 2);
    expect(numbersOf(sortOut(held(filledJournal(3), 3), [batch]))).toEqual({
      fresh: [],
      conflicts: [4, 5],
    });
  });

  test("sets records aside that hang on a contradiction from an earlier batch", () => {
    const journal = forked();
    const contradicting = [journal.records[3]?.h ?? ""];
    expect(numbersOf(sortOut({ held: [], contradicting }, [checked(journal, 5, 1)]))).toEqual({
      fresh: [],
      conflicts: [5],
    });
  });

  test("sets a record aside that does not lead to the one held after it", () => {
    const batch = checked(forked(), 3, 1);
    expect(numbersOf(sortOut(held(filledJournal(4), 4), [batch]))).toEqual({
      fresh: [],
      conflicts: [3],
    });
  });
});

test("the neighbours of a batch are looked up with it", () => {
  expect(numbersConcerned([checked(filledJournal(6), 3, 2)]).sort()).toEqual([2, 3, 4, 5]);
});
