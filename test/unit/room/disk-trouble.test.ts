/**
 * Goal: a full disk, a stick that is pulled, and two copies that take nothing cost no record that
 * was called saved; what to do is said in words, and the session is led to its end and closed.
 * Method: a room over fake disks; every few steps what the journal holds is compared.
 */
import { expect, test } from "vitest";
import { FakeDisk } from "../../../platform/fake/fake-disk.ts";
import { nodeSha256 } from "../../../platform/node/node-sha256.ts";
import type { Intent } from "../../../protocol/generated/types.ts";
import { readEachCopy, verifyRegister } from "../../../src/register/read-register.ts";
import { FakeRoom, makeRoster } from "../../support/fake-room.ts";

const OPEN: Intent = { kind: "open-session", type: "study-day", lessons: ["rice"] };
const PAPER = "没有存上。请用纸质签到，机器修好后再补录。";
const NO_DISK = "机器存不上记录。请用纸质签到，并打电话报修。";
const NO_ROOM = "机器快存满了，今天这一场记得完。请尽快报告县里清理。";
const NO_STICK = "记录少了一份备份，照常上课。请把备份盘插好，或报告县里。";

const MEMBERS = makeRoster(3).members.map(({ id }) => id);
const mark = (index: number, status = "P"): Intent => {
  return { kind: "mark", how: "call", marks: [[MEMBERS[index] ?? "", status]] } as Intent;
};

async function startOn(stick?: FakeDisk): Promise<FakeRoom> {
  const fake = new FakeRoom();
  fake.stick = stick;
  await fake.start();
  await fake.give("roster", makeRoster(3));
  return fake;
}

const bannersOf = (fake: FakeRoom) => fake.view.banners.map(({ text }) => text);
const last = (fake: FakeRoom) => fake.register.fold.sessions({ limit: 1 })[0];

/** Leads on to the closing sheet. */
async function leadOn(fake: FakeRoom): Promise<void> {
  while (fake.session.flow[fake.session.at]?.kind !== "closing") await fake.advance();
}

async function markRest(fake: FakeRoom): Promise<void> {
  const list = fake.room.members(fake.session.id)?.members ?? [];
  const marks = fake.session.marks as Readonly<Record<string, string>>;
  for (const { id } of list.filter(({ id }) => (marks[id] ?? "-") === "-")) {
    await fake.done({ kind: "mark", how: "paper", marks: [[id, "P"]] } as Intent);
  }
}

async function closeIt(fake: FakeRoom): Promise<void> {
  await markRest(fake);
  await leadOn(fake);
  await fake.done({ kind: "close" });
  expect(fake.session.closed?.headCode).toMatch(/^.{5}-.{5}$/);
}

/** Nothing is wrong with either copy, and each holds every record. */
async function expectWhole({ machine, stick, register }: FakeRoom): Promise<void> {
  const at = { disk: machine.disk, folder: "register", sha256: nodeSha256 };
  const sources = stick == null ? at : { ...at, mirror: stick };
  expect((await verifyRegister(sources)).damage).toEqual([]);
  const counts = (await readEachCopy(sources)).map(({ recordCount }) => recordCount);
  expect(counts).toEqual([register.head().s, register.head().s]);
}

test("a disk that is full in mid-session says so, and the session is recorded to its close", async () => {
  const fake = await startOn();
  await fake.done(OPEN, mark(0));
  fake.machine.disk.roomBytes = 700;
  await fake.done(mark(1), mark(2, "V"), { kind: "headcount", heads: 2 });
  expect(bannersOf(fake)).toContain(NO_ROOM);
  expect(bannersOf(fake)).not.toContain(NO_DISK);
  await closeIt(fake);
  expect(last(fake)?.counts).toMatchObject({ expected: 3, P: 2, V: 1, unmarked: 0 });
  fake.machine.clock.reboot("boot-2");
  await fake.start();
  expect(last(fake)).toMatchObject({ closed: true, counts: { P: 2, V: 1 } });
  await expectWhole(fake);
  fake.machine.disk.roomBytes = Number.POSITIVE_INFINITY;
  await fake.register.tend();
  fake.room.refresh();
  expect(bannersOf(fake)).not.toContain(NO_ROOM);
});

