/**
 * Goal: a notice reaches the boxes it is for and no others, holds until it is withdrawn or over, and
 * the county knows where it arrived and where it was read. Real county, real PostgreSQL, real MQTT.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { BoxConfig, Enrolment, Notices } from "../../protocol/generated/types.ts";
import { isNotices } from "../../protocol/generated/validators.js";
import type { NewNoticeRequest, NoticeLine, NoticeRoom } from "../../protocol/notice-api.ts";
import { filledJournal } from "../unit/console/journal.ts";
import {
  birthOf,
  connectBox,
  killCounty,
  makeFolder,
  type RunningCounty,
  removeFolder,
  startCounty,
  type TestBox,
  until,
} from "./county-support.ts";

const folder = makeFolder();
let county: RunningCounty;
const clients: TestBox[] = [];

beforeAll(async () => {
  county = await startCounty(folder);
});
afterAll(async () => {
  for (const client of clients) await client.leave();
  await killCounty(county);
  removeFolder(folder);
});

const [STONE, WILLOW] = ["noticeboxaaaaaaa", "noticeboxbbbbbbb"];
const PLACES: Readonly<Record<string, string>> = {
  [STONE]: "云岭县 石桥镇 石桥村",
  [WILLOW]: "云岭县 柳河镇 青石村",
};

async function join(box: string): Promise<{ enrolment: Enrolment; client: TestBox }> {
  const request = { box, name: `${box.slice(-3)}村收看室`, place: PLACES[box] ?? "云岭县" };
  const answer = await county.ask("POST", "/api/boxes", request);
  const { enrolment } = (await answer.json()) as { enrolment: Enrolment };
  const client = await connectBox(enrolment);
  clients.push(client);
  return { enrolment, client };
}

const NOTICE: NewNoticeRequest = {
  title: "电教日提前",
  text: "提前到 3 号。\n请通知到每一位同志。",
  from: "县委组织部",
  until: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10),
  audience: { kind: "all" },
};

async function issue(
  change: Partial<NewNoticeRequest> = {},
): Promise<{ id: string; rooms: number }> {
  const answer = await county.ask("POST", "/api/notices", { ...NOTICE, ...change });
  expect(answer.status, await answer.clone().text()).toBe(200);
  return (await answer.json()) as { id: string; rooms: number };
}

/** What a box is given by its newest settings. */
async function documentOf({ box, password }: Enrolment, config: BoxConfig): Promise<Notices> {
  const url = `${config.docsUrl}/b/${box}/doc/${config.notices?.sha256}`;
  const authorization = `Basic ${Buffer.from(`${box}:${password}`).toString("base64")}`;
  const document: unknown = await (await fetch(url, { headers: { authorization } })).json();
  if (!isNotices(document)) throw new Error(`no notices: ${JSON.stringify(document)}`);
  return document;
}

const lineOf = async (id: string) =>
  (await county.get<NoticeLine[]>("/api/notices")).find((line) => line.id === id);
const roomsOf = (id: string) => county.get<NoticeRoom[]>(`/api/notices/${id}/rooms`);
const titlesOf = ({ notices }: Notices) => notices.map(({ title }) => title);

test("a notice goes to whom it is for, arrives, is read, and is withdrawn", async () => {
  const stone = await join(STONE);
  const willow = await join(WILLOW);
  const forAll = await issue();
  expect(forAll.rooms).toBe(2);
  const forTown = await issue({
    title: "柳河镇的会改期",
    audience: { kind: "places", places: ["柳河镇"] },
  });
  expect(forTown.rooms).toBe(1);
  const forRoom = await issue({ title: "只给石桥", audience: { kind: "boxes", boxes: [STONE] } });

  const atWillow = await willow.client.untilConfig(({ notices }) => notices?.version === 2);
  expect(titlesOf(await documentOf(willow.enrolment, atWillow))).toEqual([
    "柳河镇的会改期",
    "电教日提前",
  ]);
  const atStone = await stone.client.untilConfig(({ notices }) => notices?.version === 2);
  expect(titlesOf(await documentOf(stone.enrolment, atStone))).toEqual(["只给石桥", "电教日提前"]);
  expect(await lineOf(forAll.id)).toMatchObject({ rooms: 2, arrived: 0, read: 0, state: "holds" });

  // The first document only: what came with the second has not arrived.
  const birth = birthOf(filledJournal(3, WILLOW));
  await willow.client.say("birth", { ...birth, notices: { version: 1, read: [] } });
  await until(
    () => lineOf(forAll.id),
    (line) => line?.arrived === 1,
  );
  expect(await lineOf(forTown.id)).toMatchObject({ arrived: 0, read: 0 });
  await willow.client.say("birth", { ...birth, notices: { version: 2, read: [forTown.id] } });
  await until(
    () => lineOf(forTown.id),
    (line) => line?.read === 1,
  );
  expect(await lineOf(forAll.id)).toMatchObject({ arrived: 1, read: 0 });
  const [first, second] = await roomsOf(forAll.id);
  expect([first?.box, second?.box]).toEqual([STONE, WILLOW]);
  expect(first).toMatchObject({ arrivedAtMs: null, readAtMs: null });

  expect((await county.ask("POST", `/api/notices/${forAll.id}/withdraw`, {})).status).toBe(204);
  expect((await county.ask("POST", `/api/notices/${forAll.id}/withdraw`, {})).status).toBe(404);
  const after = await willow.client.untilConfig(({ notices }) => notices?.version === 3);
  expect(titlesOf(await documentOf(willow.enrolment, after))).toEqual(["柳河镇的会改期"]);
  expect(await lineOf(forAll.id)).toMatchObject({ state: "withdrawn", arrived: 1 });
  expect(await lineOf(forRoom.id)).toMatchObject({ rooms: 1 });
});

test("a box that is enrolled later gets what still holds for it", async () => {
  const { enrolment, client } = await join("noticeboxccccccc");
  const standing = await issue({ title: "给全县的" });
  const later = await join("noticeboxddddddd");
  const config = await later.client.untilConfig(({ notices }) => notices != null);
  expect(titlesOf(await documentOf(later.enrolment, config))).toEqual(["给全县的"]);
  expect((await roomsOf(standing.id)).map(({ box }) => box)).toContain(later.enrolment.box);
  const mine = await client.untilConfig(({ notices }) => notices?.version === 1);
  expect(titlesOf(await documentOf(enrolment, mine))).toEqual(["给全县的"]);
});

test("what is no notice is refused in words", async () => {
  const refusals: [Partial<Record<keyof NewNoticeRequest, unknown>>, string][] = [
    [{ title: "" }, "标题"],
    [{ title: "长".repeat(29) }, "标题"],
    [{ text: "字".repeat(501) }, "内容"],
    [{ text: "一\u0007二" }, "内容"],
    [{ from: "" }, "谁发的"],
    [{ until: "2020-01-01" }, "有效到"],
    [{ until: "2026-02-30" }, "有效到"],
    [{ until: "2999-01-01" }, "有效到"],
    [{ audience: { kind: "places", places: [] } }, "发给谁"],
    [{ audience: { kind: "county" } }, "发给谁"],
  ];
  for (const [change, word] of refusals) {
    const answer = await county.ask("POST", "/api/notices", { ...NOTICE, ...change });
    expect(answer.status, word).toBe(400);
    expect(((await answer.json()) as { text: string }).text).toContain(word);
  }
  expect((await fetch(`${county.console}/api/notices`)).status).toBe(401);
});
