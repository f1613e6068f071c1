/** The built box service, in a folder of its own that holds the sample lessons, as in a room. */
import { type ChildProcess, spawn } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { samplePlan } from "../console/supply/samples/plan.ts";
import { importLesson } from "../media-cache/import-lesson.ts";
import { NodeBlobDisk } from "../platform/node/node-blob-disk.ts";
import { writeDurableFile } from "../platform/node/node-durable-file.ts";
import { nodeSha256 } from "../platform/node/node-sha256.ts";
import type { Enrolment, Method } from "../protocol/generated/types.ts";

export interface Box {
  /** Address of the page, with its token. */
  readonly page: string;
  readonly boxId: string;
  readonly pid: number;
  /** The box follows its enrolment without a restart. */
  enrol(enrolment: Enrolment): Promise<void>;
  stop(): Promise<void>;
}

/** On the disk of the sources: the system's folder for temporary files may be no disk at all. */
export function makeFolder(root: string, name: string): string {
  mkdirSync(join(root, ".build"), { recursive: true });
  return mkdtempSync(join(root, `.build/bench-${name}-`));
}

/** @param method another one than the box has by itself */
export async function startBox(root: string, method?: Method): Promise<Box> {
  const data = makeFolder(root, "box");
  await bringSamples(root, data);
  if (method !== undefined) writeFileSync(join(data, "method.json"), JSON.stringify(method));
  const args = [join(root, "dist/box/box.mjs"), "--data", data, "--port", "0"];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "ignore"] });
  const { page, boxId } = await readyLine(child);
  return {
    page,
    boxId,
    pid: child.pid ?? 0,
    enrol: (enrolment) => writeDurableFile(join(data, "county.json"), JSON.stringify(enrolment)),
    async stop() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGKILL");
      await ended;
      rmSync(data, { recursive: true, force: true });
    },
  };
}

async function bringSamples(root: string, data: string): Promise<void> {
  const samples = join(root, "samples");
  const ground = { disk: new NodeBlobDisk(), sha256: nodeSha256, cacheDir: join(data, "cache") };
  const entries = readdirSync(samples, { withFileTypes: true });
  for (const { name } of entries.filter((entry) => entry.isDirectory())) {
    const imported = await importLesson({ ...ground, packageDir: join(samples, name) });
    if (!imported.ok) throw new Error(`the sample ${name} was refused: ${imported.text}`);
  }
  mkdirSync(join(data, "register"), { recursive: true });
  copyFileSync(join(samples, "roster.json"), join(data, "register/roster.json"));
  const today = new Date().toISOString().slice(0, 10);
  // A TV that was never set up asks for that first.
  writeFileSync(join(data, "settings.json"), '{"setUp":true}\n');
  writeFileSync(join(data, "plan.json"), JSON.stringify(samplePlan(today)));
}

interface Ready {
  readonly page: string;
  readonly boxId: string;
}

async function readyLine(child: ChildProcess): Promise<Ready> {
  return new Promise((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`the box service ended with ${code}`)));
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).once("line", (line) => resolve(JSON.parse(line)));
  });
}
