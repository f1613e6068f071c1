/** Goal: a command writes through a box, whether one runs or not, and a name is gone afterwards. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { startProgram } from "../../cli/demo/program.ts";
import { writeThroughBox } from "../../cli/register/door.ts";
import type { Intent, Roster } from "../../protocol/generated/types.ts";
import { ROOT } from "../support/process.ts";

const data = mkdtempSync(join(tmpdir(), "one-room-write-"));
afterAll(() => rmSync(data, { recursive: true, force: true }));

function run(...args: string[]) {
  const program = [join(ROOT, "tools/one-room.mjs"), ...args, "--data", data];
  const { status, stdout, stderr } = spawnSync(process.execPath, program, { encoding: "utf8" });
  return { status, said: `${stdout}${stderr}` };
}

function filesWith(text: string): string[] {
  return readdirSync(data, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path).includes(Buffer.from(text)));
}

test("a name is erased from the whole folder by the command line, with no box running", async () => {
  const roster = JSON.parse(readFileSync(join(ROOT, "samples/roster.json"), "utf8")) as Roster;
  const [first] = roster.members;
  expect(run("roster", "import", join(ROOT, "samples/roster.csv")).status).toBe(0);
  // A box ran here once: without that the folder is no box's.
  const program = join(ROOT, "dist/box/box.mjs");
  const box = await startProgram("box", program, ["--data", data, "--port", "0"]);
  await box.stop();
  expect(filesWith(first?.name ?? "?")).toHaveLength(1);
  const no = String(first?.no);
  const erase = ["register", "erase", "--member", no, "--reason", "本人要求", "--order", "乡组5号"];
  expect(run(...erase)).toEqual({ status: 0, said: "已保存。\n" });
  expect(filesWith(first?.name ?? "?")).toEqual([]);
  expect(run("register", "verify").said).toContain("完好");
  expect(readdirSync(data)).not.toContain("lock");
});

/** A meeting without a film: 1 was there, 2 was absent, one guest was named. */
async function holdMeeting(): Promise<string> {
  const roster = JSON.parse(readFileSync(join(data, "register/roster.json"), "utf8")) as Roster;
  const active = roster.members.filter(
    ({ erased, management }) => !erased && management === "direct",
  );
  const marks = active.map(({ id }, index) => [id, index === 1 ? "A" : "P"]);
  const say = (intent: object) => writeThroughBox(data, intent as Intent);
  await say({ kind: "open-session", type: "branch-committee", lessons: [] });
  await say({ kind: "mark", how: "all", marks });
  await say({ kind: "add-guest", name: "欧阳春晓", as: "mobile" });
  for (const from of [0, 1]) await say({ kind: "advance", from });
  await say({ kind: "close" });
  await say({ kind: "leave-closed" });
  const [{ id } = { id: "" }] = JSON.parse(run("register", "sessions", "--json").said);
  return id;
}

test("a session that is over is corrected, compared with paper and made up by the command line", async () => {
  const program = join(ROOT, "dist/box/box.mjs");
  const box = await startProgram("box", program, ["--data", data, "--port", "0"]);
  try {
    const session = await holdMeeting();
    const saved = (...args: string[]) =>
      expect(run("register", ...args, session).said, args.join(" ")).toContain("已保存。");
    const reason = ["--reason", "以纸质为准"];
    saved("fix-session", "--field", "群众", "--to", "3", ...reason, "--note", "数漏了");
    saved("paper", "--result", "不一致", "--signed", "7", "--missing", "2", "--code", "抄对了");
    const absent = run("register", "book", "makeup", "--json").said;
    const [{ 编号: no } = { 编号: 0 }] = JSON.parse(absent).lines;
    saved("makeup", "--how", "送学上门", "--member", String(no), "--day", "2026-03-12");
    const { said: shown } = run("register", "show", session);
    expect(shown).toContain("群众  0 → 3");
    expect(shown).toContain("2026-03-12  送学上门");
    expect(run("register", "book", "paper").said).toContain("抄对了");
    const held = ["makeup", session, "--how", "补课", "--member", String(no), "--held", session];
    expect(run("register", ...held)).toMatchObject({ status: 1, said: "没有补课的那一场。\n" });
    const task = ["task", session, "--task", "k1", "--ending", "完成"];
    expect(run("register", ...task)).toMatchObject({ status: 1, said: "这一场没有布置这一项。\n" });
    expect(filesWith("欧阳春晓")).toHaveLength(1);
    const erase = ["--guest", "1", "--reason", "本人要求", "--order", "乡组6号"];
    expect(run("register", "erase", "--session", session, ...erase).status).toBe(0);
    expect(filesWith("欧阳春晓")).toEqual([]);
    expect(run("register", "book", "guests").said).toContain("流动党员 1（已删除）");
    expect(run("register", "verify").said).toContain("完好");
  } finally {
    await box.stop();
  }
});

test.each([
  ["fix-session 0a1b2c3d-1 --field 类型 --to 茶话会 --reason 其他", "没有这一场"],
  ["makeup 0a1b2c3d-1 --how 补课 --day 3月12日", "--day 要写成 2026-03-12 这样"],
  ["task 0a1b2c3d-1 --task k1 --ending 完成 --heads 好多", "--heads 要写一个数"],
  ["paper 0a1b2c3d-1 --result 一致 --signed 很多", "--signed 要写一个数"],
  ["erase --reason 其他 --order 5号", "要写删谁"],
])("register %s is refused with: %s", (words, why) => {
  const { status, said } = run("register", ...words.split(" "));
  expect(status).toBe(1);
  expect(said).toContain(why);
});

test("what the box refuses is told in its words, and the exit code is 1", () => {
  const fix = ["register", "fix", "0a1b2c3d-1", "--member", "2", "--from", "到", "--to", "缺席"];
  const { status, said } = run(...fix, "--reason", "其他");
  expect(status).toBe(1);
  expect(said).toContain("没有这一场");
});
