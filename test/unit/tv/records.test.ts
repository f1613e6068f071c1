/**
 * Goal: what the journal holds can be read, made up and answered at the TV with six keys, and what
 * is pressed there is what is recorded. Method: the page over a room with a past.
 */
import { expect, test } from "vitest";
import { paginate } from "../../../src/tv/parts/pages.ts";
import { goHome } from "../../support/go-home.ts";
import type { HeadlessTv } from "../../support/headless-tv.ts";
import { PEOPLE, pastDay } from "../../support/past-day.ts";
import { studyDay } from "../../support/study-day.ts";

const [ONE, TWO, THREE, FOUR] = PEOPLE;

/** A session by its place, the oldest first. */
function sessionAt(tv: HeadlessTv, index: number) {
  const all = tv.fake.register.fold.sessions({}).slice().reverse();
  const session = all[index];
  if (session === undefined) throw new Error(`no session ${index}`);
  return session;
}

test("the last session is three presses away from home's tile, and its books turn with ▶", async () => {
  const tv = await pastDay();
  await tv.press("down", "down", "down");
  const before = tv.presses;
  await tv.press("ok", "ok", "ok");
  expect(tv.presses - before).toBeLessThanOrEqual(3);
  expect(tv.place).toBe("history-session");
  expect(tv.words).toContain("课 fire");
  await tv.press("right", "right");
  expect(tv.words).toContain("收看情况登记簿");
  expect(tv.words).toContain("实际放了 2 分钟");
  await tv.press("right");
  expect(tv.words).toContain("今年怎么防？\n说到：选种、晒田\n发言：同志1、同志2\n还有疑问");
  await tv.press("right");
  expect(tv.words).toContain("学会了 2 人  没有 少数");
  expect(tv.words).toContain("愿意 2 人：同志1、同志2");
});

test("from the 签到册 one member's handbook is opened", async () => {
  const tv = await pastDay();
  await tv.press("down", "down", "down", "ok", "ok", "ok", "right");
  expect(tv.words).toContain("03 同志3  未到");
  await tv.press("down", "down", "ok");
  expect(tv.place).toBe("member");
  expect(tv.words).toContain("应到 2 场  到 0 场  连补课 0 场");
  expect(tv.words).toContain("请假  还欠 1 课");
  expect(await goHome(tv)).toBeLessThanOrEqual(4);
});

test("an inspector sees meetings, what is owed, and the code of each session", async () => {
  const tv = await pastDay();
  await tv.press("down", "down", "down", "ok", "down", "ok");
  expect(tv.place).toBe("inspect");
  expect(tv.words).toContain("共 2 场");
  expect(tv.words).toContain("还有 2 人欠课，共 3 课次");
  const shown = [tv.words];
  for (let page = 0; page < 4; page += 1) {
    await tv.press("down");
    shown.push(tv.words);
  }
  expect(shown.join("\n")).toContain(sessionAt(tv, 0).headCode);
});

test("送学上门 is registered for those who are picked, and the debt is smaller by them", async () => {
  const tv = await pastDay();
  await tv.press("down", "down", "ok");
  expect(tv.words).not.toContain("同志3");
  expect(tv.words).toContain("还有 1 位没有补");
  await tv.press("down", "ok", "down", "ok", "ok", "back");
  const { makeups } = sessionAt(tv, 0);
  expect(makeups).toMatchObject([{ how: "home", members: [THREE], item: 0 }]);
  expect(tv.place).toBe("makeup");
});

test("补课 begins the missed lesson with six presses, for those who owe it", async () => {
  const tv = await pastDay();
  const before = tv.presses;
  await tv.press("down", "down", "ok", "down", "ok", "ok");
  expect(tv.presses - before).toBeLessThanOrEqual(6);
  expect(tv.view.session).toMatchObject({ type: "makeup", title: "补课：课 rice" });
  const members = tv.fake.room.members(tv.view.session?.id)?.members;
  expect(members?.map(({ id }) => id)).toEqual([THREE, FOUR]);
});

test("a picker that is left with nobody registers nothing", async () => {
  const tv = await pastDay();
  await tv.press("down", "down", "ok", "ok", "down", "ok", "back", "back");
  expect(sessionAt(tv, 1).makeups).toEqual([]);
});

async function toSigninDone(tv: HeadlessTv): Promise<void> {
  await tv.press("ok");
  await tv.fake.done({ kind: "mark", how: "all", marks: PEOPLE.map((id) => [id, "P"]) as never });
  await tv.fake.done({ kind: "headcount", heads: null });
  await tv.pressUntil("ok", 8, ({ place }) => place === "tasks");
}

