/**
 * Goal: a block that one copy loses comes back from the other; and where there was no other, a
 * record that was acknowledged is missed aloud.
 */
import { expect, test } from "vitest";
import {
  type LivedRegister,
  liveOnce,
  loseBlocks,
  mend,
  readBlocks,
  segmentsOf,
} from "../../support/lost-blocks.ts";
import { makeChance } from "../../support/power-cuts.ts";

const SEED = Number(process.env["ONE_ROOM_SEED"] ?? 20_261_125);

test(`R2: every block of 512 and 4096 bytes that one copy loses is mended from the other (seed ${SEED})`, async () => {
  const lived = await liveOnce(SEED, 0);
  if (lived === null) throw new Error("a sound disk took nothing");
  const whole = segmentsOf(lived.disk);
  let count = 0;
  for (const { name, disk } of loseBlocks(lived.disk, makeChance(SEED))) {
    const { unproven, isTold } = await readBlocks(disk, lived.acknowledged);
    expect([unproven, isTold], name).toEqual([[], false]);
    expect(await mend(disk), name).toEqual(whole);
    count += 1;
  }
  expect(count).toBeGreaterThan(40);
});

/** @returns what is lost and should not be, or in silence */
async function judge({ disk, acknowledged, aloneFrom }: LivedRegister, seed: number) {
  const wrong: string[] = [];
  const sound = await readBlocks(disk, acknowledged);
  if (sound.unproven.length > 0) wrong.push(`${sound.unproven} without any damage`);
  for (const block of loseBlocks(disk, makeChance(seed))) {
    const { unproven, isTold } = await readBlocks(block.disk, acknowledged);
    // A single bit never looks like a write that was cut off; a block may, in an only copy.
    const isExcused = block.damage !== "one bit" && unproven.every((s) => s >= aloneFrom);
    const isSilent = unproven.length > 0 && !isTold;
    if (isSilent && !isExcused) wrong.push(`${unproven} lost by ${block.name}`);
  }
  return wrong;
}

test(`J4: whatever calls of the disk fail, no lost block takes in silence what both copies held, and no lost bit takes anything (seed ${SEED})`, async () => {
  const wrong: string[] = [];
  for (let life = 1; life <= 40; life += 1) {
    const seed = SEED + life * 7919;
    const lived = await liveOnce(seed, 4);
    const found = lived === null ? [] : await judge(lived, seed);
    wrong.push(...found.map((what) => `life ${life}: ${what}`));
  }
  expect(wrong.slice(0, 5)).toEqual([]);
});
