/**
 * Goal: no single wrong bit of a journal goes unseen, and none loses a record in silence. Method:
 * every bit of a very short journal, read as a start reads it; that reading only the neighbourhood
 * of the damage says the same is shown there, and longer ones are read so.
 */
import { expect, test } from "vitest";
import {
  type BitVerdict,
  bitsOf,
  isMended,
  judgeWhole,
  makeSegment,
  Neighbourhood,
  type Where,
  type WholeSegment,
} from "../support/flipped-bits.ts";

/** Read whole, for each bit. */
const FEW = 4;
/** `npm run fault -- bits 1000` asks for more. */
const RECORDS = Number(process.env["ONE_ROOM_FAULT_COUNT"] ?? 20);

const WHERES = ["A", "B", "alone"] as const;

/** Two copies: everything is there and only the bad one is mended. One: a loss is told. */
function isRight(where: Where, { verdict, missing }: BitVerdict): boolean {
  if (where !== "alone") {
    return (
      missing === 0 && /^(damage|line-end) in [AB] at \d+$/.test(verdict) && verdict.includes(where)
    );
  }
  const isTold = missing === 1 && /^corrupt at \d+$/.test(verdict);
  return isTold || (missing === 0 && /^line-end in A at \d+$/.test(verdict));
}

/** The first record says whose journal it is: alone and rotten, it takes all others with it. */
function isRightFirst(where: Where, found: BitVerdict): boolean {
  return isRight(where, found) || (where === "alone" && found.verdict === "unreadable");
}

async function judgeFirst(whole: WholeSegment, where: Where): Promise<string[]> {
  const wrong: string[] = [];
  for (const bit of bitsOf(whole, 1)) {
    const found = await judgeWhole(whole, where, bit);
    if (!isRightFirst(where, found)) wrong.push(`bit ${bit}: ${found.verdict}, ${found.missing}`);
  }
  return wrong;
}

test.each(WHERES)(
  `the neighbourhood of a wrong bit says what the whole says, copy %s`,
  async (where) => {
    const whole = await makeSegment(FEW);
    const wrong = await judgeFirst(whole, where);
    for (let s = 2; s <= FEW; s += 1) {
      const near = new Neighbourhood(whole, s);
      for (const bit of bitsOf(whole, s)) {
        const [found, same] = [await judgeWhole(whole, where, bit), near.judge(where, bit)];
        if (!isRight(where, found)) wrong.push(`bit ${bit}: ${found.verdict}, ${found.missing}`);
        const isSame = same.verdict === found.verdict && same.missing === found.missing;
        if (!isSame) wrong.push(`bit ${bit}: ${found.verdict}; near: ${same.verdict}`);
      }
    }
    expect(wrong.slice(0, 3)).toEqual([]);
  },
  120_000,
);

test.each(WHERES)(
  `every bit of ${RECORDS} records is seen, copy %s`,
  async (where) => {
    const whole = await makeSegment(RECORDS);
    const wrong = await judgeFirst(whole, where);
    let count = 0;
    for (let s = 2; s <= RECORDS; s += 1) {
      const near = new Neighbourhood(whole, s);
      for (const bit of bitsOf(whole, s)) {
        const found = near.judge(where, bit);
        if (!isRight(where, found)) wrong.push(`bit ${bit}: ${found.verdict}, ${found.missing}`);
        count += 1;
      }
    }
    expect(wrong.slice(0, 3)).toEqual([]);
    // All but those of the first record.
    expect(count).toBe((whole.bytes.length - (whole.offsets[1] ?? 0)) * 8);
    process.stdout.write(`${whole.bytes.length * 8} bits of ${RECORDS} records, copy ${where}\n`);
  },
  3_600_000,
);

test.each(["A", "B"] as const)(
  "a wrong bit in any byte of copy %s is mended",
  async (where) => {
    const whole = await makeSegment(FEW);
    const wrong: number[] = [];
    for (let byte = 0; byte < whole.bytes.length; byte += 1) {
      // Another bit in each byte: recovery writes the same file for every one of them.
      const bit = byte * 8 + (byte % 8);
      if (!(await isMended(whole, where, bit))) wrong.push(bit);
    }
    expect(wrong).toEqual([]);
  },
  120_000,
);