test("an earlier task comes back before the lesson; OK alone writes nothing and goes on", async () => {
  const tv = await pastDay();
  await toSigninDone(tv);
  expect(tv.words).toContain("回家看一看自家的田。");
  await tv.press("ok", "ok");
  expect(tv.place).toBe("hint");
  expect(sessionAt(tv, 0).results).toEqual([]);
});

test("who did it is picked among those who took it on", async () => {
  const tv = await pastDay();
  await toSigninDone(tv);
  await tv.press("right", "ok");
  expect(tv.words).toContain("谁做到了？");
  expect(tv.words).not.toContain("同志3");
  await tv.press("ok", "back");
  expect(sessionAt(tv, 1).results).toMatchObject([{ ending: "done", heads: 1, did: [ONE] }]);
  await tv.press("down", "right", "ok");
  expect(sessionAt(tv, 0).results).toMatchObject([{ ending: "dropped", heads: null }]);
  expect(tv.place).toBe("hint");
});

test("an outing has a sign-in of its own, apart from the session's", async () => {
  const outing = { id: "p1", kind: "outing" as const, text: "去看示范田。" };
  const tv = await studyDay({
    members: 4,
    async prepare(fake) {
      const material = fake.library.lessons.get("fire");
      const practise = { tasks: [outing] } as never;
      if (material !== undefined) fake.library.lessons.set("fire", { ...material, practise });
      const { openMarked } = await import("../../support/hold-session.ts");
      await openMarked(fake, { lessons: ["fire"], marks: { [ONE]: "P" } });
      await fake.done({ kind: "assign", task: "p1", heads: 1, members: [] });
      await fake.done({ kind: "abandon" }, { kind: "leave-closed" });
    },
  });
  await toSigninDone(tv);
  await tv.press("right", "ok");
  expect(tv.words).toContain("谁去了？");
  await tv.press("down", "ok", "back");
  const [result] = sessionAt(tv, 0).results;
  expect(result).toMatchObject({ ending: "done", heads: 1 });
  expect(result?.marks).toMatchObject([{ member: THREE, status: "P" }]);
});

test("guests are counted beside 应到; who is on the roster is marked by name", async () => {
  const tv = await pastDay();
  await tv.press("ok", "down", "down", "down", "down", "down", "ok");
  expect(tv.place).toBe("guests");
  await tv.press("right", "right", "left", "down", "right", "right", "down", "right");
  expect(tv.view.session?.counts).toMatchObject({ expected: 4, G: 3, Q: 1 });
  expect(tv.view.session?.guests).toHaveLength(1);
  await tv.press("down", "ok", "ok", "back");
  expect(tv.place).toBe("signin");
  expect(tv.view.session?.counts).toMatchObject({ expected: 4, P: 0, unmarked: 4 });
  await tv.press("down", "down", "down", "down", "down", "ok");
  expect(tv.words).toContain("双管、协管党员  到 1 位");
});

async function toClosing(tv: HeadlessTv): Promise<void> {
  await tv.press("ok");
  const marks = [ONE, TWO, THREE].map((id) => [id, "P"]);
  await tv.fake.done({ kind: "mark", how: "call", marks: [...marks, [FOUR, "A"]] as never });
  while (tv.view.session?.flow[tv.view.session.at]?.kind !== "closing") await tv.fake.advance();
  await tv.settle();
  expect(tv.place).toBe("closing");
}

test("OK alone closes and says nothing of the paper sheet", async () => {
  const tv = await pastDay();
  await toClosing(tv);
  await tv.press("ok");
  expect(sessionAt(tv, 2)).toMatchObject({ closed: true, paper: null });
});

test("the paper sheet agrees, or the few who differ are named; no mark is changed", async () => {
  const tv = await pastDay();
  await toClosing(tv);
  await tv.press("down", "down", "ok");
  expect(tv.place).toBe("paper");
  await tv.press("ok", "digit-0", "digit-4", "back");
  expect(sessionAt(tv, 2).paper).toMatchObject({
    result: "differs",
    missing: [ONE],
    extra: [FOUR],
  });
  expect(tv.place).toBe("closing");
  await tv.press("down", "ok");
  expect(sessionAt(tv, 2)).toMatchObject({ closed: true, paper: { result: "same" } });
  expect(sessionAt(tv, 2).counts).toMatchObject({ P: 3, A: 1 });
});

test("lines are paged whole, and none is lost", () => {
  const lines = Array.from({ length: 40 }, (_, index) => `${index} ${"长".repeat(index * 2)}`);
  const pages = paginate(lines, { size: 48, top: 150, bottom: 930 });
  const plain = (words: readonly string[]) => words.join("").replace(/\s/g, "");
  expect(plain(pages.flat())).toBe(plain(lines));
  expect(pages.length).toBeGreaterThan(3);
  expect(paginate([], { size: 48, top: 150, bottom: 930 })).toEqual([[]]);
});
