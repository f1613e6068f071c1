/** Goal: a command writes through a box, whether one runs or not, and a name is gone afterwards. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { startProgram } from "../../cli/demo/program.ts";
import type { Roster } from "../../protocol/generated/types.ts";
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

test("what the box refuses is told in its words, and the exit code is 1", () => {
  const fix = ["register", "fix", "0a1b2c3d-1", "--member", "2", "--from", "到", "--to", "缺席"];
  const { status, said } = run(...fix, "--reason", "其他");
  expect(status).toBe(1);
  expect(said).toContain("没有这一场");
});
