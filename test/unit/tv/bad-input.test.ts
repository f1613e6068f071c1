/**
 * Goal: what a county, a lesson or a roster gets wrong never stops a session, and never looks
 * broken. Method: whole sessions by OK alone over a real room; every picture on the way measured.
 */
import { expect, test } from "vitest";
import type { Material } from "../../../protocol/generated/types.ts";
import {
  type FakeRoom,
  makeMember,
  makePlan,
  makeRoster,
  startUnsureRoom,
} from "../../support/fake-room.ts";
import { goHome } from "../../support/go-home.ts";
import { HeadlessTv } from "../../support/headless-tv.ts";
import { BARE_MATERIAL, MATERIAL } from "../../support/lessons.ts";
import { breachesOf, focusBreaches } from "../../support/standard.ts";
import { type StudyDay, studyDay } from "../../support/study-day.ts";

const PRESSES_MAX = 400;
const FILM_STEP_MS = 5000;

/** Nothing is asked: the film runs. */
function isRunning({ place, view, video }: HeadlessTv): boolean {
  return place === "film" && view.session?.explaining === null && !video.paused;
}

/** A session by OK alone, from home to home; what was said on its way. */
async function holdSession(tv: HeadlessTv): Promise<string> {
  await tv.press("ok");
  expect(tv.view.session, tv.words).not.toBeNull();
  const said = await holdRest(tv);
  expect(tv.refusals).toEqual([]);
  return said;
}

/** What is left of it. */
async function holdRest(tv: HeadlessTv): Promise<string> {
  const said = new Set<string>();
  const breaches = new Set<string>();
  for (let press = 0; press < PRESSES_MAX && tv.view.session !== null; press += 1) {
    said.add(tv.words);
    for (const breach of [...breachesOf(tv.scene), ...focusBreaches(tv.scene)]) {
      breaches.add(`${tv.place}: ${breach}`);
    }
    if (isRunning(tv)) await tv.wait(FILM_STEP_MS);
    else await tv.press("ok");
  }
  expect([...breaches]).toEqual([]);
  expect(tv.place).toBe("home");
  expect(tv.fake.room.sessionSummaries()[0]).toMatchObject({ closed: true, ending: "done" });
  return [...said].join("\n");
}

const withMaterial = (material: Material) => async (fake: FakeRoom) => {
  fake.library.lessons.set("rice", material);
};

const NAMES = [
  ["25 characters", "阿卜杜热合曼·吐尔逊江·阿不都克里木·买买提江·艾"],
  ["25 characters without a dot", "阿卜杜热合曼吐尔逊江阿不都克里木艾合买提江伊布拉音"],
  ["characters beyond the basic plane", "𠮷𪚥𬭎"],
  ["one character", "一"],
  ["a Latin name", "Anna-Maria Lüdenscheidt X"],
  ["a digit", "张三2"],
] as const;

test.each(NAMES)("a name of %s is signed in and searched for", async (_what, name) => {
  for (const scale of ["standard", "huge"] as const) {
    const roster = { ...makeRoster(0, 2), members: [makeMember(1, { name }), makeMember(2)] };
    const prepare: StudyDay["prepare"] = (fake) => fake.give("roster", roster);
    const tv = await studyDay({ members: 1, scale, prepare });
    await tv.press("ok");
    expect(tv.words.replace(/\n/g, "")).toContain(name);
    expect(breachesOf(tv.scene)).toEqual([]);
    await tv.press("down", "down", "down", "down", "ok", "up", "ok");
    expect(tv.words).toContain("多选了 3 位");
    expect(tv.words.replace(/\n/g, "")).toContain(name);
    expect([...breachesOf(tv.scene), ...focusBreaches(tv.scene)]).toEqual([]);
    await tv.press("back");
    await goHome(tv);
  }
});

test.each(["standard", "huge"] as const)("120 people are a session, in scale %s", async (scale) => {
  const tv = await studyDay({ members: 120, scale });
  await holdSession(tv);
  expect(tv.fake.room.sessionSummaries()[0]?.counts).toMatchObject({ expected: 120, P: 120 });
});

test("a roster of nobody is a session of nobody", async () => {
  const tv = await studyDay({ members: 0 });
  const said = await holdSession(tv);
  expect(said).not.toMatch(/undefined|null|NaN/);
  expect(tv.fake.room.sessionSummaries()[0]?.counts).toMatchObject({ expected: 0, P: 0 });
});

test("a lesson without poster, captions, cues, points, topics and questions is a session", async () => {
  const tv = await studyDay({ members: 2, prepare: withMaterial(BARE_MATERIAL) });
  expect(await holdSession(tv)).not.toMatch(/undefined|null|NaN/);
});

