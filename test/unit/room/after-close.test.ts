import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { NodeDisk } from "../../../platform/node/node-disk.ts";
import { nodeSha256 } from "../../../platform/node/node-sha256.ts";
import type { ErasePayload, Intent, Roster } from "../../../protocol/generated/types.ts";
import { openRoomDocuments, openRoomNotes, openSettings } from "../../../src/box/box-files.ts";
import { openRegister } from "../../../src/register/open-register.ts";
import { verifyRegister } from "../../../src/register/read-register.ts";
import type { Register } from "../../../src/register/register.ts";
import { Room } from "../../../src/room/room.ts";
import {
  bytesOf,
  type FakeRoom,
  FakeSpots,
  makeMember,
  makeRoster,
  startRoom,
} from "../../support/fake-room.ts";
import { FakeLibrary } from "../../support/lessons.ts";
import { makeFakeMachine } from "../../support/open-fake-register.ts";

const [ONE, TWO, THREE] = [1, 2, 3].map((no) => makeMember(no).id) as [string, string, string];

/** One session, closed: 1 was there, 2 was on leave, 3 was absent. */
async function holdSession(fake: FakeRoom): Promise<string> {
  await fake.done(
    { kind: "open-session", type: "branch-assembly", lessons: [] },
    {
      kind: "mark",
      how: "call",
      marks: [
        [ONE, "P"],
        [TWO, "V"],
        [THREE, "A"],
      ] as never,
    },
  );
  const { id } = fake.session;
  while (fake.session.flow[fake.session.at]?.kind !== "closing") await fake.advance();
  await fake.done({ kind: "close" }, { kind: "leave-closed" });
  return id;
}

const registerOf = (fake: FakeRoom, session: string) => {
  const register = fake.register.fold.session(session);
  if (register === undefined) throw new Error("no such session");
  return register;
};

test("a mark of a closed session is corrected by an intent, once, and a stale one is refused", async () => {
  const fake = await startRoom(3);
  const session = await holdSession(fake);
  const fix = {
    kind: "fix-mark",
    session,
    member: THREE,
    was: "A",
    to: "P",
    reason: "paper",
  } as const;
  expect(await fake.do(fix, "fix-intent-1")).toEqual({ ok: true });
  expect(await fake.do(fix, "fix-intent-1")).toEqual({ ok: true });
  expect(await fake.do(fix)).toMatchObject({ ok: false, error: { code: "stale" } });
  const { counts, corrections } = registerOf(fake, session);
  expect(counts).toMatchObject({ P: 2, V: 1, A: 0 });
  expect(corrections).toHaveLength(1);
});

test("a correction is refused while the session is open, and for somebody nobody knows", async () => {
  const fake = await startRoom(3);
  const session = await holdSession(fake);
  const fix = { kind: "fix-mark", session, was: "-", to: "P", reason: "other" } as const;
  expect(await fake.do({ ...fix, member: "zzzzzzzz" })).toMatchObject({
    error: { code: "no-member" },
  });
  await fake.done({ kind: "open-session", type: "branch-assembly", lessons: [] });
  const open = fake.session.id;
  expect(await fake.do({ ...fix, session: open, member: ONE })).toMatchObject({
    error: { code: "not-now" },
  });
});

test("a session that was closed as done cannot be given an unmarked member", async () => {
  const fake = await startRoom(3);
  const session = await holdSession(fake);
  const fix = { kind: "fix-mark", session, member: THREE, was: "A", to: "-" } as const;
  expect(await fake.do({ ...fix, reason: "mistake" })).toMatchObject({
    error: { code: "unmarked" },
  });
});

test("who was there needs no make-up, and who was absent is paid by one", async () => {
  const fake = await startRoom(3);
  const session = await holdSession(fake);
  const makeup = { kind: "makeup", session, item: null, how: "home" } as const;
  expect(await fake.do({ ...makeup, members: [ONE] })).toMatchObject({ ok: false });
  expect(await fake.do({ ...makeup, item: 3, members: [THREE] })).toMatchObject({ ok: false });
  await fake.done({ ...makeup, members: [THREE], day: "2026-03-12" });
  expect(registerOf(fake, session).makeups).toMatchObject([{ members: [THREE], how: "home" }]);
});

