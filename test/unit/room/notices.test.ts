/** Goal: the rules of docs/formats/notices.md over a real room on a fake disk. */
import { expect, test } from "vitest";
import { LONG_NOTICE, makeNotices, SHORT_NOTICE } from "../../support/fake-notices.ts";
import { type FakeRoom, makePlan, startRoom, startUnsureRoom } from "../../support/fake-room.ts";

const read = (notice: string) => ({ kind: "read-notice", notice }) as const;
const idsOf = (fake: FakeRoom) => fake.room.notices().map(({ id }) => id);

async function told() {
  const fake = await startRoom(2);
  expect(await fake.give("notices", makeNotices())).toMatchObject({ ok: true });
  return fake;
}

test("home tells of the first notice that was not read, and of the newest when all were", async () => {
  const fake = await startRoom(2);
  expect(fake.view.home.notices).toBeUndefined();
  await fake.give("notices", makeNotices());
  const { id, title } = SHORT_NOTICE;
  expect(fake.view.home.notices).toEqual({ count: 2, unread: 2, id, title });
  await fake.done(read(id));
  expect(fake.view.home.notices).toMatchObject({ count: 2, unread: 1, id: LONG_NOTICE.id });
  await fake.done(read(LONG_NOTICE.id));
  expect(fake.view.home.notices).toMatchObject({ count: 2, unread: 0, id });
});

test("NB4: what was read is on the disk before the answer, and a start later it still is", async () => {
  const fake = await told();
  await fake.done(read(SHORT_NOTICE.id), read(SHORT_NOTICE.id));
  expect(fake.room.noticeState()).toEqual({ version: 1, read: [SHORT_NOTICE.id] });
  await fake.start();
  expect(fake.room.noticeState()).toEqual({ version: 1, read: [SHORT_NOTICE.id] });
  expect(fake.room.notices().map((card) => card.read)).toEqual([true, false]);
});

test("NB4: a file that cannot be read any more makes the notices new again, and nothing worse", async () => {
  const fake = await told();
  await fake.done(read(SHORT_NOTICE.id));
  fake.documents.files.set("notices-read", new TextEncoder().encode("{"));
  await fake.start();
  expect(fake.room.noticeState()).toEqual({ version: 1, read: [] });
});

test("nothing of a notice enters the journal", async () => {
  const fake = await told();
  const before = fake.register.epochs().map(({ head }) => head);
  await fake.done(read(SHORT_NOTICE.id));
  expect(fake.register.epochs().map(({ head }) => head)).toEqual(before);
});

test("a notice that was withdrawn is gone, and reading it is refused", async () => {
  const fake = await told();
  await fake.give("notices", makeNotices([LONG_NOTICE], 2));
  expect(idsOf(fake)).toEqual([LONG_NOTICE.id]);
  expect(await fake.do(read(SHORT_NOTICE.id))).toMatchObject({ error: { code: "stale" } });
  await fake.give("notices", makeNotices([], 3));
  expect(fake.view.home.notices).toBeUndefined();
  expect(fake.room.noticeState()).toEqual({ version: 3, read: [] });
});

test("NB5: two notices with one id are refused, and the earlier document stays", async () => {
  const fake = await told();
  const double = makeNotices([SHORT_NOTICE, { ...LONG_NOTICE, id: SHORT_NOTICE.id }], 2);
  expect(await fake.give("notices", double)).toMatchObject({ ok: false });
  expect(idsOf(fake)).toHaveLength(2);
});

test("NB1, NB2: a notice holds to the end of its last day, and is gone on the next", async () => {
  const fake = await startRoom(2);
  const today = new Date(Number(fake.view.clock.unixMs) + 480 * 60_000).toISOString().slice(0, 10);
  const yesterday = new Date(Date.parse(today) - 86_400_000).toISOString().slice(0, 10);
  await fake.give("notices", makeNotices([{ ...SHORT_NOTICE, until: today }]));
  expect(idsOf(fake)).toEqual([SHORT_NOTICE.id]);
  await fake.give("notices", makeNotices([{ ...SHORT_NOTICE, until: yesterday }], 2));
  expect(fake.view.home.notices).toBeUndefined();
});

test("NB1: with a clock that is not sure a notice is shown, unless even the floor is behind it", async () => {
  const fake = await startUnsureRoom(Date.UTC(2099, 0, 1));
  expect(fake.view.clock.sure).toBe(false);
  // The program of these rooms was built on 1 February 2026.
  const [old, still] = ["2026-01-20", "2026-02-03"];
  await fake.give("notices", makeNotices([{ ...SHORT_NOTICE, until: still }]));
  expect(idsOf(fake)).toEqual([SHORT_NOTICE.id]);
  await fake.give("notices", makeNotices([{ ...SHORT_NOTICE, until: old }], 2));
  expect(idsOf(fake)).toEqual([]);
});

test("a notice comes and is read while a session is on, and disturbs nothing", async () => {
  const fake = await startRoom(2);
  await fake.give("plan", makePlan([]));
  await fake.done({ kind: "open-session", type: "study-day", lessons: ["rice"] });
  const { stage } = fake;
  await fake.give("notices", makeNotices());
  await fake.done(read(SHORT_NOTICE.id));
  expect(fake.stage).toBe(stage);
});
