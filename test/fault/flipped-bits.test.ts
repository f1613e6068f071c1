/**
 * Goal: no single wrong bit of a journal goes unseen, and none loses a record in silence.
 */
import { expect, test } from "vitest";
import {
  type BitVerdict,
  flipBit,
  isMended,
  judgeFlipped,
  makeSegment,
} from "../support/flipped-bits.ts";

const RECORDS = 20;

test.each(["A", "B"] as const)(
  "every bit of copy %s: seen, and mended from the other",
  async (where) => {
    const { name, bytes } = await makeSegment(RECORDS);
    const sound = await judgeFlipped({ name, bytes, where }, bytes);
    expect([sound.verdict, sound.proven.length]).toEqual(["", RECORDS]);
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const flipped = { name, bytes: flipBit(bytes, bit), where };
      const { verdict, proven } = await judgeFlipped(flipped, bytes);
      const isSeen = /^(damage|line-end) in [AB] at \d+$/.test(verdict) && verdict.includes(where);
      const isWhole = proven.join() === sound.proven.join();
      if (!isSeen || !isWhole) expect([bit, verdict, proven.length]).toBe("seen, with all records");
      // Each byte once: recovery writes the same file for each of its bits.
      if (bit % 8 === (bit >> 3) % 8)
        expect(await isMended(flipped, bytes), `bit ${bit}`).toBe(true);
    }
  },
  60_000,
);

test("every bit of the only copy: seen, and no record is missing without a word", async () => {
  const { name, bytes } = await makeSegment(RECORDS);
  const sound = await judgeFlipped({ name, bytes, where: "alone" }, bytes);
  const silent = (verdict: BitVerdict) =>
    verdict.verdict === "" || verdict.proven.some((record, at) => record !== sound.proven[at]);
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const flipped = { name, bytes: flipBit(bytes, bit), where: "alone" } as const;
    const found = await judgeFlipped(flipped, bytes);
    const lost = RECORDS - found.proven.length - found.beyond;
    const isTold = /^(corrupt|unreadable|line-end)/.test(found.verdict);
    if (silent(found) || !isTold || (lost > 1 && found.verdict !== "unreadable"))
      expect([bit, found.verdict, lost]).toBe("seen, and told");
  }
}, 60_000);
