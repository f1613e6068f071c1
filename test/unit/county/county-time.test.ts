/**
 * Goal: the county's time is taken from acknowledgements, and never more exactly than they tell.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Ack } from "../../../protocol/generated/types.ts";
import { CountyTime } from "../../../src/county/county-time.ts";

const NOW = Date.UTC(2026, 2, 5);
const ack = (upTo: number, now = NOW): Ack => ({
  v: 1,
  box: "fupdlzbs3wjwlgav",
  epoch: "0a1b2c3d",
  upTo,
  h: null,
  want: [],
  win: 1,
  now,
});

test("half the way there and back is the uncertainty", () => {
  const time = new CountyTime();
  time.sent("0a1b2c3d", 10, 5000);
  expect(time.acknowledged(ack(10), 5600)).toEqual({
    mt0: 5600,
    wall0: NOW + 300,
    unc: 300,
    rtt: 600,
  });
});

test("an acknowledgement of what was never sent tells no time", () => {
  const time = new CountyTime();
  expect(time.acknowledged(ack(10), 100)).toBeNull();
  time.sent("0a1b2c3d", 11, 200);
  expect(time.acknowledged(ack(10), 300)).toBeNull();
  time.sent("ffffffff", 5, 200);
  expect(time.acknowledged(ack(10), 300)).toBeNull();
});

test("a batch that is sent again keeps its first moment, and is answered once", () => {
  const time = new CountyTime();
  time.sent("0a1b2c3d", 10, 1000);
  time.sent("0a1b2c3d", 10, 21_000);
  expect(time.acknowledged(ack(10), 21_100)).toMatchObject({ rtt: 20_100 });
  expect(time.acknowledged(ack(10), 21_200)).toBeNull();
});

test("what was answered once tells no time again, also when the county lost it meanwhile", () => {
  const time = new CountyTime();
  time.sent("0a1b2c3d", 10, 1000);
  time.acknowledged(ack(10), 1100);
  time.sent("0a1b2c3d", 10, 90_000);
  expect(time.acknowledged(ack(10), 90_001)).toBeNull();
});

test("the newest batch that is covered counts, and one that waited for minutes does not", () => {
  const time = new CountyTime();
  time.sent("0a1b2c3d", 10, 1000);
  time.sent("0a1b2c3d", 20, 9000);
  expect(time.acknowledged(ack(20), 9400)).toMatchObject({ rtt: 400 });
  time.sent("0a1b2c3d", 30, 10_000);
  expect(time.acknowledged(ack(30), 400_000)).toBeNull();
});

interface Step {
  readonly waitMs: number;
  /** The same batch once more. */
  readonly again: boolean;
  /** The very first answer is played again instead of the true one. */
  readonly replay: boolean;
}

/** How far each sample is from the truth, beyond what it says of itself. */
function errorsOf(steps: readonly Step[]): number[] {
  const time = new CountyTime();
  let bootMs = 0;
  let to = 0;
  let first: Ack | undefined;
  return steps.map(({ waitMs, again, replay }) => {
    to += again ? 0 : 1;
    time.sent("0a1b2c3d", to, bootMs);
    bootMs += Math.floor(waitMs / 2);
    const fresh = ack(to, NOW + bootMs);
    first ??= fresh;
    bootMs += Math.ceil(waitMs / 2);
    const sample = time.acknowledged(replay ? first : fresh, bootMs);
    return sample === null ? 0 : Math.abs(sample.wall0 - (NOW + bootMs)) - sample.unc;
  });
}

test("whatever is delayed, repeated or played again, the true time lies in the interval", () => {
  const step = fc.record({ waitMs: fc.nat(60_000), again: fc.boolean(), replay: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      expect(Math.max(0, ...errorsOf(steps))).toBeLessThanOrEqual(1);
    }),
  );
});
