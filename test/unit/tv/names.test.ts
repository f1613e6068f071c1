/**
 * Goal: who spoke, who will try, and a group drawn by chance reach the record or the screen as they
 * were pressed. Method: the pages over a real room, and the models alone.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { enterHand } from "../../../src/tv/parts/hand-entry.ts";
import { drawGroup, groupsOf } from "../../../src/tv/screens/discuss/draw-group.ts";
import { inGroupOrder, isByGroup, rollGroups } from "../../../src/tv/screens/signin/roll-groups.ts";
import { EMPTY_STATE } from "../../../src/tv/screens/signin/roll-state.ts";
import { SIZES } from "../../../src/tv/theme.ts";
import { type FakeRoom, makeMember, makeRoster } from "../../support/fake-room.ts";
import type { HeadlessTv } from "../../support/headless-tv.ts";
import { breachesOf, focusBreaches } from "../../support/standard.ts";
import { studyDay } from "../../support/study-day.ts";

/** Three are here, one is not; the film is passed over. */
async function atStage(place: string): Promise<HeadlessTv> {
  const tv = await studyDay({ members: 4 });
  await tv.press("ok", "ok", "ok", "right", "ok");
  for (let press = 0; press < 40 && tv.place !== place; press += 1) {
    if (tv.place === "film") await tv.fake.advance();
    else await tv.press("ok");
    await tv.settle();
  }
  expect(tv.place).toBe(place);
  return tv;
}

const idOf = (no: number) => makeMember(no).id;

test("who spoke is picked from those who are here, and stands in the record", async () => {
  const tv = await atStage("discuss");
  await tv.press("down", "ok", "down", "ok", "right", "ok");
  expect(tv.words).toContain("谁发言了？");
  expect(tv.words).not.toContain("同志3");
  await tv.press("ok", "digit-0", "digit-4", "back");
  expect(tv.view.session?.notes["t1"]).toMatchObject({
    points: [0],
    speakers: [idOf(1), idOf(4)],
    doubts: true,
  });
  await tv.press("down");
  expect(tv.words).toContain("发言 2 位");
});

test("a number that nobody has is said, and OK again takes a name back", async () => {
  const tv = await atStage("discuss");
  await tv.press("down", "down", "right", "ok", "digit-9", "digit-9");
  expect(tv.words).toContain("没有 99 号");
  await tv.press("ok", "ok");
  expect(tv.words).toContain("选了 0 位");
});

test("who will try is named, and as many heads are counted", async () => {
  const tv = await atStage("practise");
  await tv.press("left", "ok", "right", "ok", "back");
  expect(tv.words).toContain("2 人");
  await tv.press("ok");
  expect(tv.view.session?.assigned["p1"]).toMatchObject({
    heads: 2,
    members: [idOf(1), idOf(2)],
  });
});

test("OK goes round 愿意, 有困难 and neither; both stand in the record, and return as one list", async () => {
  const tv = await atStage("practise");
  await tv.press("left", "ok", "right", "ok", "ok");
  expect(tv.words).toContain("愿意 1 位  有困难 1 位");
  expect(tv.words).toMatch(/▲ 02 .* 有困难/);
  await tv.press("down", "ok", "ok", "ok", "back");
  const expected = { members: [idOf(1)], hindered: [idOf(2)], heads: 1 };
  expect(tv.view.session?.assigned["p1"]).toMatchObject(expected);
  expect(tv.words).toContain("有困难 1 位");
  await tv.press("ok");
  expect(tv.view.session?.assigned["p1"]).toMatchObject(expected);
  const [task] = tv.fake.register.fold.sessions({ limit: 1 })[0]?.tasks ?? [];
  expect(task).toMatchObject(expected);
});

const ALIKE = ["甲", "乙"].map((end) => `阿卜杜热合曼·吐尔逊江·阿不都克里木·买买提江·${end}`);

test.each(["standard", "large", "huge"] as const)(
  "two names of 25 characters that differ in the last are told apart wherever one is chosen, %s",
  async (scale) => {
    const members = [1, 2, 3].map((no) => makeMember(no, { name: ALIKE[no - 1] ?? "王桂兰" }));
    const prepare = (fake: FakeRoom) => fake.give("roster", { ...makeRoster(0), members });
    const tv = await studyDay({ members: 0, scale, prepare });
    const isWhole = (where: string) => {
      const words = tv.words.replace(/\n/g, "");
      for (const name of ALIKE) expect(words, where).toContain(name);
      expect([...breachesOf(tv.scene), ...focusBreaches(tv.scene)], where).toEqual([]);
      const least = Math.min(...tv.texts.map(({ size }) => size));
      expect(least, where).toBeGreaterThanOrEqual(SIZES[scale].hint);
    };
    await tv.press("ok", "menu", "up", "ok");
    isWhole("全到去缺");
    await tv.press("back", "right", "right", "ok", "back");
    await tv.pressUntil("down", 8, ({ focused }) => focused.includes("补签到"));
    await tv.press("ok");
    isWhole("补签到");
    await tv.press("ok", "ok", "back");
    for (let press = 0; press < 40 && tv.place !== "practise"; press += 1) {
      if (tv.place === "film") await tv.fake.advance();
      else await tv.press("ok");
      await tv.settle();
    }
    await tv.press("left", "ok", "right", "ok", "ok");
    isWhole("谁回去试一试");
  },
);

