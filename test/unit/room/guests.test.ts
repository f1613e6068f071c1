import { expect, test } from "vitest";
import { isGuestBook } from "../../../protocol/generated/validators.js";
import { makeMember, startRoom } from "../../support/fake-room.ts";
import { holdSession, openMarked, registerOf } from "../../support/hold-session.ts";

const [ONE, TWO] = [1, 2].map((no) => makeMember(no).id) as [string, string];
const MARKS = { [ONE]: "P", [TWO]: "A" } as const;
const NAME = "欧阳春晓";

const onDisk = (files: ReadonlyMap<string, Uint8Array>) =>
  [...files.values()].map((bytes) => new TextDecoder().decode(bytes)).join("\n");

async function openWithGuest() {
  const fake = await startRoom(2);
  const session = await openMarked(fake, { marks: MARKS });
  await fake.done({ kind: "add-guest", name: NAME, as: "mobile", unit: "外县某村" });
  const [guest] = fake.session.guests ?? [];
  if (guest === undefined) throw new Error("no guest");
  return { fake, session, guest: guest.id };
}

test("M8: a guest's name is beside the journal, and the record names an id of its own", async () => {
  const { fake, session, guest } = await openWithGuest();
  const file = fake.documents.files.get("guests");
  expect(isGuestBook(JSON.parse(new TextDecoder().decode(file)))).toBe(true);
  expect(fake.room.members(session)?.guests).toEqual([
    { id: guest, no: 1, as: "mobile", name: NAME, text: `${NAME}（流动党员）`, unit: "外县某村" },
  ]);
  const journal = fake.register.fold.records(session).map((record) => JSON.stringify(record));
  expect(journal.join("\n")).toContain(guest);
  expect(journal.join("\n")).not.toContain(NAME);
});

test("a named guest is among the heads of 列席 or 群众, however few are typed", async () => {
  const { fake } = await openWithGuest();
  expect(fake.session.counts).toMatchObject({ expected: 2, P: 1, G: 1, Q: 0 });
  await fake.done({ kind: "guests", G: 0, Q: 3 });
  expect(fake.session.counts).toMatchObject({ G: 1, Q: 3 });
  await fake.done({ kind: "add-guest", name: "王某", as: "public" });
  expect(fake.session.counts).toMatchObject({ G: 1, Q: 4 });
});

test("asked again with the same intent id, a guest comes once", async () => {
  const { fake } = await openWithGuest();
  const again = { kind: "add-guest", name: "李某", as: "observer" } as const;
  expect(await fake.do(again, "guest-twice")).toEqual({ ok: true });
  expect(await fake.do(again, "guest-twice")).toEqual({ ok: true });
  expect(fake.session.guests).toHaveLength(2);
  expect(fake.session.counts.G).toBe(2);
});

test("a guest speaks and takes tasks, and cannot be marked", async () => {
  const { fake, guest } = await openWithGuest();
  const note = { kind: "note" as const, topic: "t1", points: [], doubts: true };
  await fake.done({ ...note, speakers: [guest] });
  const mark = { kind: "mark", how: "call", marks: [[guest, "P"]] as never } as const;
  expect(await fake.do(mark)).toMatchObject({ error: { code: "no-member" } });
});

test("M8: a guest who was struck out is in no head, and the name is off the disk", async () => {
  const { fake, session, guest } = await openWithGuest();
  await fake.done({ kind: "strike-guest", guest });
  expect(fake.session.counts.G).toBe(0);
  expect(fake.room.members(session)?.guests).toEqual([]);
  expect(onDisk(fake.documents.files)).not.toContain(NAME);
  expect(await fake.do({ kind: "strike-guest", guest })).toMatchObject({ ok: false });
});

test("M8: a name that outlived its guest in a power cut goes at the next start", async () => {
  const { fake, guest } = await openWithGuest();
  const before = fake.documents.files.get("guests");
  await fake.done({ kind: "strike-guest", guest });
  if (before !== undefined) fake.documents.files.set("guests", before);
  await fake.start();
  expect(onDisk(fake.documents.files)).not.toContain(NAME);
});

test("guests and their names survive a restart", async () => {
  const { fake, session } = await openWithGuest();
  const before = fake.room.members(session);
  await fake.start();
  expect(fake.room.members(session)).toEqual(before);
  expect(fake.session.counts.G).toBe(1);
});

