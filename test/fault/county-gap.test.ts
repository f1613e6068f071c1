/**
 * Goal: what both copies of a box have lost comes back from the county: by itself while the box
 * runs, or by hand from an export; proven, told, and with nothing contradicted. Real county, real
 * box, real disk.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { NodeDisk } from "../../platform/node/node-disk.ts";
import { nodeSha256 } from "../../platform/node/node-sha256.ts";
import type { BoxDetail } from "../../protocol/console-api.ts";
import { readRegister } from "../../src/register/read-register.ts";
import { oneRoom } from "../support/process.ts";
import { type RunningCounty, until } from "./county-support.ts";
import { countyWorld, recordsOf } from "./county-world.ts";

const { newFolder, county, startBox, stopBox, enrol } = countyWorld();

const detailOf = (where: RunningCounty, id: string) => where.get<BoxDetail>(`/api/boxes/${id}`);

/** Record 2 of the only segment becomes zeros in both copies. */
function loseRecord(data: string): void {
  for (const copy of ["A", "B"]) {
    const folder = join(data, "register", copy);
    const path = join(folder, readdirSync(folder)[0] ?? "");
    const lines = readFileSync(path, "utf8").split("\n");
    lines[1] = "\0".repeat(Buffer.byteLength(lines[1] ?? ""));
    writeFileSync(path, lines.join("\n"));
  }
}

/** The county holds its first records, and record 2 among them. */
async function damagedBox(where: RunningCounty) {
  const data = newFolder();
  const { program, boxId } = await startBox(data);
  await enrol(where, data, boxId);
  // The receipt for the first records is a record too.
  await until(
    () => detailOf(where, boxId),
    ({ epochs }) => (epochs[0]?.upTo ?? 0) >= 3,
  );
  await stopBox(program);
  const before = await recordsOf(data);
  loseRecord(data);
  return { data, boxId, before };
}

const readingOf = (data: string) =>
  readRegister({ disk: new NodeDisk(data), folder: "register", sha256: nodeSha256 });

test("a box asks the county for what both copies have lost, and both are whole again", async () => {
  const where = await county(newFolder());
  const { data, boxId, before } = await damagedBox(where);
  expect(await recordsOf(data)).toEqual(before.slice(0, 1));
  const { program } = await startBox(data);
  await until(
    () => readingOf(data),
    ({ damage, epochs }) => damage.length === 0 && epochs.length === 2,
  );
  const { epochs } = await until(
    () => detailOf(where, boxId),
    ({ epochs: [, next], backlog }) => backlog === 0 && next !== undefined,
  );
  await stopBox(program);
  const after = await recordsOf(data);
  expect(after.slice(0, before.length)).toEqual(before);
  const log = readFileSync(join(data, `register/A/j-${epochs[1]?.epoch}-00001.log`), "utf8");
  expect(log).toContain('"why":"county"');
  expect((await detailOf(where, boxId)).conflicts).toBe(0);
});

test("console export, then register repair --from-export, makes both copies whole again", async () => {
  const where = await county(newFolder());
  const { data, boxId, before } = await damagedBox(where);
  const file = join(newFolder(), "records.jsonl");
  const folder = join(where.data, "county");
  const exported = await oneRoom(
    ...["console", "export", "--data", folder, "--box", boxId, "--out", file],
  );
  const [held] = (await detailOf(where, boxId)).epochs;
  expect(exported.stdout).toContain(`已导出 ${held?.upTo} 条`);
  const repaired = await oneRoom("register", "repair", "--data", data, "--from-export", file);
  expect(repaired.stdout).toContain("第 2 条");
  expect(repaired.code).toBe(0);
  const { damage, beyondCount } = await readingOf(data);
  expect({ damage, beyondCount }).toEqual({ damage: [], beyondCount: 0 });
  expect((await recordsOf(data)).slice(0, before.length)).toEqual(before);
  expect((await oneRoom("register", "verify", "--data", data)).code).toBe(0);
});
