/**
 * Goal: a box that was put back, a box that was copied, a county that was put back: at the end the
 * county holds every record once, and contradictions beside each other, for everybody to see (S6,
 * S7, S8). Real county, real boxes.
 */
import { cpSync, existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { expect, test } from "vitest";
import { writeThroughBox } from "../../cli/register/door.ts";
import type { InspectorBook } from "../../protocol/book-api.ts";
import type { BookPeople, BoxDetail, OtherSessions } from "../../protocol/console-api.ts";
import { makeMember, makeRoster } from "../support/fake-room.ts";
import { type RunningCounty, samePorts, stopCounty, until } from "./county-support.ts";
import { countyWorld, recordsOf } from "./county-world.ts";

const { newFolder, county, startBox, stopBox, enrol } = countyWorld();

function readRosterText(data: string): string {
  const file = join(data, "register/roster.json");
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

/** First column of what the county's database answers. */
async function askDatabase({ data }: RunningCounty, ...queries: string[]): Promise<string[][]> {
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
    const answers: string[][] = [];
    for (const text of queries) {
      const { rows } = await client.query({ text, rowMode: "array" });
      answers.push(rows.map(([first]) => String(first)));
    }
    return answers;
  } finally {
    await client.end();
  }
}

/** What the county's database holds: the counted records, and those beside them. */
async function heldBy(where: RunningCounty): Promise<{ counted: string[]; aside: string[] }> {
  const all = (table: string) => `select epoch || '-' || s || '-' || h from ${table}`;
  const [counted = [], aside = []] = await askDatabase(where, all("rec"), all("conflicts"));
  return { counted, aside };
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
  await enrol(where, data, box.boxId);
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

test("what another history says of sessions is asked for beside the counted ones, and is in no count", async () => {
  const where = await county(newFolder());
  const { program, boxId, data } = await enrolledBox(where);
  await stopBox(program);
  const image = copyOf(data);
  const meet = async () => {
    const box = await startBox(data);
    await writeThroughBox(data, { kind: "open-session", type: "theme-day", lessons: [] });
    await writeThroughBox(data, { kind: "abandon" });
    return box.program;
  };
  const first = await meet();
  await untilAllHeld(where, data);
  await stopBox(first);
  putBack(data, image);
  const enrolment = join(data, "county.json");
  renameSync(enrolment, `${enrolment}.away`);
  for (let index = 0; index < 3; index += 1) await stopBox(await meet());
  renameSync(`${enrolment}.away`, enrolment);
  await startBox(data);
  await until(
    () => where.get<OtherSessions>(`/api/boxes/${boxId}/books/others`),
    ({ sessions }) => sessions.length === 3,
  );
  const book = await where.get<InspectorBook>(`/api/boxes/${boxId}/books/inspect`);
  expect(book.sessions).toHaveLength(1);
  expect(book.damage.join()).toContain("另有一份记录");
});

test("a name that a box erases is erased from the county's roster, and does not come back", async () => {
  const where = await county(newFolder());
  const { boxId, data } = await enrolledBox(where);
  const roster = makeRoster(2);
  const put = () => where.ask("PUT", `/api/boxes/${boxId}/docs/roster`, roster);
  expect((await put()).status).toBe(200);
  const people = () => where.get<BookPeople>(`/api/boxes/${boxId}/books/people`);
  await until(
    () => Promise.resolve(readRosterText(data)),
    (text) => text.includes("同志2"),
  );
  const members = [makeMember(2).id] as [string];
  await writeThroughBox(data, { kind: "erase", members, reason: "request", order: "5号" });
  const erased = await until(people, (all) =>
    all.members.some(({ text }) => text.includes("已删除")),
  );
  expect(erased.members.map(({ text }) => text)).toEqual(["同志1", "2 号（已删除）"]);
  const kept = async () => (await askDatabase(where, "select body from docs")).flat().join();
  expect(await kept()).not.toContain("同志2");
  expect((await put()).status).toBe(200);
  expect(await kept()).not.toContain("同志2");
  expect(readRosterText(data)).not.toContain("同志2");
});

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
