import { expect, test } from "vitest";
import { progressBar, timeLeft } from "../../../cli/lesson/progress-bar.ts";

test.each([
  [10_000, 0.01, ""],
  [10_000, 0.5, "还要 10 秒"],
  [60_000, 0.25, "还要 3 分"],
  [3_600_000, 0.4, "还要 1 小时 30 分"],
  [10_000, 1, ""],
])("after %i ms at %f it says %j", (elapsed, done, text) => {
  expect(timeLeft(elapsed, done)).toBe(text);
});

test("away from a terminal a line is written at each tenth, and no more", () => {
  const written: string[] = [];
  const clock = { bootMs: () => 0 };
  const write = (text: string) => void written.push(text);
  const bar = progressBar({ clock, write, isTerminal: false });
  for (let step = 0; step <= 1000; step += 1) bar.show("转视频", step / 1000);
  bar.end();
  expect(written).toHaveLength(11);
  expect(written.join("")).not.toContain("\r");
});

test("work that goes on where it stopped tells the time by what it does now", () => {
  let nowMs = 0;
  const written: string[] = [];
  const write = (text: string) => void written.push(text);
  const bar = progressBar({ clock: { bootMs: () => nowMs }, write, isTerminal: true });
  bar.show("量响度", 0);
  nowMs = 1000;
  bar.show("转视频", 0.5);
  nowMs = 11_000;
  bar.show("转视频", 0.75);
  // A quarter took ten seconds, and one is left.
  expect(written.at(-1)).toContain(" 75% 还要 10 秒");
});