test("corrections and make-ups survive a restart", async () => {
  const fake = await startRoom(3);
  const session = await holdSession(fake);
  const fix = { kind: "fix-session", session, field: "heads", was: null, to: 5 } as const;
  await fake.done({ ...fix, reason: "paper" });
  await fake.done({ kind: "makeup", session, item: null, how: "room", members: [TWO] });
  const before = registerOf(fake, session);
  await fake.start();
  expect(registerOf(fake, session)).toEqual(before);
});

test("双管 and 协管 members may be marked, are not in 应到, and 失联 are nowhere", async () => {
  const fake = await startRoom(0);
  const more = { management: "dual", branch: "b1", home: "b2" } as const;
  const roster: Roster = {
    ...makeRoster(2),
    members: [
      ...makeRoster(2).members,
      makeMember(3, more),
      makeMember(4, { management: "lost" }),
      makeMember(5, { management: "assist" }),
    ],
  };
  await fake.give("roster", roster);
  await fake.done({ kind: "open-session", type: "branch-assembly", lessons: [], also: ["assist"] });
  const mark = (member: string) =>
    fake.do({ kind: "mark", how: "call", marks: [[member, "P"]] as never });
  expect(await mark(THREE)).toEqual({ ok: true });
  expect(await mark(makeMember(4).id)).toMatchObject({ error: { code: "no-member" } });
  const { counts, people } = registerOf(fake, fake.session.id);
  expect(counts).toMatchObject({ expected: 3, P: 0, unmarked: 3 });
  expect(people[THREE]).toEqual({ no: 3, branch: "b2", expected: false });
});

test("a session for one branch of the room expects only its members; the others are welcome", async () => {
  const fake = await startRoom(0);
  const two = { id: "b2", name: "托管支部", kind: "trust" } as const;
  const roster: Roster = {
    ...makeRoster(1),
    branches: [...makeRoster(1).branches, two],
    members: [...makeRoster(1).members, makeMember(2, { branch: "b2", management: "trust" })],
  };
  await fake.give("roster", roster);
  const open: Intent = { kind: "open-session", type: "branch-assembly", lessons: [] };
  expect(await fake.do({ ...open, branches: ["b7"] })).toMatchObject({
    error: { code: "bad-intent" },
  });
  await fake.done({ ...open, branches: ["b2"] });
  const { branches, people } = registerOf(fake, fake.session.id);
  expect(branches).toEqual(["b2"]);
  expect(people[TWO]).toMatchObject({ expected: true, branch: "b2" });
  expect(people[ONE]).toMatchObject({ expected: false, branch: "b1" });
});

let data = "";
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), "one-room-erase-"));
  mkdirSync(join(data, "register"));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

interface RealRoom {
  readonly room: Room;
  readonly register: Register;
}

/** Over real files: what is erased must be gone from them. */
async function openRealRoom(): Promise<RealRoom> {
  const { clock, random } = makeFakeMachine();
  const register = await openRegister({
    disk: new NodeDisk(data),
    folder: "register",
    clock,
    random,
    wallSource: () => "county",
    sha256: nodeSha256,
    software: "test",
  });
  const site = { name: "", broadcasterWord: "播放员", scale: "standard" } as const;
  const room = new Room({
    register,
    library: new FakeLibrary(),
    documents: openRoomDocuments(data),
    notes: openRoomNotes(data),
    spots: new FakeSpots(),
    clock,
    sha256: nodeSha256,
    site: { ...site, screen: null, utcOffsetMinutes: 480 },
    settings: openSettings(data),
    software: "test",
    space: () => Promise.resolve(null),
    log: () => {},
  });
  await room.start();
  return { room, register };
}

const NAME = "欧阳远教";

