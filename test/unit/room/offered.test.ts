/** 按需供片: lessons of the county's catalogue that are not here, from the lists to the asking. */
import { expect, test } from "vitest";
import { stateWords } from "../../../src/tv/parts/words.ts";
import { FakeRoom, FakeSupply, makePlan, makeRoster } from "../../support/fake-room.ts";
import { HeadlessTv } from "../../support/headless-tv.ts";

async function suppliedRoom() {
  const fake = new FakeRoom();
  fake.supply = new FakeSupply({ rice: "稻子", pest: "病虫害", dance: "广场舞" });
  await fake.start();
  await fake.give("roster", makeRoster(3));
  return { fake, supply: fake.supply };
}

test("what the county publishes and is not here stands in the list, and says so", async () => {
  const { fake } = await suppliedRoom();
  const cards = fake.room.lessonCards();
  expect(cards.map(({ id, state }) => [id, state])).toEqual([
    ["rice", "ready"],
    ["fire", "ready"],
    ["pest", "absent"],
    ["dance", "absent"],
  ]);
  expect(cards.slice(2).map(stateWords)).toEqual(["没有下载", "没有下载"]);
  expect(await fake.room.lesson("pest")).toMatchObject({
    card: { title: "病虫害" },
    material: null,
    want: "can",
  });
});

test("a lesson that was asked for comes tonight; asking again is not offered", async () => {
  const { fake, supply } = await suppliedRoom();
  await fake.done({ kind: "want-lesson", lesson: "pest" });
  expect(supply.asked).toEqual(["pest"]);
  const card = fake.room.lessonCards().find(({ id }) => id === "pest");
  expect(card === undefined ? "" : stateWords(card)).toBe("今晚下载");
  expect(await fake.room.lesson("pest")).toMatchObject({
    want: "asked",
    why: "今晚下载，下好就能放。",
  });
});

test("a lesson that is planned comes without being asked for, and home knows its title", async () => {
  const { fake } = await suppliedRoom();
  await fake.give("plan", makePlan([{ date: "2026-03-12", type: "study-day", lessons: ["pest"] }]));
  const [card] = fake.view.home.plan?.lessons ?? [];
  expect(card).toMatchObject({ title: "病虫害", state: "absent", wanted: true });
  expect(card === undefined ? "" : stateWords(card)).toBe("今晚下载");
  expect(await fake.room.lesson("pest")).toMatchObject({ want: "asked" });
});

test("what the county does not publish cannot be asked for", async () => {
  const { fake, supply } = await suppliedRoom();
  const refused = await fake.do({ kind: "want-lesson", lesson: "unheard-of" });
  expect(refused).toMatchObject({ ok: false, error: { code: "no-lesson" } });
  expect(supply.asked).toEqual([]);
  const alone = await new FakeRoom().start();
  expect(await alone.do({ kind: "want-lesson", lesson: "pest" })).toMatchObject({ ok: false });
  expect(await alone.room.lesson("pest")).toBeNull();
});

test("on the TV 确定 asks for it, the page says when it comes, and 确定 again leads back", async () => {
  const { fake, supply } = await suppliedRoom();
  const tv = new HeadlessTv(fake);
  await tv.settle();
  await tv.press("down", "ok");
  expect(tv.place).toBe("library");
  await tv.press("digit-5", "digit-0", "digit-0", "digit-2");
  expect(tv.words).toContain("点这个片子，今晚下载");
  await tv.press("ok");
  expect(supply.asked).toEqual(["pest"]);
  expect(tv.words).toContain("今晚下载，下好就能放。");
  expect(tv.refusals).toEqual([]);
  await tv.press("ok");
  expect(tv.place).not.toBe("lesson");
  expect(supply.asked).toEqual(["pest"]);
});

test("a lesson that is damaged or half here says what happens by itself, and what does not", () => {
  const bySelf = { supplied: true };
  expect(stateWords({ state: "quarantined", ...bySelf })).toBe("已损坏，今晚自动修复");
  expect(stateWords({ state: "quarantined" })).toBe("已损坏，请重新导入");
  expect(stateWords({ state: "partial", tenths: 3, ...bySelf })).toBe("正在下载三成");
  expect(stateWords({ state: "partial", tenths: 3 })).toBe("缺文件，请重新导入");
  expect(stateWords({ state: "needs-upgrade", ...bySelf })).toBe("需要先升级");
  expect(stateWords({ state: "ready" })).toBe("可播放");
});

test("a lesson of a newer program says 需要先升级, and cannot be asked for", async () => {
  const { fake, supply } = await suppliedRoom();
  supply.beyond.add("pest");
  const card = fake.room.lessonCards().find(({ id }) => id === "pest");
  expect(card === undefined ? "" : stateWords(card)).toBe("需要先升级");
  expect(await fake.room.lesson("pest")).toMatchObject({
    material: null,
    why: expect.stringContaining("需要先升级"),
  });
  const refused = await fake.do({ kind: "want-lesson", lesson: "pest" });
  expect(refused).toMatchObject({ ok: false, error: { code: "no-lesson" } });
  expect(supply.asked).toEqual([]);
});
