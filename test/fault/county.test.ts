/** Goal: a real county keeps its promises S3 to S10 to boxes, with a real broker and PostgreSQL. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type {
  BoxDetail,
  BoxLine,
  CountySession,
  LiveEvent,
  Overview,
  SessionPage,
} from "../../protocol/console-api.ts";
import type { Enrolment } from "../../protocol/generated/types.ts";
import { filledJournal } from "../unit/console/journal.ts";
import { runMosquitto } from "./county-mosquitto.ts";
import {
  closeSession,
  MANIFEST,
  MATERIAL,
  markAttendance,
  openSession,
  ROSTER,
} from "./county-session.ts";
import {
  birthOf,
  connectBox,
  makeFolder,
  type RunningCounty,
  removeFolder,
  startCounty,
  stopCounty,
  type TestBox,
  until,
} from "./county-support.ts";

/** What must be ended after the county. */
const afterwards: (() => Promise<void>)[] = [];

const QUICK_LOSS = ["--lost-after", "1"];

async function startWithMosquitto(data: string): Promise<RunningCounty> {
  const password = "county-in-a-test";
  const mosquitto = await runMosquitto([{ user: "county", password }]);
  afterwards.push(() => mosquitto.close());
  const url = `mqtt://county:${password}@127.0.0.1:${mosquitto.port}`;
  const county = await startCounty(data, ...QUICK_LOSS, "--broker-url", url);
  return {
    ...county,
    async enrol(box) {
      const enrolment = await county.enrol(box);
      mosquitto.reload(join(data, "county/mosquitto/passwords"));
      // Mosquitto reads its files when it gets to it.
      await until(
        () =>
          connectBox(enrolment).then(
            (client) => client.leave().then(() => true),
            () => false,
          ),
        (welcome) => welcome,
      );
      return enrolment;
    },
  };
}