function rosterWithName(version = 1): Roster {
  const roster = makeRoster(3, version);
  const [, second] = roster.members;
  if (second === undefined) throw new Error("three members");
  second.name = NAME;
  second.initials = "oyyj";
  return roster;
}

function filesWith(text: string): string[] {
  return readdirSync(data, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path).includes(Buffer.from(text)));
}

async function holdReal({ room, register }: RealRoom): Promise<string> {
  const done = async (id: string, intent: Parameters<Room["handle"]>[1]) =>
    expect(await room.handle(id, intent)).toEqual({ ok: true });
  await done("open-it-1", { kind: "open-session", type: "branch-assembly", lessons: [] });
  await done("mark-it-1", { kind: "mark", how: "call", marks: [[TWO, "A"]] as never });
  await done("abandon-1", { kind: "abandon" });
  await done("leave-it-1", { kind: "leave-closed" });
  return register.fold.sessions()[0]?.id ?? "";
}

test("M6: not a byte of an erased name is left under the data folder, and the chain verifies", async () => {
  const real = await openRealRoom();
  const { room, register } = real;
  await room.takeDocument("roster", bytesOf(rosterWithName()), "file");
  writeFileSync(join(data, "register/roster.json.new"), JSON.stringify(rosterWithName()));
  const session = await holdReal(real);
  const fix = {
    kind: "fix-mark",
    session,
    member: TWO,
    was: "A",
    to: "V",
    reason: "proof",
  } as const;
  await room.handle("fix-it-12", { ...fix, note: `${NAME}那天住院` });
  expect(filesWith(NAME).length).toBeGreaterThan(2);
  const erase: Intent = {
    kind: "erase",
    members: [TWO],
    reason: "request",
    order: "乡组〔2026〕5号",
  };
  expect(await room.handle("erase-1-x", { ...erase, order: `关于${NAME}` })).toMatchObject({
    error: { code: "bad-intent" },
  });
  expect(await room.handle("erase-2-x", erase)).toEqual({ ok: true });
  expect(filesWith(NAME)).toEqual([]);
  expect(filesWith("oyyj")).toEqual([]);
  expect(readdirSync(join(data, "register/notes"))).toEqual([]);
  expect(room.members(session)?.members.map(({ no, name }) => `${no} ${name}`)).toEqual([
    "1 同志1",
    "2 2 号（已删除）",
    "3 同志3",
  ]);
  await room.close();
  await register.close();
  const options = { disk: new NodeDisk(data), folder: "register", sha256: nodeSha256 };
  expect((await verifyRegister(options)).damage).toEqual([]);
});

test("M6: a power cut between record and disk is made good at the next start", async () => {
  const { room, register } = await openRealRoom();
  await room.takeDocument("roster", bytesOf(rosterWithName()), "file");
  const d: ErasePayload = {
    members: [[TWO, 2]] as never,
    notes: [],
    reason: "order",
    order: "5号",
  };
  await register.append({ k: "erase", d });
  await room.close();
  await register.close();
  expect(filesWith(NAME)).toHaveLength(1);
  const again = await openRealRoom();
  expect(filesWith(NAME)).toEqual([]);
  await again.room.close();
  await again.register.close();
});

test("M6: a newer roster that still has the name is taken without it", async () => {
  const { room, register } = await openRealRoom();
  await room.takeDocument("roster", bytesOf(rosterWithName()), "file");
  const erase: Intent = { kind: "erase", members: [TWO], reason: "order", order: "5号" };
  await room.handle("erase-it-1", erase);
  // As `roster import` puts it there.
  const newer = bytesOf(rosterWithName(2));
  writeFileSync(join(data, "register/roster.json"), newer);
  expect((await room.takeDocument("roster", newer, "file")).ok).toBe(true);
  expect(room.rosterVersion).toBe(2);
  expect(filesWith(NAME)).toEqual([]);
  const { s } = register.head();
  expect((await room.takeDocument("roster", newer, "county")).ok).toBe(true);
  expect(register.head().s).toBe(s);
  await room.close();
  await register.close();
});
