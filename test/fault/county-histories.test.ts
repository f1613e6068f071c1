/**
 * Goal: a box that was put back, a box that was copied, a county that was put back: at the end the
 * county holds every record once, and contradictions beside each other, for everybody to see (S6,
 * S7, S8). Real county, real boxes.
 */
import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { afterEach, expect, test } from "vitest";
import { NodeDisk } from "../../platform/node/node-disk.ts";
import { nodeSha256 } from "../../platform/node/node-sha256.ts";
import type { BoxDetail } from "../../protocol/console-api.ts";
import { readRegister } from "../../src/register/read-register.ts";
import { type Program, readyLine, startNode } from "../support/process.ts";
import {
  killCounty,
  makeFolder,
  type RunningCounty,
  removeFolder,
  samePorts,
  startCounty,
  stopCounty,
  until,
} from "./county-support.ts";

const folders: string[] = [];
const boxes = new Set<Program>();
let running: RunningCounty | null = null;

afterEach(async () => {
  for (const box of boxes) {
    box.kill("SIGKILL");
    await box.ended;
  }
  boxes.clear();
  if (running !== null) await killCounty(running);
  running = null;
  for (const folder of folders.splice(0)) removeFolder(folder);
});

function newFolder(): string {
  const folder = makeFolder();
  folders.push(folder);
  return folder;
}

async function county(data: string, ...more: string[]): Promise<RunningCounty> {
  running = await startCounty(data, ...more);
  return running;
}

async function startBox(data: string): Promise<{ program: Program; boxId: string }> {
  const program = startNode(["dist/box/box.mjs", "--data", data, "--port", "0"]);
  boxes.add(program);
  const { boxId } = await readyLine<{ boxId: string }>(program);
  return { program, boxId };
}

async function stopBox(program: Program): Promise<void> {
  process.kill(program.pid, "SIGTERM");
  await program.ended;
  boxes.delete(program);
}

/** Every record of the box's disk as `epoch-s-hash`. */
async function recordsOf(data: string): Promise<string[]> {
  const records: string[] = [];
  const onRecord = ({ e, s, h }: { e: string; s: number; h: string }) =>
    void records.push(`${e}-${s}-${h}`);
  const options = { disk: new NodeDisk(data), folder: "register", sha256: nodeSha256, onRecord };
  await readRegister(options);
  return records;
}

/** What the county's database holds: the counted records, and those beside them. */
async function heldBy({ data }: RunningCounty): Promise<{ counted: string[]; aside: string[] }> {
  const folder = join(data, "county");
  const password = readFileSync(join(folder, "keys/database-password"), "utf8").trim();
  const port = Number(readFileSync(join(folder, "pg/postmaster.pid"), "utf8").split("\n")[3]);
  const client = new pg.Client({
    host: "127.0.0.1",
    port,
    password,
    user: "county",
    database: "postgres",
  });
  await client.connect();
  try {
    const all = async (table: string) =>
      (await client.query(`select epoch || '-' || s || '-' || h as r from ${table}`)).rows.map(
        ({ r }) => r as string,
      );
    return { counted: await all("rec"), aside: await all("conflicts") };
  } finally {
    await client.end();
  }
}

/** Waits until the county holds all that lies in these folders, and says what it holds. */
async function untilAllHeld(where: RunningCounty, ...datas: string[]) {
  return until(
    async () => ({
      held: await heldBy(where),
      written: [...new Set((await Promise.all(datas.map(recordsOf))).flat())],
    }),
    ({ held: { counted, aside }, written }) =>
      written.length > 2 && written.every((one) => counted.includes(one) || aside.includes(one)),
  );
}

async function enrolledBox(where: RunningCounty) {
  const data = newFolder();
  const box = await startBox(data);
  const file = join(data, "county.json");
  writeFileSync(`${file}.part`, JSON.stringify(await where.enrol(box.boxId)), { mode: 0o600 });
  renameSync(`${file}.part`, file);
  // The receipt for the first records is a record too.
  await until(
    () => where.get<BoxDetail>(`/api/boxes/${box.boxId}`),
    ({ epochs }) => (epochs[0]?.upTo ?? 0) >= 3,
  );
  return { ...box, data };
}

async function startUntilHeld(where: RunningCounty, data: string): Promise<void> {
  const { program } = await startBox(data);
  await untilAllHeld(where, data);
  await stopBox(program);
}

