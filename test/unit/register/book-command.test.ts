import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { registerCommand } from "../../../cli/register.ts";
import { FakeClock } from "../../../platform/fake/fake-clock.ts";
import { FakeRandom } from "../../../platform/fake/fake-random.ts";
import { NodeDisk } from "../../../platform/node/node-disk.ts";
import { nodeSha256 } from "../../../platform/node/node-sha256.ts";
import type { RecordDraft } from "../../../protocol/record.ts";
import { openRegister } from "../../../src/register/open-register.ts";
import { makeMember, makeRoster } from "../../support/fake-room.ts";
import { STUDY_DAY_UNIX_MS } from "../../support/open-fake-register.ts";
import { LESSON, METHOD } from "../../support/session-records.ts";

let data = "";
let said = "";
let complained = "";

const [ONE, TWO, THREE] = [1, 2, 3].map((no) => makeMember(no).id) as [string, string, string];

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), "one-room-book-"));
  mkdirSync(join(data, "register"));
  writeFileSync(join(data, "version"), '{"layout":1,"kind":"box"}\n');
  said = "";
  complained = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    said += String(text);
    return true;
  });
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    complained += String(text);
    return true;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = 0;
  rmSync(data, { recursive: true, force: true });
});

async function book(
  ...args: string[]
): Promise<{ lines: Record<string, unknown>[]; undated: number }> {
  said = "";
  const all = ["book", ...args, "--data", data, "--json"];
  await registerCommand().parseAsync(all, { from: "user" });
  return JSON.parse(said);
}

/** 1 was there, 2 had it brought home, 3 owes; 3 was corrected from leave to absent. */
async function holdSession(): Promise<void> {
  const register = await openRegister({
    disk: new NodeDisk(data),
    folder: "register",
    clock: new FakeClock(STUDY_DAY_UNIX_MS),
    random: new FakeRandom(7),
    wallSource: () => "county",
    sha256: nodeSha256,
    software: "test",
  });
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
  const counts = { expected: 3, P: 1, L: 0, X: 0, V: 2, A: 0, unmarked: 0, G: 0, Q: 0 };
  const rest: RecordDraft[] = [
    { k: "attend", d: { session, marks } },
    { k: "play", d: { session, item: 0, fromMs: 0, toMs: 61_000, rate: 1 } },
    { k: "practise", d: { session, item: 0, task: "k2", heads: 9, members: [], kind: "outing" } },
    { k: "session.close", d: { session, ending: "done", counts, heads: null } },
    {
      k: "attend.fix",
      d: { session, member: THREE, ref: `${e}-${s + 1}`, from: "V", to: "A", reason: "paper" },
    },
    { k: "makeup", d: { session, item: null, how: "home", members: [TWO] } },
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
  ).toEqual(["1 同志1 到 ", "2 同志2 请假 ", "3 名册已无此人(编号 3) 缺席 更:原为请假"]);
});

test("the queue says who owes what, the counts say 到课 and 覆盖, a task that is open is listed", async () => {
  await holdSession();
  writeRoster(3);
  const { lines } = await book("makeup", "--year", "2026");
  expect(lines).toMatchObject([{ 编号: 3, 谁欠: "同志3", 欠什么: LESSON.id, 当时: "缺席" }]);
  expect((await book("counts")).lines).toMatchObject([
    { 类型: "党员电教日", 次数: 1, 应到人次: 3, 到课: 1, 覆盖: 2 },
  ]);
  expect((await book("tasks")).lines).toMatchObject([{ 任务: "k2", 种类: "集体活动" }]);
  expect((await book("counts", "--year", "2025")).lines).toEqual([]);
});

test("a member's book is found by number, and a number nobody has is told", async () => {
  await holdSession();
  writeRoster(3);
  expect((await book("member", "--member", "2")).lines).toMatchObject([
    { 状态: "请假", 补课: "送学上门", 还欠: "" },
  ]);
  await registerCommand().parseAsync(["book", "member", "--member", "77", "--data", data], {
    from: "user",
  });
  expect(process.exitCode).toBe(1);
  expect(complained).toContain("没有 77 号");
});

test("without --json a book is a table with Chinese headings, and without a roster it is one too", async () => {
  await holdSession();
  said = "";
  await registerCommand().parseAsync(["book", "viewing", "--data", data], { from: "user" });
  expect(said).toContain("实际播放");
  expect(said).toContain("1 分 1 秒");
  expect((await book("signin")).lines[0]).toMatchObject({ 姓名: "名册已无此人(编号 1)" });
});
