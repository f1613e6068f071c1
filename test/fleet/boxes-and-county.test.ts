/** Goal: real box services and a real county find each other, and again after either was killed. */
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import type { BoxDetail, BoxLine, EpochLine } from "../../protocol/console-api.ts";
import {
  killCounty,
  makeFolder,
  type RunningCounty,
  removeFolder,
  samePorts,
  startCounty,
  until,
} from "../fault/county-support.ts";
import { type Program, readyLine, startNode } from "../support/process.ts";

const BOXES = 3;
const folders: string[] = [];
const boxes: Program[] = [];
let county: RunningCounty | null = null;

afterEach(async () => {
  for (const box of boxes.splice(0)) {
    box.kill("SIGKILL");
    await box.ended;
  }
  if (county !== null) await killCounty(county);
  county = null;
  for (const folder of folders.splice(0)) removeFolder(folder);
});

function newFolder(): string {
  const folder = makeFolder();
  folders.push(folder);
  return folder;
}

async function startBox(data: string): Promise<{ program: Program; boxId: string }> {
  const program = startNode(["dist/box/box.mjs", "--data", data, "--port", "0"]);
  boxes.push(program);
  const { boxId } = await readyLine<{ boxId: string }>(program);
  return { program, boxId };
}

/** As `console box add` and a stick would: the file appears whole. */
async function enrol(running: RunningCounty, data: string, boxId: string): Promise<void> {
  const file = join(data, "county.json");
  writeFileSync(`${file}.part`, JSON.stringify(await running.enrol(boxId)), { mode: 0o600 });
  renameSync(`${file}.part`, file);
}

/** `init`, `boot`, and the receipt for them. */
const FIRST_RECORDS = 3;

const isWhole = ({ upTo, head, gaps }: EpochLine) =>
  head >= FIRST_RECORDS && upTo === head && gaps.length === 0;

async function untilAllWell(running: RunningCounty): Promise<BoxDetail[]> {
  const lines = await until(
    () => running.get<BoxLine[]>("/api/boxes"),
    (all) =>
      all.length === BOXES &&
      all.every(({ link, state }) => link === "online" && state === "ready"),
  );
  return Promise.all(
    lines.map(({ id }) =>
      until(
        () => running.get<BoxDetail>(`/api/boxes/${id}`),
        ({ epochs, backlog }) => epochs.length > 0 && epochs.every(isWhole) && backlog === 0,
      ),
    ),
  );
}

test("boxes are enrolled while they run, and their journals arrive whole", async () => {
  county = await startCounty(newFolder());
  for (let index = 0; index < BOXES; index += 1) {
    const data = newFolder();
    const { boxId } = await startBox(data);
    await enrol(county, data, boxId);
  }
  const before = await untilAllWell(county);
  expect(before.map(({ conflicts }) => conflicts)).toEqual([0, 0, 0]);
  expect(before.every(({ software }) => software !== null)).toBe(true);

  const { data } = county;
  const ports = samePorts(county);
  await killCounty(county);
  county = await startCounty(data, ...ports);
  const after = await untilAllWell(county);
  // What the county told a box meanwhile, the time for one, may have become a record of its own.
  for (const [index, { epochs, conflicts }] of after.entries()) {
    const [was] = before[index]?.epochs ?? [];
    expect(conflicts).toBe(0);
    expect(epochs.map(({ epoch }) => epoch)).toEqual([was?.epoch]);
    expect(epochs[0]?.upTo).toBeGreaterThanOrEqual(was?.upTo ?? 0);
  }
});

test("a box that was killed goes on with its journal where the county has it", async () => {
  county = await startCounty(newFolder());
  const data = newFolder();
  const first = await startBox(data);
  await enrol(county, data, first.boxId);
  const id = first.boxId;
  const running = county;
  const wholeAt = (head: number) =>
    until(
      () => running.get<BoxDetail>(`/api/boxes/${id}`),
      ({ epochs }) => epochs.length > 0 && epochs.every(isWhole) && (epochs[0]?.head ?? 0) >= head,
    );
  const before = await wholeAt(1);
  first.program.kill("SIGKILL");
  await first.program.ended;
  await startBox(data);
  // Its start is a record of its own.
  const after = await wholeAt((before.epochs[0]?.head ?? 0) + 1);
  expect(after.epochs).toHaveLength(1);
  expect(after.conflicts).toBe(0);
});
