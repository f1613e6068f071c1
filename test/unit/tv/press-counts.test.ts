/** Goal: the press counts that were promised hold. Method: counted on a TV over a real room. */
import { expect, test } from "vitest";
import type { RemoteKey } from "../../../src/tv/screen.ts";
import type { HeadlessTv } from "../../support/headless-tv.ts";
import { okUntil } from "../../support/shown-screens.ts";
import { studyDay } from "../../support/study-day.ts";

/** Presses that an act takes. */
async function presses(tv: HeadlessTv, act: () => Promise<void>): Promise<number> {
  const before = tv.presses;
  await act();
  return tv.presses - before;
}

async function atSignin(members: number): Promise<HeadlessTv> {
  const tv = await studyDay({ members });
  await tv.press("ok");
  expect(tv.place).toBe("signin");
  return tv;
}

/** 40 of 50: the first forty are here. */
const HERE = 40;
const ALL = 50;
const digits = (no: number): RemoteKey[] =>
  [...String(no).padStart(2, "0")].map((digit) => `digit-${Number(digit)}` as const);
const signed = ({ view }: HeadlessTv) => view.session?.counts;

test.each([
  [50, 40, 53],
  [120, 90, 123],
])("点名: of %i members %i are signed in with at most %i presses", async (all, here, most) => {
  const tv = await atSignin(all);
  const count = await presses(tv, async () => {
    for (let no = 1; no <= all; no += 1) await tv.press(no <= here ? "ok" : "right");
  });
  expect(signed(tv)).toMatchObject({ P: here, A: all - here, unmarked: 0 });
  expect(count).toBeLessThanOrEqual(most);
});

test("报号: 40 of 50 are signed in with at most 83 presses", async () => {
  const tv = await atSignin(ALL);
  const count = await presses(tv, async () => {
    for (let no = 1; no <= HERE; no += 1) await tv.press(...digits(no));
    await tv.press("ok", "right", "ok");
  });
  expect(signed(tv)).toMatchObject({ P: HERE, A: ALL - HERE, unmarked: 0 });
  expect(count).toBeLessThanOrEqual(83);
});

test("全到去缺: 40 of 50 are signed in with at most 30 presses, the heads among them", async () => {
  const tv = await atSignin(ALL);
  const count = await presses(tv, async () => {
    await tv.press("menu", ...digits(HERE), "ok");
    for (let no = HERE + 1; no <= ALL; no += 1) await tv.press(...digits(no));
    await tv.press("ok");
  });
  expect(signed(tv)).toMatchObject({ P: HERE, A: ALL - HERE, unmarked: 0 });
  expect(tv.view.session?.heads).toBe(HERE);
  expect(count).toBeLessThanOrEqual(30);
});

test("全到去缺 without digits or menu key takes at most 45 presses", async () => {
  const tv = await atSignin(ALL);
  const count = await presses(tv, async () => {
    await tv.press("down", "down", "down", "down", "ok");
    for (let heads = 0; heads < HERE; heads += 5) await tv.press("up");
    await tv.press("ok");
    for (let row = 0; row < HERE / 4; row += 1) await tv.press("down");
    for (let no = HERE + 1; no < ALL; no += 1) await tv.press("ok", "right");
    await tv.press("ok", "ok");
  });
  expect(signed(tv)).toMatchObject({ P: HERE, A: ALL - HERE, unmarked: 0 });
  expect(count).toBeLessThanOrEqual(45);
});

test("today's lesson starts with one press", async () => {
  const tv = await studyDay({ members: 1 });
  expect(await presses(tv, () => tv.press("ok"))).toBe(1);
  expect(tv.place).toBe("signin");
});

test("in the film: paused with one press, a segment again with one, a card passed with one", async () => {
  const tv = await atSignin(1);
  await okUntil(tv, ({ place }) => place === "film");
  await tv.wait(9000);
  expect(await presses(tv, () => tv.press("up"))).toBe(1);
  expect(tv.view.session?.film?.atMs).toBeLessThan(1000);
  await tv.press("ok");
  expect(tv.view.session?.film?.playing).toBe(false);
  await tv.press("ok");
  expect(tv.view.session?.film?.playing).toBe(true);
  await okUntil(tv, ({ view }) => view.session?.explaining != null);
  await tv.press("ok");
  expect(tv.view.session?.explaining).toBeNull();
});

test("a late-comer is signed in with at most five presses", async () => {
  const tv = await atSignin(3);
  await tv.press("ok", "ok", "right", "ok", "ok");
  await okUntil(tv, ({ place }) => place === "hint");
  const count = await presses(tv, async () => {
    await tv.press("back");
    await tv.pressUntil("down", 4, ({ focused }) => focused.includes("补签到"));
    await tv.press("ok", "ok");
  });
  expect(signed(tv)).toMatchObject({ P: 2, L: 1, A: 0 });
  expect(count).toBeLessThanOrEqual(5);
});

test("every area of home takes at most five presses, and its last session three more", async () => {
  for (const words of ["片库", "补课", "学习记录", "其他活动", "设置"]) {
    const tv = await studyDay({ members: 1 });
    // From the beginning ◀ leads to the end.
    const way = words === "设置" ? "left" : "down";
    const count = await presses(tv, async () => {
      await tv.pressUntil(way, 9, ({ focused }) => focused.includes(words));
      await tv.press("ok");
    });
    expect(tv.place, words).not.toBe("home");
    expect(count, words).toBeLessThanOrEqual(5);
  }
});

test("discussion takes at most ten presses a topic, feedback six a question", async () => {
  const tv = await atSignin(1);
  await okUntil(tv, ({ place }) => place === "discuss");
  expect(
    await presses(tv, () => okUntil(tv, ({ place }) => place !== "discuss")),
  ).toBeLessThanOrEqual(10);
  expect(tv.place).toBe("feedback");
  expect(
    await presses(tv, () => okUntil(tv, ({ place }) => place !== "feedback")),
  ).toBeLessThanOrEqual(6);
});

test("any of 200 lessons is found with at most twelve presses by 片号", async () => {
  const tv = await studyDay({
    members: 1,
    prepare: async ({ library }) => {
      for (let no = 1; no <= 200; no += 1)
        library.lessons.set(`l${no}`, { schema: "one-room.material/1" });
    },
  });
  const count = await presses(tv, async () => {
    await tv.pressUntil("down", 4, ({ focused }) => focused.includes("片库"));
    await tv.press("ok", "digit-0", "digit-0", "digit-0", "digit-1");
  });
  expect(tv.place).toBe("lesson");
  expect(count).toBeLessThanOrEqual(12);
});