describe.each([
  ["its own broker", (data: string) => startCounty(data, ...QUICK_LOSS)],
  ["a Mosquitto", startWithMosquitto],
])("a county with %s", (_broker, start) => {
  let data: string;
  let county: RunningCounty;
  let lastBox = 0;
  const open: TestBox[] = [];

  beforeAll(async () => {
    data = makeFolder();
    county = await start(data);
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((box) => box.client.endAsync(true)));
  });
  afterAll(async () => {
    await stopCounty(county);
    await afterwards.pop()?.();
    removeFolder(data);
  });

  /** Every test has boxes of its own. */
  function newBoxId(): string {
    lastBox += 1;
    return `testbox${String(lastBox).padStart(9, "0")}`;
  }

  async function joinBox(enrolment: Enrolment, link = 1): Promise<TestBox> {
    const box = await connectBox(enrolment, link);
    open.push(box);
    return box;
  }

  const detail = (box: string) => county.get<BoxDetail>(`/api/boxes/${box}`);

  describe("records", () => {
    test("S5: the acknowledgement says how far the county has committed, signed", async () => {
      const id = newBoxId();
      const box = await joinBox(await county.enrol(id));
      const journal = filledJournal(120, id);
      for (const from of [1, 51, 101]) await box.send(journal, from, 50);
      const ack = await box.untilAck(({ upTo }) => upTo === 120);
      expect(ack).toMatchObject({ box: id, epoch: journal.epoch, h: journal.records[119]?.h });
      expect(ack.want).toEqual([]);
      const { epochs, backlog } = await detail(id);
      expect(epochs).toEqual([{ epoch: journal.epoch, upTo: 120, head: 120, gaps: [] }]);
      expect(backlog).toBe(null);
    });

    test("S3: records that are sent again are kept once and acknowledged again", async () => {
      const id = newBoxId();
      const box = await joinBox(await county.enrol(id));
      const journal = filledJournal(10, id);
      await box.send(journal, 1, 10);
      await box.untilAck(({ upTo }) => upTo === 10);
      box.acks.length = 0;
      await box.send(journal, 1, 10);
      await box.send(journal, 5, 6);
      await until(
        async () => box.acks.length,
        (count) => count >= 1,
      );
      expect(box.acks.every(({ upTo }) => upTo === 10)).toBe(true);
      expect((await detail(id)).conflicts).toBe(0);
    });

    test("S4: early records are kept, and what is missing before them is asked for", async () => {
      const id = newBoxId();
      const box = await joinBox(await county.enrol(id));
      const journal = filledJournal(30, id);
      await box.send(journal, 1, 5);
      await box.send(journal, 11, 5);
      await box.send(journal, 21, 10);
      const ack = await box.untilAck(({ want }) => want.length === 2);
      expect(ack).toMatchObject({
        upTo: 5,
        want: [
          [6, 10],
          [16, 20],
        ],
      });
      await box.send(journal, 6, 5);
      await box.untilAck(({ upTo }) => upTo === 15);
      await box.send(journal, 16, 5);
      expect((await box.untilAck(({ upTo }) => upTo === 30)).h).toBe(journal.records[29]?.h);
    });

    test("S6: a box learns at its birth how far the county is", async () => {
      const id = newBoxId();
      const box = await joinBox(await county.enrol(id));
      const journal = filledJournal(7, id);
      await box.say("birth", birthOf(journal));
      expect(await box.untilAck(() => true)).toMatchObject({ upTo: 0, h: null, want: [] });
      await box.send(journal, 1, 7);
      await box.untilAck(({ upTo }) => upTo === 7);
      box.acks.length = 0;
      await box.say("birth", birthOf(journal));
      const ack = await box.untilAck(() => true);
      expect(ack).toMatchObject({ upTo: 7, h: journal.records[6]?.h });
    });

    test("S8: a contradiction is kept, alarmed, and never put in place of what is held", async () => {
      const id = newBoxId();
      const box = await joinBox(await county.enrol(id));
      const journal = filledJournal(4, id);
      await box.send(journal, 1, 4);
      await box.untilAck(({ upTo }) => upTo === 4);
      const other = filledJournal(2, id);
      for (let s = 3; s <= 6; s += 1) other.append("test.note", { text: "另一条" });
      box.acks.length = 0;
      await box.send(other, 3, 4);
      const ack = await box.untilAck(() => true);
      expect(ack).toMatchObject({ upTo: 4, h: journal.records[3]?.h });
      expect((await detail(id)).conflicts).toBe(4);
      expect((await county.get<Overview>("/api/overview")).conflicts).toBeGreaterThanOrEqual(4);
    });

    test("S10: records of unknown kinds, and nonsense of known ones, are kept and acknowledged", async () => {
      const id = newBoxId();
      const box = await joinBox(await county.enrol(id));
      const journal = openSession(id);
      const { session } = journal;
      journal.append("from.the.future", { session, anything: "\u0000 \ud800" });
      journal.append("attend", { session, marks: "nonsense" });
      journal.append("session.open", { title: 7 });
      journal.append("session.open", { title: "\u0000" });
      markAttendance(journal);
      await box.send(journal, 1, 50);
      const ack = await box.untilAck(({ upTo }) => upTo === journal.records.length);
      expect(ack.h).toBe(journal.records.at(-1)?.h);
      await county.get<SessionPage>("/api/sessions");
    });
  });

  describe("sessions", () => {
    test("a fix that comes later dates a session, and none of another history of the box", async () => {
      const id = newBoxId();
      const box = await joinBox(await county.enrol(id));
      const journal = openSession(id);
      const opened = journal.records.length;
      await box.send(journal, 1, opened);
      await box.untilAck(({ upTo }) => upTo === opened);
      const lines = async () => {
        return (await county.get<SessionPage>(`/api/sessions?box=${id}`)).lines;
      };
      expect(await lines()).toMatchObject([{ openedAtMs: null }]);

      const fix = { bt: 1, mt0: 3_600_000, wall0: Date.UTC(2026, 10, 24, 2), unc: 400 };
      journal.append("time.fix", { ...fix, source: "county" });
      await box.send(journal, opened + 1, 1);
      await box.untilAck(({ upTo }) => upTo === opened + 1);
      const [dated] = await lines();
      expect(dated?.openedDayOnly).toBe(false);
      const s = Number(journal.session.split("-")[1]);
      expect(dated?.openedAtMs).toBe(fix.wall0 - fix.mt0 + 1000 * s);

      // Wiped, it counts its boots from 1 again: its boot 1 is another one.
      const wiped = openSession(id, "0a0b0c0d");
      const rest = wiped.records.length;
      await box.send(wiped, 1, rest);
      await box.untilAck(({ epoch, upTo }) => epoch === wiped.epoch && upTo === rest);
      const found = await lines();
      const other = found.find(({ id: session }) => session === wiped.session);
      expect(other?.openedAtMs).toBeNull();
    });

    test("a session shows as it is held, and its register with names when it is closed", async () => {
      const id = newBoxId();
      const box = await joinBox(await county.enrol(id));
      const hash = createHash("sha256").update(MANIFEST).digest("hex");
      const lesson = { manifest: MANIFEST, material: MATERIAL };
      expect((await county.ask("PUT", `/api/lessons/${hash}`, lesson)).status).toBe(204);
      expect((await county.ask("PUT", `/api/boxes/${id}/docs/roster`, ROSTER)).status).toBe(200);

      const events: LiveEvent[] = [];
      const stream = new AbortController();
      const headers = { authorization: `Bearer ${county.adminToken}` };
      const response = await fetch(`${county.console}/api/events`, {
        headers,
        signal: stream.signal,
      });
      void readEvents(response, events);

      const journal = openSession(id);
      markAttendance(journal);
      const opened = journal.records.length;
      await box.send(journal, 1, opened);
      await box.untilAck(({ upTo }) => upTo === opened);
      const [line] = (await county.get<SessionPage>(`/api/sessions?box=${id}`)).lines;
      expect(line).toMatchObject({
        id: journal.session,
        typeName: "党员电教日",
        title: "十一月党员电教日",
        closed: false,
        incomplete: false,
        heads: 40,
        counts: { expected: 50, P: 38, L: 2, V: 1, A: 0, unmarked: 9 },
      });

      closeSession(journal);
      await box.send(journal, opened + 1, 2);
      await box.untilAck(({ upTo }) => upTo === opened + 2);
      const found = await county.get<CountySession>(`/api/sessions/${id}/${journal.session}`);
      expect(found.line).toMatchObject({ closed: true, ending: "done", incomplete: false });
      expect(found.register.counts).toEqual({
        expected: 50,
        P: 38,
        L: 2,
        X: 0,
        V: 1,
        A: 9,
        unmarked: 0,
        G: 0,
        Q: 0,
      });
      expect(found.members).toHaveLength(50);
      expect(found.members[0]).toEqual({
        id: "memberaa",
        no: 1,
        name: "党员1",
        text: "党员1",
        group: "第一党小组",
      });
      expect(found.lessons["rice-blast"]).toEqual({
        title: "稻瘟病的识别与防治",
        durationMs: 120_000,
        points: { p1: "先看叶，再看穗" },
        topics: { t1: { text: "本村哪些田块发过稻瘟病？", points: ["低洼田"] } },
        questions: { f1: { text: "今天的收获", options: ["都记住了", "还有疑问"] } },
        tasks: { k1: { text: "看一看自家的稻叶", kind: "try" } },
      });
      await until(
        async () => events,
        (heard) =>
          heard.some(({ kind, session }) => kind === "session" && session === journal.session),
      );
      stream.abort();
    });

    test("a name that is gone from the roster is gone from the registers", async () => {
      const id = newBoxId();
      const box = await joinBox(await county.enrol(id));
      const journal = openSession(id);
      markAttendance(journal);
      await box.send(journal, 1, journal.records.length);
      await box.untilAck(({ upTo }) => upTo === journal.records.length);
      await county.ask("PUT", `/api/boxes/${id}/docs/roster`, ROSTER);
      const members = ROSTER.members.slice(1);
      await county.ask("PUT", `/api/boxes/${id}/docs/roster`, { ...ROSTER, version: 5, members });
      const found = await county.get<CountySession>(`/api/sessions/${id}/${journal.session}`);
      expect(found.members.find((member) => member.id === "memberaa")?.name).toBe(null);
      expect(found.members.find((member) => member.id === "memberab")?.name).toBe("党员2");
    });

    test("pages of the list show every session once", async () => {
      const id = newBoxId();
      const box = await joinBox(await county.enrol(id));
      for (let count = 0; count < 5; count += 1) {
        const journal = openSession(id, `0000000${count}`);
        await box.send(journal, 1, 2);
        await box.untilAck(({ epoch, upTo }) => epoch === journal.epoch && upTo === 2);
      }
      const seen: string[] = [];
      let next: string | null = "";
      while (next !== null) {
        const before: string = next === "" ? "" : `&before=${next}`;
        const page: SessionPage = await county.get(`/api/sessions?box=${id}&limit=2${before}`);
        seen.push(...page.lines.map((line) => line.id));
        next = page.next;
      }
      expect(seen).toHaveLength(5);
      expect(new Set(seen).size).toBe(5);
    });
  });

  describe("states", () => {
    test("a box is online while it is, offline when it says so, and lost after the debounce", async () => {
      const id = newBoxId();
      const enrolment = await county.enrol(id);
      const linkOf = async () => (await detail(id)).link;
      expect(await linkOf()).toBe("never");
      const box = await joinBox(enrolment, 1);
      await box.state("init", 1, 1);
      await box.say("birth", birthOf(filledJournal(3, id)));
      await box.state("ready", 1, 2);
      await until(linkOf, (link) => link === "online");
      await until(
        () => detail(id),
        ({ backlog }) => backlog === 3,
      );
      await box.state("offline", 1, 3);
      await until(linkOf, (link) => link === "offline");
      await box.leave();

      const again = await joinBox(enrolment, 2);
      await again.state("ready", 2, 1);
      await until(linkOf, (link) => link === "online");
      again.vanish();
      await until(linkOf, (link) => link === "lost");
      const line = (await county.get<BoxLine[]>("/api/boxes")).find((other) => other.id === id);
      expect(line).toMatchObject({ state: "lost", software: "0.1.0", lessonsReady: 2 });
    });

    test("the will of an older link does not make a box lost", async () => {
      const id = newBoxId();
      const box = await joinBox(await county.enrol(id), 5);
      await box.state("ready", 5, 1);
      await until(
        () => detail(id),
        ({ link }) => link === "online",
      );
      await box.state("lost", 4, 9);
      await box.say("tel", {
        ...birthOf(filledJournal(0, id)),
        ts: 1,
        memoryBytes: 77,
        backlog: 0,
      });
      await until(
        () => detail(id),
        ({ memoryBytes }) => memoryBytes === 77,
      );
      expect((await detail(id)).state).toBe("ready");
    });
  });

  describe("settings", () => {
    test("a box is told of its documents and fetches them with its own password only", async () => {
      const id = newBoxId();
      const enrolment = await county.enrol(id);
      const box = await joinBox(enrolment);
      const first = await box.untilConfig(() => true);
      expect(first).toMatchObject({ box: id, roster: null, utcOffsetMinutes: 480 });
      await county.ask("PUT", `/api/boxes/${id}/docs/roster`, ROSTER);
      const config = await box.untilConfig(({ roster }) => roster !== null);
      expect(config.version).toBeGreaterThan(first.version);
      const { roster } = config;
      expect(roster?.version).toBe(4);
      const url = `${config.docsUrl}/b/${id}/doc/${roster?.sha256}`;
      const basic = (user: string, password: string) => ({
        authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`,
      });
      const answer = await fetch(url, { headers: basic(id, enrolment.password) });
      const bytes = Buffer.from(await answer.arrayBuffer());
      expect(createHash("sha256").update(bytes).digest("hex")).toBe(roster?.sha256);
      expect(bytes.length).toBe(roster?.bytes);
      const stranger = await county.enrol(newBoxId());
      expect((await fetch(url)).status).toBe(401);
      expect((await fetch(url, { headers: basic(id, "no") })).status).toBe(401);
      const foreign = basic(stranger.box, stranger.password);
      expect((await fetch(url, { headers: foreign })).status).toBe(401);
    });

    test("a box gets copies of its own records, with its own password only", async () => {
      const id = newBoxId();
      const enrolment = await county.enrol(id);
      const box = await joinBox(enrolment);
      const journal = filledJournal(9, id);
      await box.send(journal, 1, 4);
      await box.send(journal, 7, 3);
      await box.untilAck(({ want }) => want.length === 1);
      const basic = (password: string) => ({
        authorization: `Basic ${Buffer.from(`${id}:${password}`).toString("base64")}`,
      });
      const url = `${county.console}/b/${id}/rec/${journal.epoch}`;
      const headers = basic(enrolment.password);
      const text = await (await fetch(`${url}?from=3&to=8`, { headers })).text();
      expect(
        text
          .trim()
          .split("\n")
          .map((line) => JSON.parse(line)),
      ).toEqual([3, 4, 7, 8].map((s) => journal.records[s - 1]));
      expect((await fetch(`${url}?from=1&to=2`, { headers: basic("no") })).status).toBe(401);
      expect((await fetch(`${url}?from=0&to=2`, { headers })).status).toBe(400);
      expect(await (await fetch(`${url}?from=20&to=21`, { headers })).text()).toBe("");
    });

    test("an administrator gets all that is held of a box, as the box repairs itself from it", async () => {
      const id = newBoxId();
      const box = await joinBox(await county.enrol(id));
      const journal = filledJournal(9, id);
      await box.send(journal, 1, 4);
      await box.send(journal, 7, 3);
      await box.untilAck(({ want }) => want.length === 1);
      const answer = await county.ask("GET", `/api/boxes/${id}/records`);
      const [head, ...lines] = (await answer.text()).trimEnd().split("\n");
      const { epoch } = journal;
      expect(JSON.parse(head ?? "")).toMatchObject({ boxId: id, recordCount: 7 });
      expect(lines.map((line) => JSON.parse(line))).toEqual(
        [1, 2, 3, 4, 7, 8, 9].map((s) => {
          const { h, p } = journal.records[s - 1] ?? {};
          return { e: epoch, s, h, json: p };
        }),
      );
      expect((await county.ask("GET", `/api/boxes/${newBoxId()}/records`)).status).toBe(404);
      expect((await fetch(`${county.console}/api/boxes/${id}/records`)).status).toBe(401);
    });

    test("a document that breaks its schema is refused with the place in it", async () => {
      const id = newBoxId();
      await county.enrol(id);
      const bad = { ...ROSTER, members: [{ ...ROSTER.members[0], name: "张".repeat(26) }] };
      const answer = await county.ask("PUT", `/api/boxes/${id}/docs/roster`, bad);
      expect(answer.status).toBe(422);
      expect(await answer.json()).toEqual({
        code: "bad-document",
        text: "名册不符合格式。/members/0/name：太长，最多 25 个字。",
      });
    });

    test("enrolling a box again ends whoever holds the old password", async () => {
      const id = newBoxId();
      const old = await county.enrol(id);
      const box = await joinBox(old);
      const gone = new Promise<void>((resolve) => box.client.once("close", () => resolve()));
      const enrolment = await county.enrol(id);
      await gone;
      await expect(connectBox(old)).rejects.toThrow();
      await joinBox(enrolment);
    });
  });

  describe("strangers' bytes", () => {
    test("garbage on every channel is counted, and the box is served on", async () => {
      const id = newBoxId();
      const box = await joinBox(await county.enrol(id));
      const journal = filledJournal(3, id);
      for (const channel of ["state", "birth", "tel", "rec", "res"] as const) {
        for (const garbage of ["{", "null", "[]", '{"v":1}', Buffer.from([0xff, 0xfe, 0]), ""]) {
          await box.say(channel, garbage);
        }
      }
      const forged = journal.batch(1, 3);
      await box.say("rec", { ...forged, prev: "0".repeat(64) });
      await box.send(journal, 1, 3);
      expect((await box.untilAck(() => true)).upTo).toBe(3);
      expect(county.program.log()).toContain("bad-schema");
      expect(await county.get("/health")).toEqual({ ok: true, database: true, broker: true });
    });
  });
});

async function readEvents(response: Response, events: LiveEvent[]): Promise<void> {
  const decoder = new TextDecoder();
  try {
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      for (const line of decoder.decode(chunk).split("\n")) {
        if (line.startsWith("data: ")) events.push(JSON.parse(line.slice(6)) as LiveEvent);
      }
    }
  } catch {
    // The test has seen enough and hung up.
  }
}