function copyOf(data: string): string {
  const image = join(newFolder(), "image");
  cpSync(data, image, { recursive: true });
  return image;
}

function putBack(data: string, image: string): void {
  rmSync(data, { recursive: true });
  cpSync(image, data, { recursive: true });
}

const detailOf = (where: RunningCounty, id: string) => where.get<BoxDetail>(`/api/boxes/${id}`);
const isOnce = (all: readonly string[]) => new Set(all).size === all.length;

/** Starts that nobody hears of: each writes its records all the same. */
async function startUnheard(data: string, times: number): Promise<void> {
  const enrolment = join(data, "county.json");
  renameSync(enrolment, `${enrolment}.away`);
  for (let count = 0; count < times; count += 1) await stopBox((await startBox(data)).program);
  renameSync(`${enrolment}.away`, enrolment);
}

test.each([
  ["more records than it lost", 6, "fork"],
  ["fewer records than it lost", 0, "rollback"],
] as const)(
  "S7, S8: a box put back to an older copy, which then wrote %s, goes on in a new epoch",
  async (_what, unheard, kind) => {
    const where = await county(newFolder());
    const { program, boxId, data } = await enrolledBox(where);
    await stopBox(program);
    const image = copyOf(data);
    await startUntilHeld(where, data);
    await startUntilHeld(where, data);
    const lost = await recordsOf(data);
    putBack(data, image);
    await startUnheard(data, unheard);

    const again = await startBox(data);
    await until(
      () => detailOf(where, boxId),
      ({ epochs, backlog, link }) => epochs.length === 2 && backlog === 0 && link === "online",
    );
    const { held } = await untilAllHeld(where, data);
    await stopBox(again.program);
    const [old, next] = (await detailOf(where, boxId)).epochs;
    const others = (await recordsOf(data)).filter(
      (one) => one.startsWith(`${old?.epoch}-`) && !lost.includes(one),
    );
    expect(lost.every((one) => held.counted.includes(one))).toBe(true);
    expect(isOnce([...held.counted, ...held.aside])).toBe(true);
    expect(others.length).toBeGreaterThan(0);
    expect([...held.aside].sort()).toEqual([...others].sort());
    expect((await detailOf(where, boxId)).conflicts).toBe(others.length);
    const log = readFileSync(join(data, `register/A/j-${next?.epoch}-00001.log`), "utf8");
    expect(log.split("\n")[1]).toContain(`"k":"${kind}"`);
  },
);

test("S7: two boxes with one identity are both told in full, and each has an epoch of its own", async () => {
  const where = await county(newFolder());
  const { program, boxId, data } = await enrolledBox(where);
  await stopBox(program);
  const twin = copyOf(data);
  const both = await Promise.all([startBox(data), startBox(twin)]);
  await until(
    () => detailOf(where, boxId),
    ({ epochs }) => epochs.length >= 2,
  );
  const { held } = await untilAllHeld(where, data, twin);
  for (const box of both) await stopBox(box.program);
  expect(isOnce([...held.counted, ...held.aside])).toBe(true);
  expect((await detailOf(where, boxId)).conflicts).toBeGreaterThan(0);
});

test("S6: a county put back to an older dump is told again what it forgot, without a contradiction", async () => {
  const data = newFolder();
  const first = await county(data);
  const ports = samePorts(first);
  const box = await enrolledBox(first);
  await stopBox(box.program);
  await stopCounty(first);
  const dump = join(newFolder(), "pg");
  cpSync(join(data, "county/pg"), dump, { recursive: true });

  const second = await county(data, ...ports);
  await startUntilHeld(second, box.data);
  await startUntilHeld(second, box.data);
  await stopCounty(second);
  rmSync(join(data, "county/pg"), { recursive: true });
  cpSync(dump, join(data, "county/pg"), { recursive: true });

  const third = await county(data, ...ports);
  expect((await heldBy(third)).counted.length).toBeLessThan((await recordsOf(box.data)).length);
  await startBox(box.data);
  const { held, written } = await untilAllHeld(third, box.data);
  expect(held.aside).toEqual([]);
  expect(isOnce(held.counted)).toBe(true);
  expect(written.every((one) => held.counted.includes(one))).toBe(true);
});