test("after the close a guest is struck out by a correction only, and shown with 更", async () => {
  const { fake, session, guest } = await openWithGuest();
  while (fake.session.flow[fake.session.at]?.kind !== "closing") await fake.advance();
  await fake.done({ kind: "close" }, { kind: "leave-closed" });
  expect(await fake.do({ kind: "strike-guest", guest })).toMatchObject({ ok: false });
  const below = { kind: "fix-session", session, field: "G", was: 1, to: 0 } as const;
  expect(await fake.do({ ...below, reason: "mistake" })).toMatchObject({ ok: false });
  const fix = { kind: "fix-session", session, field: "guest", was: guest, to: null } as const;
  await fake.done({ ...fix, reason: "mistake" });
  expect(registerOf(fake, session)).toMatchObject({ guests: [], counts: { G: 0 } });
  expect(registerOf(fake, session).corrections).toMatchObject([{ field: "guest", stands: true }]);
  expect(onDisk(fake.documents.files)).not.toContain(NAME);
});

test("a guest is erased like a member: the head stays, the name is gone", async () => {
  const { fake, session, guest } = await openWithGuest();
  const erase = { kind: "erase", members: [guest], reason: "request", order: "5号" } as const;
  await fake.done(erase as never);
  expect(fake.room.members(session)?.guests).toMatchObject([
    { no: 1, name: null, text: "流动党员 1（已删除）", unit: null },
  ]);
  expect(onDisk(fake.documents.files)).not.toContain(NAME);
  expect(fake.session.counts.G).toBe(1);
});

test("a name typed in a practice reaches no disk", async () => {
  const fake = await startRoom(2);
  await fake.done({ kind: "open-session", type: "rehearsal", lessons: ["rice"] });
  await fake.done({ kind: "add-guest", name: NAME, as: "observer" });
  expect(fake.room.members(fake.session.id)?.guests).toMatchObject([{ name: NAME }]);
  expect(onDisk(fake.documents.files)).not.toContain(NAME);
});

test("a guest book that cannot be read costs names, and nothing else", async () => {
  const { fake, session } = await openWithGuest();
  fake.documents.files.set("guests", new TextEncoder().encode("{"));
  await fake.start();
  expect(fake.room.members(session)?.guests).toMatchObject([
    { text: "流动党员 1（姓名不在这里）" },
  ]);
  expect(fake.session.counts.G).toBe(1);
});

test("the paper 签到册 is compared before the close and after it, and no mark changes", async () => {
  const fake = await startRoom(2);
  const session = await openMarked(fake, { marks: MARKS });
  const sheet = { kind: "paper" as const, session, signed: 1, missing: [], extra: [], code: null };
  await fake.done({ ...sheet, result: "same" });
  expect(registerOf(fake, session).evidence).toContain("与纸质签到册一致");
  while (fake.session.flow[fake.session.at]?.kind !== "closing") await fake.advance();
  await fake.done({ kind: "close" });
  const later = { ...sheet, result: "differs" as const, signed: 2, extra: [TWO] };
  await fake.done({ ...later, code: "same" }, { kind: "leave-closed" });
  const { paper, counts, evidence } = registerOf(fake, session);
  expect(paper).toMatchObject({ result: "differs", extra: [TWO], code: "same", corrected: true });
  expect(counts).toMatchObject({ P: 1, A: 1 });
  expect(evidence).toContain("与纸质签到册有 1 人不一致");
});

test("who would try and who has a difficulty are two lists, and so are done and not yet", async () => {
  const fake = await startRoom(2);
  await openMarked(fake, { marks: { [ONE]: "P", [TWO]: "P" } });
  const task = { task: "p1", heads: 2, members: [ONE], hindered: [TWO] };
  await fake.done({ kind: "assign", ...task } as never);
  const session = fake.session.id;
  while (fake.session.flow[fake.session.at]?.kind !== "closing") await fake.advance();
  await fake.done({ kind: "close" }, { kind: "leave-closed" });
  const report = { kind: "report-task", session, item: 0, task: "p1", ending: "partly" } as const;
  await fake.done({ ...report, heads: 1, marks: [], did: [ONE], notYet: [TWO] } as never);
  const { tasks, results } = registerOf(fake, session);
  expect(tasks).toMatchObject([{ members: [ONE], hindered: [TWO] }]);
  expect(results).toMatchObject([{ did: [ONE], notYet: [TWO], corrected: false }]);
});

test("an absent member stays absent whatever is recorded later", async () => {
  const fake = await startRoom(2);
  const session = await holdSession(fake, { marks: MARKS });
  const makeup = { kind: "makeup", session, item: 0, how: "home", members: [TWO] } as const;
  await fake.done(makeup as never);
  expect(registerOf(fake, session).counts).toMatchObject({ P: 1, A: 1 });
});
