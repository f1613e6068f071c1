/**
 * Goal: a birth that cannot be is shown with the box, until it is well again or a person has looked;
 * and a register that an older program folded is folded anew. Real county, real PostgreSQL.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { afterEach, expect, test } from "vitest";
import type { BoxAlarm, BoxDetail, CountySession } from "../../protocol/console-api.ts";
import { filledJournal } from "../unit/console/journal.ts";
import { closeSession, markAttendance, openSession } from "./county-session.ts";
import {
  birthOf,
  connectBox,
  killCounty,
  makeFolder,
  type RunningCounty,
  removeFolder,
  startCounty,
  stopCounty,
  until,
} from "./county-support.ts";

const folders: string[] = [];
let county: RunningCounty | null = null;

afterEach(async () => {
  if (county !== null) await killCounty(county);
  county = null;
  for (const folder of folders.splice(0)) removeFolder(folder);
});

async function start(data: string): Promise<RunningCounty> {
  county = await startCounty(data);
  return county;
}

function newFolder(): string {
  const folder = makeFolder();
  folders.push(folder);
  return folder;
}

const detailOf = (where: RunningCounty, id: string) => where.get<BoxDetail>(`/api/boxes/${id}`);
const kindsOf = (alarms: readonly BoxAlarm[]) => alarms.map(({ kind }) => kind).sort();
const keyOf = (digit: string) => digit.repeat(122);

test("a birth that cannot be is an alarm until it is well again or looked into; another key until enrolled again", async () => {
  const where = await start(newFolder());
  const box = "alarmboxaaaaaaaa";
  const enrolment = await where.enrol(box);
  const client = await connectBox(enrolment);
  const journal = filledJournal(12, box);
  const untilAlarms = async (...kinds: BoxAlarm["kind"][]) =>
    (
      await until(
        () => detailOf(where, box),
        ({ alarms }) => kindsOf(alarms).join() === [...kinds].sort().join(),
      )
    ).alarms;
  await client.say("birth", { ...birthOf(journal), key: keyOf("a") });
  await client.send(journal, 1, 12);
  await client.untilAck(({ upTo }) => upTo === 12);
  expect((await detailOf(where, box)).alarms).toEqual([]);

  const [head] = birthOf(journal).journals;
  const short = { ...head, head: 5, hash: "0".repeat(64) };
  await client.say("birth", { ...birthOf(journal), key: keyOf("a"), journals: [short] });
  const alarms = await untilAlarms("behind", "other-history");
  expect(alarms.find(({ kind }) => kind === "behind")?.records).toBe(7);

  const looks = () => where.ask("POST", `/api/boxes/${box}/looked`, {});
  expect((await looks()).status).toBe(204);
  const looked = (await detailOf(where, box)).alarms;
  expect(looked.map((alarm) => alarm.looked)).toEqual([true, true]);
  const shorter = { ...head, head: 4, hash: "0".repeat(64) };
  await client.say("birth", { ...birthOf(journal), key: keyOf("a"), journals: [shorter] });
  const grown = await until(
    () => detailOf(where, box),
    ({ alarms: now }) => now.some(({ kind, records }) => kind === "behind" && records === 8),
  );
  expect(grown.alarms.find(({ kind }) => kind === "behind")?.looked).toBe(false);

  await client.say("birth", { ...birthOf(journal), key: keyOf("b"), journals: [] });
  await untilAlarms("other-key", "unknown-epoch");
  await client.say("birth", { ...birthOf(journal), key: keyOf("a") });
  await untilAlarms("other-key");
  await client.leave();
  await where.enrol(box);
  await untilAlarms();
});

/** As if an older program had stored it: its fold's number, and what it made of the records. */
async function storeAsOlder({ data }: RunningCounty): Promise<void> {
  const folder = join(data, "county");
  const client = new pg.Client({
    host: "127.0.0.1",
    port: Number(readFileSync(join(folder, "pg/postmaster.pid"), "utf8").split("\n")[3]),
    password: readFileSync(join(folder, "keys/database-password"), "utf8").trim(),
    user: "county",
    database: "postgres",
  });
  await client.connect();
  try {
    await client.query(
      "update sessions set fold = 0, register = (register::jsonb || '{\"heads\": 3}')::json",
    );
  } finally {
    await client.end();
  }
}

test("a register that an older fold made is folded anew at the next start, and listed as before", async () => {
  const data = newFolder();
  const first = await start(data);
  const box = "refoldboxaaaaaaa";
  const client = await connectBox(await first.enrol(box));
  const journal = openSession(box);
  markAttendance(journal);
  closeSession(journal);
  for (let from = 1; from <= journal.records.length; from += 50) {
    await client.send(journal, from, Math.min(50, journal.records.length - from + 1));
  }
  await client.untilAck(({ upTo }) => upTo === journal.records.length);
  await client.leave();
  const path = `/api/sessions/${box}/${journal.session}`;
  const before = await first.get<CountySession>(path);
  expect(before.register.heads).toBe(40);
  await storeAsOlder(first);
  expect((await first.get<CountySession>(path)).register.heads).toBe(3);
  await stopCounty(first);
  const second = await start(data);
  const after = await until(
    () => second.get<CountySession>(path),
    ({ register }) => register.heads === 40,
  );
  expect(after).toEqual(before);
});