test("two cues in one second and a cue after the end are all explained", async () => {
  const tv = await studyDay({ members: 2 });
  const said = await holdSession(tv);
  for (const { text } of MATERIAL.explain?.cues ?? []) expect(said).toContain(text);
});

test.each([
  ["shorter", 31],
  ["longer", 300],
  ["unknown", Number.POSITIVE_INFINITY],
])("a film that is %s than its lesson says is shown to its end, or left", async (_what, filmS) => {
  const tv = await studyDay({ members: 1 });
  const other = new HeadlessTv(tv.fake, { filmS });
  await other.settle();
  if (Number.isFinite(filmS)) {
    await holdSession(other);
    return;
  }
  await other.press("ok");
  await other.pressUntil("ok", 12, ({ place }) => place === "film");
  await other.wait(FILM_STEP_MS);
  await other.press("ok");
  expect(other.words).not.toMatch(/NaN|Infinity/);
  expect(breachesOf(other.scene)).toEqual([]);
  await other.press("back");
  await other.pressUntil("down", 6, ({ focused }) => focused.includes("往下进行"));
  await other.press("ok");
  expect(other.place).toBe("discuss");
});

test("a lesson that says it lasts no time at all is played", async () => {
  const tv = await studyDay({ members: 1 });
  await tv.press("ok");
  await tv.pressUntil("ok", 12, ({ place }) => place === "film");
  const view = structuredClone(tv.view);
  if (view.session?.film) view.session.film.durationMs = 0;
  tv.app.show(view);
  await tv.press("right");
  expect(tv.words).not.toMatch(/NaN|Infinity/);
  for (const node of tv.scene) {
    const numbers = Object.values(node).filter((value) => typeof value === "number");
    expect(numbers.every(Number.isFinite), JSON.stringify(node)).toBe(true);
  }
});

test.each(["study-day", "committee", "no-such-type"])(
  "a plan of %s without lessons leads on",
  async (type) => {
    const day = { date: "2026-03-05", type, lessons: [], theme: "" };
    const prepare: StudyDay["prepare"] = (fake) => fake.give("plan", makePlan([day]));
    const tv = await studyDay({ members: 1, prepare });
    expect(breachesOf(tv.scene)).toEqual([]);
    await tv.press("ok");
    expect(["signin", "library"]).toContain(tv.place);
    await goHome(tv);
  },
);

test("a planned lesson that nobody knows is said, and another one can be shown", async () => {
  const tv = await studyDay({ members: 1, lessons: ["no-such-lesson"] });
  expect(breachesOf(tv.scene)).toEqual([]);
  await tv.press("ok");
  expect(tv.place).toBe("library");
});

test("a date that nobody knows is asked for once, and is no reason to wait", async () => {
  const fake = await startUnsureRoom(0);
  const tv = new HeadlessTv(fake);
  await tv.settle();
  expect(tv.words).toContain("时间未确认");
  await tv.pressUntil("down", 9, ({ focused }) => focused.includes("片库"));
  await tv.press("ok", "ok", "ok");
  expect(tv.place).toBe("confirm-date");
  expect(breachesOf(tv.scene)).toEqual([]);
  for (let press = 0; press < PRESSES_MAX && tv.view.session !== null; press += 1) {
    if (isRunning(tv)) await tv.wait(FILM_STEP_MS);
    else await tv.press("ok");
  }
  expect(tv.place).toBe("home");
  expect(fake.room.sessionSummaries()[0]).toMatchObject({ closed: true });
});

test.each(["standard", "huge"] as const)(
  "with no disk that takes a record every screen says so in scale %s, and six keys lead on",
  async (scale) => {
    const tv = await studyDay({ members: 3, scale });
    await tv.press("ok", "ok");
    const { disk } = tv.fake.machine;
    disk.broken = "io";
    await tv.pressUntil("ok", 9, ({ refusals }) => refusals.length >= 2);
    const places = new Set<string>();
    const said = new Set<string>();
    for (let step = 0; step < 12 && !places.has("closing"); step += 1) {
      await tv.press("back");
      said.add(tv.words);
      await tv.pressUntil("down", 6, ({ focused }) => /下一步|往下进行/.test(focused));
      await tv.press("ok");
      places.add(tv.place);
      expect(tv.words, tv.place).toContain("请用纸质签到");
      const found = [...breachesOf(tv.scene), ...focusBreaches(tv.scene)];
      expect(found.filter((breach) => !breach.includes("已保存"))).toEqual([]);
    }
    expect([...places]).toContain("film");
    expect([...places]).toContain("closing");
    expect([...said].join()).not.toMatch(/已保存|会保存/);
    disk.broken = null;
    await holdRest(tv);
    expect(tv.fake.room.sessionSummaries()[0]).toMatchObject({ closed: true });
  },
);
