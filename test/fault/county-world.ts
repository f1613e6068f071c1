/** Counties, boxes and folders of one test: made by a word each, and gone after it. */
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach } from "vitest";
import { NodeDisk } from "../../platform/node/node-disk.ts";
import { nodeSha256 } from "../../platform/node/node-sha256.ts";
import { readRegister } from "../../src/register/read-register.ts";
import { type Program, readyLine, startNode } from "../support/process.ts";
import {
  killCounty,
  makeFolder,
  type RunningCounty,
  removeFolder,
  startCounty,
} from "./county-support.ts";

export interface StartedBox {
  readonly program: Program;
  readonly boxId: string;
}

export interface CountyWorld {
  newFolder(): string;
  county(data: string, ...more: string[]): Promise<RunningCounty>;
  startBox(data: string): Promise<StartedBox>;
  /** As a person switches it off. */
  stopBox(program: Program): Promise<void>;
  /** As `console box add` and a stick would: the file appears whole. */
  enrol(where: RunningCounty, data: string, boxId: string): Promise<void>;
}

/** To be called once in a test file. */
export function countyWorld(): CountyWorld {
  const folders: string[] = [];
  const boxes = new Set<Program>();
  const counties: RunningCounty[] = [];
  afterEach(async () => {
    for (const box of boxes) {
      box.kill("SIGKILL");
      await box.ended;
    }
    boxes.clear();
    for (const county of counties.splice(0)) await killCounty(county);
    for (const folder of folders.splice(0)) removeFolder(folder);
  });
  return {
    newFolder() {
      const folder = makeFolder();
      folders.push(folder);
      return folder;
    },
    async county(data, ...more) {
      const county = await startCounty(data, ...more);
      counties.push(county);
      return county;
    },
    async startBox(data) {
      const program = startNode(["dist/box/box.mjs", "--data", data, "--port", "0"]);
      boxes.add(program);
      const { boxId } = await readyLine<{ boxId: string }>(program);
      return { program, boxId };
    },
    async stopBox(program) {
      process.kill(program.pid, "SIGTERM");
      await program.ended;
      boxes.delete(program);
    },
    async enrol(where, data, boxId) {
      const file = join(data, "county.json");
      writeFileSync(`${file}.part`, JSON.stringify(await where.enrol(boxId)), { mode: 0o600 });
      renameSync(`${file}.part`, file);
    },
  };
}

/** Every proven record of the box's disk as `epoch-s-hash`. */
export async function recordsOf(data: string): Promise<string[]> {
  const records: string[] = [];
  const onRecord = ({ e, s, h }: { e: string; s: number; h: string }) =>
    void records.push(`${e}-${s}-${h}`);
  const options = { disk: new NodeDisk(data), folder: "register", sha256: nodeSha256, onRecord };
  await readRegister(options);
  return records;
}
