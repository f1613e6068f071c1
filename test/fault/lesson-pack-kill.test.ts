/** Goal: packing that is killed goes on from the last finished stage, to the very same package. */
import { mkdtempSync, rmSync } from "node:fs";
import { appendFile, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ffmpeg } from "../../console/supply/lesson/ffmpeg.ts";
import { workFolderOf } from "../../console/supply/lesson/pack-work.ts";
import { buildProgram } from "../support/build-program.ts";
import { startNode } from "../support/process.ts";

const folder = mkdtempSync(join(tmpdir(), "one-room-pack-kill-"));
const at = (name: string) => join(folder, name);
const LESSON = { id: "try-two", version: 1, title: "试两次", category: "实用技术", number: "9002" };

beforeAll(async () => {
  const picture = ["-f", "lavfi", "-i", "smptebars=s=320x240:r=30:d=14"];
  const sound = ["-f", "lavfi", "-i", "sine=f=440:d=14,volume=0.02"];
  const coding = ["-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac"];
  await ffmpeg([...picture, ...sound, ...coding, at("film.mp4")]);
  await writeFile(at("material.json"), '{"schema":"one-room.material/1"}');
  await writeFile(at("lesson.json"), JSON.stringify(LESSON));
  await buildProgram("test/fault/lesson/packer.ts", at("program"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  readonly code: number | null;
  readonly said: readonly string[];
  readonly log: string;
}

/**
 * Packs into `out`, until `isEnough` of what it says kills it. Only the program itself is killed:
 * its encoder is left to notice.
 */
async function pack(out: string, isEnough: (line: string) => boolean = () => false): Promise<Run> {
  const files = ["film.mp4", "material.json", "lesson.json", out].map(at);
  const program = startNode([at("program/packer.mjs"), ...files]);
  const said: string[] = [];
  if (program.child.stdout === null) throw new Error("the packer's output is not piped");
  createInterface({ input: program.child.stdout }).on("line", (line) => {
    said.push(line);
    if (isEnough(line)) program.child.kill("SIGKILL");
  });
  const code = await new Promise<number | null>((resolve) => program.child.once("close", resolve));
  return { code, said, log: program.log() };
}

const doneOf = (line = "") => Number(line.split(" ")[1] ?? 0);
const manifestOf = (out: string) => readFile(join(at(out), "manifest.json"), "utf8");

test("W1: killed in each stage it goes on from there, and the package is the same byte for byte", async () => {
  const whole = await pack("whole");
  expect(whole.code, whole.log).toBe(0);
  expect(whole.said).not.toContain("resumed");
  const film = whole.said.filter((line) => line.startsWith("film"));
  expect((await readdir(folder)).filter((name) => name.startsWith("."))).toEqual([]);

  const second = film.map(doneOf).find((done) => done >= partAt(6) - 1e-9) ?? 1;
  const stages = [
    { from: 0, isEnough: (line: string) => line.startsWith("listen") },
    { from: 0, isEnough: (line: string) => line.startsWith("film") },
    { from: partAt(0), isEnough: (line: string) => doneOf(line) >= second },
    { from: partAt(6), isEnough: (line: string) => line.startsWith("files") },
  ];
  for (const { from, isEnough } of stages) {
    const { code, said } = await pack("out", isEnough);
    expect(code).toBeNull();
    const first = said.find((line) => line !== "resumed");
    expect(doneOf(first)).toBeGreaterThanOrEqual(from - 1e-9);
  }
  const last = await pack("out");
  expect(last.code, last.log).toBe(0);
  expect(last.said[0]).toBe("resumed");
  expect(await manifestOf("out")).toBe(await manifestOf("whole"));
  expect((await readdir(folder)).filter((name) => name.startsWith("."))).toEqual([]);
});

/** Where a part begins that starts there in the film's 14 seconds; the sound has a share of its own before. */
function partAt(seconds: number): number {
  return 0.97 * (0.12 + 0.88 * (seconds / 14));
}

test("W2: a film that changed after the kill is begun anew", async () => {
  await rm(at("out"), { recursive: true, force: true });
  expect((await pack("out", (line) => line.startsWith("film"))).code).toBeNull();
  expect(await readdir(workFolderOf(at("out")))).toContain("sound.nut");
  await appendFile(at("film.mp4"), Buffer.alloc(8));
  await utimes(at("film.mp4"), 1, 1);
  const again = await pack("out", (line) => line.startsWith("listen"));
  expect(again.said).not.toContain("resumed");
  expect(await readdir(workFolderOf(at("out")))).not.toContain("sound.nut");
});
