/**
 * Goal: wrong calls of the command line get a clear sentence and an exit code that means something.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { oneRoom } from "../support/process.ts";

const USAGE = 2;
const FAILED = 1;
const folder = mkdtempSync(join(tmpdir(), "one-room-cli-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string) => join(folder, name);
writeFileSync(at("gibberish.csv"), Buffer.from([0xff, 0xfe, 0x00, 0x01, 0x80]));
writeFileSync(at("twice.csv"), "编号,姓名,党小组\n1,王建国,一组\n1,李桂兰,一组\n"); // signs: a table
mkdirSync(at("lesson"));
mkdirSync(at("box"));

test.each<[call: string[], code: number, words: RegExp]>([
  [["nonsense"], USAGE, /没有这个命令.*nonsense/],
  [["lesson", "nonsense"], USAGE, /没有这个命令/],
  [["box"], USAGE, /少了一个必需的选项.*--data/],
  [["box", "--data", at("b"), "--port", "abc"], USAGE, /--port 要在 0 到 65535 之间/],
  [["box", "--data", at("b"), "--port", "99999"], USAGE, /--port 要在 0 到 65535 之间/],
  [["demo"], USAGE, /--data/],
  [["console"], USAGE, /--data/],
  [["console", "user", "add"], USAGE, /少了一个参数/],
  [["register", "sessions", "--data", folder, "--bad"], USAGE, /没有这个选项.*--bad/],
  [["register", "sessions", "--data", at("none")], FAILED, /没有这个文件夹/],
  [["register", "verify", "--data", folder], FAILED, /没有播放盒的登记簿/],
  [["roster", "import", at("none.csv"), "--data", at("box")], FAILED, /没有这个文件/],
  [
    ["roster", "import", at("twice.csv"), "--data", at("box")],
    FAILED,
    /第 3 行.*编号|编号.*第 3 行/s,
  ],
  [["roster", "import", at("gibberish.csv"), "--data", at("box")], FAILED, /一行也没有导入/],
  [["lesson", "check", at("lesson")], FAILED, /manifest\.json/],
  [["lesson", "check", at("none")], FAILED, /./],
  [["lesson", "pack"], USAGE, /--video/],
])("one-room %j", async (call, code, words) => {
  const { code: exit, stderr, stdout } = await oneRoom(...call);
  expect(stderr + stdout).toMatch(words);
  expect(stderr + stdout).not.toMatch(/\n\s+at .*:\d+:\d+/);
  expect(exit).toBe(code);
});

test.each([
  [],
  ["demo"],
  ["box"],
  ["console"],
  ["register"],
  ["register", "sessions"],
  ["register", "verify"],
  ["roster", "import"],
  ["plan", "import"],
  ["lesson"],
  ["lesson", "pack"],
])("one-room %j %j --help tells its use", async (...call) => {
  const { code, stdout } = await oneRoom(...call.filter((word) => word !== undefined), "--help");
  expect(code).toBe(0);
  expect(stdout).toMatch(/用法: one-room/);
});
