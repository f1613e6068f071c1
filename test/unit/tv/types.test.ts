/**
 * Goal: with six keys a room begins any type of session, practises without a trace, and is told
 * what to do when the planned lesson cannot be shown. Method: the page's app over a real room.
 */

import { expect, test } from "vitest";
import type { RemoteKey } from "../../../src/tv/screen.ts";
import { goHome } from "../../support/go-home.ts";
import type { HeadlessTv } from "../../support/headless-tv.ts";
import { Monkey } from "../../support/monkey.ts";
import { breachesOf } from "../../support/standard.ts";
import { studyDay } from "../../support/study-day.ts";

/** From home to the lesson page of a 练习. */
async function toPractice(tv: HeadlessTv): Promise<void> {
  await tv.pressUntil("down", 6, ({ words }) => words.includes("今天学习"));
  for (let count = 0; count < 4; count += 1) await tv.press("down");
  await tv.press("ok", "ok", "ok");
  expect(tv.place).toBe("library");
  await tv.pressUntil("ok", 3, ({ place }) => place === "lesson");
}

function journalOf(tv: HeadlessTv): string {
  const files = [...tv.fake.machine.disk.files];
  return files.map(([path, bytes]) => `${path} ${Buffer.from(bytes).toString("hex")}`).join("\n");
}

test("every place is at most five presses away from home", async () => {
  const tv = await studyDay({ members: 3 });
  const reached: string[] = [];
  const ways: RemoteKey[][] = [1, 2, 3, 4].map((count) => Array(count).fill("down"));
  for (const way of [...ways, ["left"] as RemoteKey[]]) {
    const before = tv.presses;
    await tv.press(...way, "ok");
    expect(tv.presses - before).toBeLessThanOrEqual(5);
    reached.push(tv.place);
    await tv.press("back");
    for (let count = 0; count < 6; count += 1) await tv.press("up");
  }
  expect(reached).toEqual(["library", "makeup", "history", "types", "settings"]);
});

test("OK alone leads through a whole practice; each screen says so, and no byte changes", async () => {
  const tv = await studyDay({ members: 3 });
  await toPractice(tv);
  expect(tv.words).toContain("开始练习（不登记）");
  const before = journalOf(tv);
  await tv.press("ok");
  const places = new Set<string>();
  for (let count = 0; count < 80 && tv.view.session !== null; count += 1) {
    places.add(tv.place);
    expect(tv.words, tv.place).toContain("练习，不登记");
    if (tv.place === "film" && tv.view.session.explaining === null) await tv.wait(5000);
    else await tv.press("ok");
  }
  const stages = ["closing", "discuss", "feedback", "film", "hint", "practise", "signin"];
  expect([...places].sort()).toEqual(stages);
  expect(tv.place).toBe("home");
  expect(journalOf(tv)).toBe(before);
  expect(tv.fake.room.sessionSummaries()).toEqual([]);
});

test.each([11, 59])("blind presses through a practice, seed %i, write no record", async (seed) => {
  const tv = await studyDay({ members: 3 });
  await toPractice(tv);
  const before = journalOf(tv);
  await tv.press("ok");
  const monkey = new Monkey(seed);
  let acts = 0;
  for (; acts < 600 && tv.view.session !== null; acts += 1) {
    expect(tv.view.session.practice).toBe(true);
    await monkey.act(tv);
  }
  expect(acts).toBeGreaterThan(5);
  expect(journalOf(tv)).toBe(before);
});

test("集中收看直播 begins with the six keys and says which signal to choose", async () => {
  const tv = await studyDay({ members: 2 });
  await tv.press("down", "down", "down", "down", "ok");
  await tv.press("down", "down", "down", "ok");
  expect(tv.words).toContain("集中收看直播");
  await tv.press("ok");
  expect(tv.view.session?.type).toBe("live-broadcast");
  await tv.pressUntil("ok", 8, ({ place }) => place === "plain-stage");
  expect(tv.words).toContain("请把电视换到直播信号");
  await tv.pressUntil("ok", 30, ({ view }) => view.session?.closed != null);
  expect(tv.view.session?.closed?.ending).toBe("done");
});

test("the planned lesson is not here: home says so, and offers another or a meeting", async () => {
  const prepare = async (fake: HeadlessTv["fake"]) => void fake.library.lessons.delete("rice");
  const tv = await studyDay({ members: 2, prepare });
  expect(tv.words).toContain("今天安排的片子还没有到这台机器上。");
  expect(breachesOf(tv.scene)).toEqual([]);
  await tv.press("ok");
  expect(tv.place).toBe("library");
  await tv.press("back");
  await tv.press("up", "up", "down", "ok");
  expect(tv.place).toBe("types");
  await goHome(tv);
});
