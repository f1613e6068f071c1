import { expect, test } from "vitest";
import type { MakeupBook } from "../../../protocol/book-api.ts";
import { coverageOf } from "../../../protocol/books/attendance.ts";
import type { OpenSessionIntent } from "../../../protocol/generated/types.ts";
import { type FakeRoom, makeMember, startRoom } from "../../support/fake-room.ts";
import { holdSession, openMarked, registerOf } from "../../support/hold-session.ts";

const [ONE, TWO, THREE] = [1, 2, 3].map((no) => makeMember(no).id) as [string, string, string];
const ABSENT = { [ONE]: "P", [TWO]: "V", [THREE]: "A" } as const;
const makeupOf = (session: string): Partial<OpenSessionIntent> => ({
  type: "makeup",
  lessons: [],
  makesUp: [{ session, item: 0 }],
});

async function owedRoom(): Promise<{ fake: FakeRoom; missed: string }> {
  const fake = await startRoom(3);
  return { fake, missed: await holdSession(fake, { marks: ABSENT }) };
}

const ask = { id: null, year: null, branch: null, month: null };
const queue = async (fake: FakeRoom) =>
  (await fake.room.book({ name: "makeup", ...ask })) as MakeupBook;

test("补课 expects who owes the lesson, shows that lesson, and pays when it was watched", async () => {
  const { fake, missed } = await owedRoom();
  const id = await openMarked(fake, { ...makeupOf(missed), marks: { [TWO]: "P", [THREE]: "L" } });
  expect(fake.session).toMatchObject({ type: "makeup", title: "补课：课 rice" });
  expect(fake.room.members(id)?.members.map((one) => one.id)).toEqual([TWO, THREE]);
  fake.play(1);
  await closeAfter(fake, 120);
  const { makeups, counts } = registerOf(fake, missed);
  expect(makeups).toMatchObject([{ how: "room", members: [TWO, THREE], held: id, item: 0 }]);
  expect(counts).toMatchObject({ P: 1, V: 1, A: 1 });
  expect(coverageOf(registerOf(fake, missed))).toMatchObject({ attended: 1, covered: 3 });
  expect((await queue(fake)).lessons).toEqual([]);
});

async function closeAfter(fake: FakeRoom, seconds: number): Promise<void> {
  while (fake.session.flow[fake.session.at]?.kind !== "closing") {
    const { kind } = fake.session.flow[fake.session.at] ?? {};
    if (kind === "watch") fake.play(seconds);
    await fake.advance();
  }
  await fake.done({ kind: "close" }, { kind: "leave-closed" });
}

test("less than nine tenths of the film pays for nothing", async () => {
  const { fake, missed } = await owedRoom();
  await openMarked(fake, { ...makeupOf(missed), marks: { [TWO]: "P", [THREE]: "P" } });
  await closeAfter(fake, 100);
  expect(registerOf(fake, missed).makeups).toEqual([]);
  expect((await queue(fake)).lessons).toHaveLength(1);
});

test("who did not come to a 补课 owes the lesson, once", async () => {
  const { fake, missed } = await owedRoom();
  await holdSession(fake, { ...makeupOf(missed), marks: { [TWO]: "P", [THREE]: "A" } });
  const { lessons } = await queue(fake);
  expect(lessons.map((line) => line.people.map(({ id }) => id))).toEqual([[THREE]]);
});

test("M9: the power goes right after the close, and the next start records the make-up once", async () => {
  const { fake, missed } = await owedRoom();
  const { append } = fake.register;
  const cut = () => Promise.reject(Object.assign(new Error("cut"), { code: "EIO" }));
  await openMarked(fake, { ...makeupOf(missed), marks: { [TWO]: "P", [THREE]: "A" } });
  fake.register.append = (draft, options) =>
    draft.k === "makeup" ? cut() : append.call(fake.register, draft, options);
  await expect(closeAfter(fake, 120)).rejects.toThrow("cut");
  await fake.start();
  expect(registerOf(fake, missed).makeups).toHaveLength(1);
  await fake.start();
  expect(registerOf(fake, missed).makeups).toHaveLength(1);
});

test("a make-up that a person struck out is not written again", async () => {
  const { fake, missed } = await owedRoom();
  await holdSession(fake, { ...makeupOf(missed), marks: { [TWO]: "P", [THREE]: "P" } });
  const [line] = registerOf(fake, missed).makeups;
  const was = line?.record ?? "";
  const fix = { kind: "fix-session", session: missed, field: "makeup", was, to: null } as const;
  await fake.done({ ...fix, reason: "mistake" });
  await fake.start();
  expect(registerOf(fake, missed).makeups).toEqual([]);
});

test("only who was chosen is expected, and nobody owing is refused in words", async () => {
  const { fake, missed } = await owedRoom();
  const chosen = { ...makeupOf(missed), members: [THREE] } as Partial<OpenSessionIntent>;
  await holdSession(fake, { ...chosen, marks: { [THREE]: "P" } });
  const again: OpenSessionIntent = { kind: "open-session", type: "makeup", lessons: [] };
  expect(await fake.do(again)).toMatchObject({ error: { text: "请先选要补哪一课。" } });
  const makesUp = [{ session: missed, item: 3 }];
  expect(await fake.do({ ...again, makesUp })).toMatchObject({ ok: false });
  await holdSession(fake, { ...makeupOf(missed), marks: { [TWO]: "P" } });
  const paid = [{ session: missed, item: 0 }];
  expect(await fake.do({ ...again, makesUp: paid })).toMatchObject({
    error: { text: "这一课没有人欠，不用补。" },
  });
});

test("a stage that was cut short is held again by the whole unit, and pays for no person", async () => {
  const fake = await startRoom(3);
  await openMarked(fake, { marks: ABSENT });
  await closeAfter(fake, 30);
  const [missed] = fake.room.sessionSummaries();
  const session = missed?.id ?? "";
  const [stage] = (await queue(fake)).stages;
  expect(stage).toMatchObject({ stage: "s2", stageName: "播放收看", ending: "cut-short" });
  const makesUp = [{ session, item: 0, stage: "s2" }];
  const marks = { [ONE]: "P", [TWO]: "P", [THREE]: "A" } as const;
  await holdSession(fake, { type: "makeup", lessons: [], makesUp, marks });
  const book = await queue(fake);
  expect(book.stages).toEqual([]);
  expect(book.made).toMatchObject([{ how: "unit", stage: "播放收看" }]);
  expect(book.lessons.flatMap(({ people }) => people.map(({ id }) => id))).toEqual([TWO, THREE]);
});

test("a make-up by hand that names its session must be borne out by it", async () => {
  const { fake, missed } = await owedRoom();
  const other = { [ONE]: "P", [TWO]: "A", [THREE]: "P" } as const;
  const held = await holdSession(fake, { lessons: ["fire"], marks: other });
  const makeup = { kind: "makeup", session: missed, item: 0, how: "room", held } as const;
  const by = (member: string) => fake.do({ ...makeup, members: [member] } as never);
  expect(await by(THREE)).toMatchObject({ error: { text: "补课的那一场没有放这一课。" } });
  const same = await holdSession(fake, { marks: other });
  const again = { ...makeup, held: same };
  expect(await fake.do({ ...again, members: [TWO] } as never)).toMatchObject({
    error: { text: "补课的那一场没有登记这位同志到场。" },
  });
  expect(await fake.do({ ...again, members: [THREE] } as never)).toEqual({ ok: true });
});
