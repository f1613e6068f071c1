import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import type { RecordDraft } from "../../../protocol/record.ts";
import { makeMember, makeRoster } from "../../support/fake-room.ts";
import { commandWorld, openFolderRegister } from "../../support/register-command.ts";
import { LESSON, METHOD } from "../../support/session-records.ts";

const world = commandWorld("book");
let data = "";

const [ONE, TWO, THREE] = [1, 2, 3].map((no) => makeMember(no).id) as [string, string, string];
const GUEST = "guest2abc34d";

beforeEach(() => {
  data = world.makeBox();
});

async function book(
  ...args: string[]
): Promise<{ lines: Record<string, unknown>[]; undated: number }> {
  return JSON.parse(await world.tell("book", ...args, "--data", data, "--json"));
}

/** 1 was there, 2 had it brought home, 3 owes; 3 was corrected from leave to absent. */
async function holdSession(): Promise<void> {
  const register = await openFolderRegister(data);
  const who = { rosterVersion: 1, rosterSha256: null, expected: [ONE, TWO, THREE] };
  const people = { numbers: [1, 2, 3], branchAt: [0, 0, 0], branches: ["b1"] };
  const what = { type: "study-day", title: "稻瘟病", lessons: [LESSON], method: METHOD };
  const { e, s } = await register.append({
    k: "session.open",
    d: { ...who, ...people, ...what, stage: "signin" },
  });
  const session = `${e}-${s}`;
  const marks = [
    [ONE, "P", "call"],
    [TWO, "V", "call"],
    [THREE, "V", "call"],
  ] as never;
  const counts = { expected: 3, P: 1, L: 0, X: 0, V: 2, A: 0, unmarked: 0, G: 1, Q: 0 };
  const rest: RecordDraft[] = [
    { k: "attend", d: { session, marks } },
    { k: "play", d: { session, item: 0, fromMs: 0, toMs: 61_000, rate: 1 } },
    { k: "guest", d: { session, guest: GUEST, as: "mobile", event: "came" } },
    {
      k: "practise",
      d: {
        session,
        item: 0,
        task: "k2",
        heads: 9,
        members: [ONE],
        hindered: [TWO],
        kind: "outing",
      },
    },
    { k: "session.close", d: { session, ending: "done", counts, heads: null } },
    {
      k: "attend.fix",
      d: { session, member: THREE, ref: `${e}-${s + 1}`, from: "V", to: "A", reason: "paper" },
    },
    { k: "makeup", d: { session, item: null, how: "home", members: [TWO] } },
    {
      k: "paper",
      d: { session, result: "differs", signed: 2, missing: [], extra: [THREE], code: "same" },
    },
  ];
  for (const draft of rest) await register.append(draft);
  await register.close();
}

const writeRoster = (members: number) =>
  writeFileSync(join(data, "register/roster.json"), JSON.stringify(makeRoster(members)));

test("the sign-in book shows 更 with what stood before, and names who no roster has by number", async () => {
  await holdSession();
  writeRoster(2);
  const { lines } = await book("signin");
  expect(
    lines.map((line) => `${line["编号"]} ${line["姓名"]} ${line["状态"]} ${line["更正"]}`),
  ).toEqual(["1 同志1 到 ", "2 同志2 请假 ", "3 名册已无此人（编号 3） 缺席 更：原为请假"]);
});

test("the queue says who owes what, the counts say 到课 and 覆盖, a task that is open is listed", async () => {
  await holdSession();
  writeRoster(3);
  const { lines } = await book("makeup", "--year", "2026");
  expect(lines).toMatchObject([{ 编号: 3, 谁欠: "同志3", 欠什么: LESSON.id, 当时: "缺席" }]);
  expect((await book("counts")).lines).toMatchObject([
    { 类型: "党员电教日", 次数: 1, 应到人次: 3, 到课: 1, 覆盖: 2 },
  ]);
  expect((await book("tasks")).lines).toMatchObject([
    { 任务: "k2", 种类: "集体活动", 愿意: "同志1", 有困难: "同志2" },
  ]);
  expect((await book("counts", "--year", "2025")).lines).toEqual([]);
});

test("a member's book is found by number, and a number nobody has is told", async () => {
  await holdSession();
  writeRoster(3);
  expect((await book("member", "--member", "2")).lines).toMatchObject([
    { 状态: "请假", 补课: "送学上门", 还欠: "" },
  ]);
  expect(await world.run("book", "member", "--member", "77", "--data", data)).toBe(1);
  expect(world.said.err).toContain("没有 77 号");
});

test("without --json a book is a table with Chinese headings, and without a roster it is one too", async () => {
  await holdSession();
  const said = await world.tell("book", "viewing", "--data", data);
  expect(said).toContain("实际播放");
  expect(said).toContain("1 分 1 秒");
  expect((await book("signin")).lines[0]).toMatchObject({ 姓名: "名册已无此人（编号 1）" });
});

test("a year's book has every session with coverage, 更, 纸质, 核验码 and what is lacking", async () => {
  await holdSession();
  writeRoster(3);
  const { lines } = await book("year", "--year", "2026");
  expect(lines).toMatchObject([
    { 应到: 3, 到课: 1, 覆盖: 2, 更正: "更 1", 纸质: "不一致", 缺什么: "没有清点人数" },
  ]);
  expect(lines[0]?.["核验码"]).toMatch(/^[2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5}$/);
  expect(String(lines[0]?.["依据"])).toContain("与纸质签到册有 1 人不一致");
});

test("made-up lessons, guests and paper have a book each; a guest's name comes from beside", async () => {
  await holdSession();
  writeRoster(3);
  expect((await book("made")).lines).toMatchObject([{ 怎么补的: "送学上门", 谁: "同志2" }]);
  expect((await book("paper")).lines).toMatchObject([{ 没有登记: "同志3", 核验码: "抄对了" }]);
  expect((await book("guests")).lines).toMatchObject([{ 谁: "流动党员 1（姓名不在这里）" }]);
  const guests = [{ id: GUEST, name: "欧阳春晓" }];
  const file = JSON.stringify({ schema: "one-room.guests/1", guests });
  writeFileSync(join(data, "register/guests.json"), file);
  expect((await book("guests")).lines).toMatchObject([{ 第几位: 1, 谁: "欧阳春晓（流动党员）" }]);
});

test("a branch that no roster has is told, with those there are", async () => {
  await holdSession();
  writeRoster(3);
  expect(await world.run("book", "counts", "--branch", "下湾村", "--data", data)).toBe(1);
  expect(world.said.err).toContain("名册里没有这个支部：下湾村。可以写：河湾村党支部。");
  expect((await book("counts", "--branch", "河湾村党支部")).lines).toMatchObject([{ 次数: 1 }]);
});

test("show says what was corrected, what stood before, and who made it up", async () => {
  await holdSession();
  writeRoster(3);
  const [{ id } = { id: "" }] = JSON.parse(await world.tell("sessions", "--data", data, "--json"));
  const said = await world.tell("show", id, "--data", data);
  expect(said).toMatch(/更正\n.*同志3 {2}请假 → 缺席/);
  expect(said).toMatch(/补课\n.*送学上门 {2}同志2/);
  expect(said).toContain("来宾 1  流动党员 1（姓名不在这里）");
});
