/**
 * Goal: each type of session is held by its own stages, and a 练习 leaves no trace at all.
 * Method: a room over a real register on a fake disk whose bytes are compared.
 */
import { expect, test } from "vitest";
import { SESSION_TYPES } from "../../../protocol/session-type.ts";
import type { FakeRoom } from "../../support/fake-room.ts";
import { makePlan, startRoom, startUnsureRoom } from "../../support/fake-room.ts";

const PRACTICE = { kind: "open-session", type: "rehearsal", lessons: ["rice"] } as const;
const practise = { ...PRACTICE, lessons: [...PRACTICE.lessons] };

function bytesOnDisk({ machine, spots, settings }: FakeRoom) {
  const files = [...machine.disk.files].map(([path, bytes]) => [path, Buffer.from(bytes)] as const);
  return { files, spots: [...spots.files], settings: settings.file };
}

async function markAll(fake: FakeRoom): Promise<void> {
  const { id } = fake.session;
  const members = fake.room.members(id)?.members ?? [];
  const marks = members.map((member): [string, "P"] => [member.id, "P"]);
  const [first, ...more] = marks;
  if (first === undefined) throw new Error("nobody is expected");
  await fake.done({ kind: "mark", how: "call", marks: [first, ...more] });
}

/** From the first stage to the closed sheet; the names of the stages stood in. */
async function hold(fake: FakeRoom): Promise<string[]> {
  await markAll(fake);
  const names: string[] = [];
  for (;;) {
    const stage = fake.session.flow[fake.session.at];
    names.push(stage?.name ?? "");
    if (stage?.kind === "closing") break;
    if (stage?.kind === "watch") fake.play(3);
    await fake.advance();
  }
  await fake.done({ kind: "headcount", heads: 3 }, { kind: "close" });
  return names;
}

test.each(SESSION_TYPES.filter(({ lesson }) => lesson !== "needed").map(({ id }) => id))(
  "a session of type %s is held without a film and closed as done",
  async (type) => {
    const fake = await startRoom();
    await fake.done({ kind: "open-session", type, lessons: [] });
    const names = await hold(fake);
    expect(names[0]).toBe("签到");
    expect(names.join()).not.toMatch(/播[前放中后]/);
    const [summary] = fake.room.sessionSummaries();
    expect(summary).toMatchObject({ type, closed: true, ending: "done" });
    // Nobody knows how much was watched: there is no line that says so.
    expect(fake.register.fold.session(summary?.id ?? "")?.viewing).toEqual([]);
  },
);

test("M3: after a power cut a live broadcast stands where it stood", async () => {
  const fake = await startRoom();
  await fake.done({ kind: "open-session", type: "live-broadcast", lessons: [] });
  await fake.advance();
  expect(fake.stage).toBe("own-live");
  await fake.start();
  expect(fake.stage).toBe("own-live");
});

test("S7: of a 民主生活会 only attendance is recorded, whatever is asked", async () => {
  const fake = await startRoom();
  await fake.done({ kind: "open-session", type: "democratic-life", lessons: [] });
  const note = { topic: "t1", points: [], speakers: [], doubts: null };
  const refused = { ok: false, error: { code: "not-now" } };
  expect(await fake.do({ kind: "note", ...note })).toMatchObject(refused);
  expect(await fake.do({ kind: "assign", task: "k1", heads: 1, members: [] })).toMatchObject(
    refused,
  );
  expect(await hold(fake)).toEqual(["签到", "开会", "登记"]);
  const kinds = fake.register.fold.records(fake.session.id).map(({ k }) => k);
  expect(new Set(kinds)).toEqual(
    new Set(["session.open", "attend", "step", "headcount", "session.close"]),
  );
});

test("a planned meeting without a film sets the lessons of the plan aside, and is held", async () => {
  const fake = await startRoom();
  const day = { date: "2026-03-05", type: "leader-lecture", lessons: ["rice"] };
  await fake.give("plan", makePlan([day]));
  expect(fake.view.home.plan?.lessons).toEqual([]);
  await fake.done({ kind: "open-session", type: "leader-lecture", lessons: ["rice"] });
  await hold(fake);
  await fake.done({ kind: "leave-closed" });
  expect(fake.view.home.plan).toBeNull();
});

test("M7: a whole practice leaves every byte as it was, and the county sees home", async () => {
  const fake = await startRoom();
  const before = bytesOnDisk(fake);
  await fake.done(practise);
  expect(fake.session).toMatchObject({ practice: true, counts: { expected: 8 } });
  fake.room.setPages(1);
  expect(fake.room.screenState()).toMatchObject({ screen: "home", session: null, title: null });
  await hold(fake);
  expect(fake.session.closed).toEqual({ headCode: "", ending: "done", evidence: [] });
  await fake.done({ kind: "leave-closed" });
  expect(fake.view.session).toBeNull();
  expect(fake.room.sessionSummaries()).toEqual([]);
  expect(fake.register.fold.counts().sessions).toBe(0);
  expect(bytesOnDisk(fake)).toEqual(before);
});

test("M7: in a practice nobody is asked for the date, which would be a record", async () => {
  const fake = await startUnsureRoom(Date.UTC(2026, 2, 5));
  const before = bytesOnDisk(fake);
  await fake.done(practise);
  expect(fake.view.clock.ask ?? null).toBeNull();
  const answer = await fake.do({ kind: "confirm-date", date: "2026-03-05" });
  expect(answer).toMatchObject({ ok: false, error: { code: "not-now" } });
  expect(bytesOnDisk(fake)).toEqual(before);
});

test("M7: the power fails in a practice, and it is simply gone", async () => {
  const fake = await startRoom();
  await fake.done(practise);
  await markAll(fake);
  await fake.start();
  expect(fake.view).toMatchObject({ session: null, home: { resume: null } });
});

test("M7: on the way home a practice ends, and never keeps a real session waiting", async () => {
  const fake = await startRoom();
  await fake.done(practise, { kind: "pause" });
  expect(fake.view).toMatchObject({ session: null, home: { resume: null } });
  await fake.done({ kind: "open-session", type: "study-day", lessons: ["rice"] });
  expect(fake.session.practice).toBeUndefined();
  expect(fake.session.counts.expected).toBe(3);
});

test("M7: a practice does not begin while a session is open", async () => {
  const fake = await startRoom();
  await fake.done({ kind: "open-session", type: "study-day", lessons: ["rice"] });
  await fake.done({ kind: "pause" });
  const answer = await fake.do(practise);
  expect(answer).toMatchObject({ ok: false, error: { code: "not-now" } });
  expect(fake.view.home.resume).not.toBeNull();
});