test("an estimate is recorded as one, and no number is made of it", async () => {
  const tv = await atStage("feedback");
  await tv.press("down", "right");
  expect(tv.words).toContain("多数");
  expect(tv.words).toContain("照估的登记");
  await tv.press("ok", "ok");
  const [session] = tv.fake.register.fold.sessions({ limit: 1 });
  expect(session?.feedback[0]?.counts).toEqual(["most", null]);
});

test("the five words of an estimate end at 没人 and 全部, and ▲ or a digit counts after all", () => {
  expect(enterHand("none", "left")).toBe("none");
  expect(enterHand("all", "right")).toBe("all");
  expect(enterHand("half", "up")).toBeNull();
  expect(enterHand("half", "digit-7")).toBe(7);
  expect(enterHand(null, "down")).toBe("half");
  expect(enterHand(3, "down")).toBeNull();
});

test("each group is drawn once before any comes again, the same for the same seed", () => {
  const groups = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 2, maxLength: 12 });
  fc.assert(
    fc.property(groups, fc.integer({ min: 0, max: 0xffffffff }), (names, seed) => {
      const drawn = names.map((_name, index) => drawGroup(names, seed, index + 1));
      expect([...drawn].sort()).toEqual([...names].sort());
      expect(drawGroup(names, seed, names.length + 1)).toBe(drawn[0]);
    }),
  );
});

test("every group comes first for some seed, and no person is ever drawn", () => {
  const names = ["一组", "二组", "三组", "四组"];
  const first = new Map<string, number>();
  for (let seed = 0; seed < 4000; seed += 1) {
    const drawn = drawGroup(names, seed * 2_654_435, 1);
    first.set(drawn, (first.get(drawn) ?? 0) + 1);
  }
  for (const name of names) expect(first.get(name)).toBeGreaterThan(800);
  expect(groupsOf([{ group: "" }, { group: "" }])).toEqual([
    "前排的同志",
    "中间的同志",
    "后排的同志",
  ]);
});

test("in the third phase ▶ draws a group, and the room is asked to send one of it", async () => {
  const tv = await atStage("discuss");
  await tv.press("ok", "ok", "right");
  const first = /抽到：(.*)，推/.exec(tv.words)?.[1];
  expect(first).toMatch(/排的同志/);
  await tv.press("right");
  expect(/抽到：(.*)，推/.exec(tv.words)?.[1]).not.toBe(first);
});

test("more than sixty are called by group: ▲ opens the groups, OK goes to the first open one", async () => {
  const groups = ["东组", "西组", "南组"];
  const members = Array.from({ length: 90 }, (_, index) =>
    makeMember(index + 1, { group: groups[index % 3] ?? "" }),
  );
  const tv = await studyDay({
    members: 0,
    prepare: (fake) =>
      fake.give("roster", {
        schema: "one-room.roster/1",
        version: 1,
        branches: [{ id: "b1", name: "河湾村党支部", kind: "village" }],
        members,
      }),
  });
  await tv.press("ok", "ok", "ok");
  expect(tv.words).toContain("第 7 位  东组");
  await tv.press("up");
  expect(tv.words).toContain("东组  到 2/30");
  await tv.press("down", "ok");
  expect(tv.words).toContain("第 3 位  南组");
  expect(tv.view.session?.counts).toMatchObject({ P: 2, unmarked: 88 });
});

test("sixty are one list", () => {
  const cards = Array.from({ length: 60 }, (_, index) => ({
    ...makeMember(index + 1, { group: index % 2 === 0 ? "东" : "西" }),
    group: index % 2 === 0 ? "东" : "西",
    initials: "",
    branch: "b1",
    management: "direct" as const,
  }));
  expect(isByGroup(cards)).toBe(false);
  expect(inGroupOrder(cards)).toBe(cards);
  const facts = { members: cards, marks: {}, guests: 0, heads: null, headsAsked: false, at: 0 };
  expect(rollGroups(facts, EMPTY_STATE).map(({ name, count }) => [name, count])).toEqual([
    ["东", 30],
    ["西", 30],
  ]);
});
