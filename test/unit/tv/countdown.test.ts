/** Goal: home says how far the next study day is, and nothing that nobody knows. */
import { expect, test } from "vitest";
import { makePlan, startUnsureRoom } from "../../support/fake-room.ts";
import { HeadlessTv } from "../../support/headless-tv.ts";
import { breachesOf } from "../../support/standard.ts";
import { studyDay } from "../../support/study-day.ts";

const on = (date: string) => [{ date, type: "study-day", lessons: ["rice"], theme: "" }];

test.each([
  ["2026-03-05", "今天是党员电教日"],
  ["2026-03-06", "明天是党员电教日"],
  ["2026-03-08", "还有 3 天：3 月 8 日党员电教日"],
  ["2026-04-01", "还有 27 天：4 月 1 日党员电教日"],
])("with the plan's day on %s it says %s", async (date, words) => {
  for (const scale of ["standard", "huge"] as const) {
    const tv = await studyDay({
      ...{ members: 1, scale, lessons: [] },
      prepare: (fake) => fake.give("plan", { ...makePlan(on(date)), version: 2 }),
    });
    expect(tv.words).toContain(words);
    expect(breachesOf(tv.scene)).toEqual([]);
  }
});

test("with a date that nobody knows no days are counted", async () => {
  const fake = await startUnsureRoom(0);
  await fake.give("plan", makePlan(on("2026-03-08")));
  const tv = new HeadlessTv(fake);
  await tv.settle();
  expect(tv.words).toContain("下一次：3 月 8 日党员电教日（今天几号还没有确认）");
  expect(tv.words).not.toMatch(/还有|明天/);
});

test("a few hours before midnight of the county's day it is still tomorrow", async () => {
  const tv = await studyDay({
    ...{ members: 1, lessons: [] },
    prepare: (fake) => fake.give("plan", { ...makePlan(on("2026-03-06")), version: 2 }),
  });
  const { clock } = tv.view;
  const view = structuredClone(tv.view);
  const midnight = Date.UTC(2026, 2, 5, 15, 59);
  expect(clock.utcOffsetMinutes).toBe(480);
  view.clock.unixMs = midnight;
  tv.app.show(view);
  await tv.settle();
  expect(tv.words).toContain("明天是党员电教日");
});
