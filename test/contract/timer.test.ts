import { expect, test } from "vitest";
import { FakeTimer } from "../../platform/fake/fake-timer.ts";
import { nodeTimer } from "../../platform/node/node-timer.ts";

test("T1: the time never goes back", async () => {
  for (const timer of [nodeTimer, new FakeTimer({ jumps: true })]) {
    const before = timer.nowMs();
    await timer.wait(1).over;
    expect(timer.nowMs()).toBeGreaterThanOrEqual(before);
  }
});

test("T2: a wait that is cancelled is over at once", async () => {
  for (const timer of [nodeTimer, new FakeTimer()]) {
    const wait = timer.wait(3_600_000);
    wait.cancel();
    await wait.over;
  }
});

test("T2: the fake wakes who has slept enough, and nobody else", async () => {
  const timer = new FakeTimer();
  const woken: number[] = [];
  const waits = [10, 20].map((ms) => timer.wait(ms).over.then(() => woken.push(ms)));
  timer.advance(10);
  await waits[0];
  expect(woken).toEqual([10]);
  timer.advance(10);
  await Promise.all(waits);
  expect(woken).toEqual([10, 20]);
});