test("a stick that is pulled in the middle of an append loses nothing, and its return is whole", async () => {
  const stick = new FakeDisk();
  const fake = await startOn(stick);
  await fake.done(OPEN, mark(0));
  // Half of the record is on the stick when it goes.
  stick.plan({ atWrite: 1, kind: "io", kept: 40 });
  const pulled = fake.do(mark(1));
  stick.plan({ atWrite: 2, kind: "io", kept: 0 });
  expect(await pulled).toEqual({ ok: true });
  fake.stick = null;
  stick.broken = "io";
  expect(bannersOf(fake)).toContain(NO_STICK);
  await fake.done(mark(2, "A"));
  await fake.register.tend();
  await fake.done({ kind: "headcount", heads: 2 });
  expect(bannersOf(fake)).toContain(NO_STICK);
  fake.stick = stick;
  stick.broken = null;
  await fake.register.tend();
  fake.room.refresh();
  expect(bannersOf(fake)).not.toContain(NO_STICK);
  await closeIt(fake);
  expect(last(fake)?.counts).toMatchObject({ P: 2, A: 1, unmarked: 0 });
  await expectWhole(fake);
  await fake.start();
  expect(last(fake)).toMatchObject({ closed: true, counts: { P: 2, A: 1 } });
  expect(fake.register.damage).toEqual([]);
});

test("a stick that is pulled in mid-session and stays away: the session is closed beside it", async () => {
  const stick = new FakeDisk();
  const fake = await startOn(stick);
  await fake.done(OPEN, mark(0));
  fake.stick = null;
  stick.broken = "io";
  await fake.done(mark(1), mark(2));
  await fake.register.tend();
  await closeIt(fake);
  expect(bannersOf(fake)).toContain(NO_STICK);
  await fake.start();
  expect(bannersOf(fake)).toContain(NO_STICK);
  expect(last(fake)).toMatchObject({ closed: true, counts: { P: 3 } });
  stick.broken = null;
  fake.stick = stick;
  await fake.start();
  expect(bannersOf(fake)).not.toContain(NO_STICK);
  await expectWhole(fake);
});

/** Presses until the register has given up, as a person would. */
async function loseBoth(fake: FakeRoom): Promise<void> {
  fake.machine.disk.broken = "io";
  const refused = { ok: false, error: { code: "read-only", text: PAPER } };
  for (let press = 0; press < 2; press += 1) expect(await fake.do(mark(1))).toEqual(refused);
  expect(bannersOf(fake)).toContain(NO_DISK);
}

test("M10: with no copy writable the room is led to the end on paper, and closed when one is", async () => {
  const fake = await startOn();
  await fake.done(OPEN, mark(0));
  const saved = fake.register.head();
  await loseBoth(fake);
  await leadOn(fake);
  expect(fake.session.flow[fake.session.at]?.kind).toBe("closing");
  for (const intent of [mark(1), mark(2), { kind: "abandon" }, { kind: "headcount", heads: 3 }]) {
    const answer = await fake.do(intent as Intent);
    expect(answer).toMatchObject({ ok: false, error: { code: "read-only", text: PAPER } });
  }
  await fake.done({ kind: "pause" });
  expect(fake.view.home.resume).not.toBeNull();
  expect(fake.register.head()).toEqual(saved);
  fake.machine.disk.broken = null;
  await fake.done({ kind: "resume" });
  expect(bannersOf(fake)).not.toContain(NO_DISK);
  await closeIt(fake);
  const { counts, stages } = last(fake) ?? {};
  expect(counts).toMatchObject({ P: 3, unmarked: 0 });
  const stood = ["signin", "s1", "s2", "s4", "feedback", "s5", "-"];
  expect([...new Set(stages?.map(({ stage }) => stage))]).toEqual(stood);
  await fake.start();
  expect(last(fake)).toMatchObject({ closed: true, counts: { P: 3 } });
  await expectWhole(fake);
});

test("M10: what was kept is written once, in its order, behind a word of how late it is", async () => {
  const fake = await startOn();
  await fake.done(OPEN, mark(0));
  const { s } = fake.register.head();
  await loseBoth(fake);
  await fake.done({ kind: "advance", from: 0 });
  fake.machine.clock.advance(90_000);
  await fake.done({ kind: "advance", from: 1 });
  fake.machine.disk.broken = null;
  await fake.done(mark(1));
  const written = await fake.register.read(fake.register.epoch, s + 1, {
    maxCount: 20,
    maxBytes: 1e6,
  });
  const ours = written.filter(({ record }) => ["fault", "step", "attend"].includes(record.k));
  expect(ours.map(({ record }) => record.k)).toEqual(["fault", "step", "step", "attend"]);
  expect(ours[0]?.record.d).toEqual({
    part: "register",
    code: "late",
    detail: "2 records of the last 90 s follow",
  });
});

test("M10: the power fails meanwhile: the room stands where the journal says, and is closed", async () => {
  const fake = await startOn();
  await fake.done(OPEN, mark(0), { kind: "advance", from: 0 });
  await loseBoth(fake);
  await leadOn(fake);
  fake.machine.disk.broken = null;
  await fake.start();
  expect(fake.session.at).toBe(1);
  expect(fake.session.marks).toMatchObject({ [MEMBERS[0] ?? ""]: "P" });
  await closeIt(fake);
  await expectWhole(fake);
});
