import { expect, test } from "vitest";
import { SEED_METHOD } from "../../../src/room/seed-method.ts";
import {
  makeMember,
  makePlan,
  makeRoster,
  startRoom,
  startUnsureRoom,
} from "../../support/fake-room.ts";
import { BARE_MATERIAL, LIVE_METHOD, MATERIAL } from "../../support/lessons.ts";

const OPEN = { kind: "open-session", type: "study-day", lessons: ["rice"] } as const;
const open = () => ({ ...OPEN, lessons: [...OPEN.lessons] });

function allPresent(count: number) {
  const marks = makeRoster(count).members.map(({ id }) => [id, "P"]);
  return { kind: "mark", how: "all", marks: marks as never } as const;
}

test("a session is opened, held to its end and closed with a code that can be verified", async () => {
  const fake = await startRoom();
  await fake.done(open());
  expect(fake.session).toMatchObject({ methodName: "五步教学法", title: "课 rice", item: 0 });
  await fake.done(allPresent(3), { kind: "headcount", heads: 3 });
  await fake.advance(2);
  fake.play(10);
  await fake.done({ kind: "film-ended", from: fake.session.at, atMs: 10_000 });
  await fake.advance(3);
  await fake.done({ kind: "close" });
  const { closed } = fake.session;
  expect(closed).toMatchObject({ ending: "done" });
  expect(closed?.headCode).toBe(fake.register.fold.sessions()[0]?.headCode);
  expect(fake.room.screenState().screen).toBe("no-page");
  await fake.done({ kind: "leave-closed" });
  expect(fake.view.session).toBeNull();
  expect(fake.view.home.resume).toBeNull();
});

test("M2: the same intent again is answered ok and writes nothing", async () => {
  const fake = await startRoom();
  await fake.done(open());
  const before = fake.register.head().s;
  const intent = { kind: "advance", from: 0 } as const;
  const answers = await Promise.all([
    fake.do(intent, "same-intent"),
    fake.do(intent, "same-intent"),
  ]);
  expect(answers).toEqual([{ ok: true }, { ok: true }]);
  expect(fake.register.head().s).toBe(before + 1);
  expect(fake.session.at).toBe(1);
});

test("M2: the same intent again is ok also after a restart", async () => {
  const fake = await startRoom();
  await fake.done(open());
  await fake.do({ kind: "advance", from: 0 }, "same-intent");
  const before = fake.register.head().s;
  await fake.start();
  const started = fake.register.head().s;
  expect(await fake.do({ kind: "advance", from: 0 }, "same-intent")).toEqual({ ok: true });
  expect(fake.register.head().s).toBe(started);
  expect(started).toBeGreaterThanOrEqual(before);
});

test("M1: what cannot be written is answered with paper, and changes nothing", async () => {
  const fake = await startRoom();
  await fake.done(open());
  for (let write = 1; write <= 60; write += 1) {
    fake.machine.disk.plan({ atWrite: write, kind: "io", kept: 0 });
  }
  const answer = await fake.do({ kind: "advance", from: 0 }, "again-intent");
  expect(answer).toMatchObject({ ok: false, error: { code: "read-only" } });
  expect(fake.session.at).toBe(0);
});

test("every intent makes the view newer, and listeners see it", async () => {
  const fake = await startRoom();
  const revs: number[] = [];
  const stop = fake.room.onView(({ rev }) => revs.push(rev));
  await fake.done(open());
  await fake.advance();
  stop();
  await fake.advance();
  expect(revs).toHaveLength(2);
  expect(revs[1]).toBeGreaterThan(revs[0] ?? Number.NaN);
});

test("a second session is refused while one is open, with what to do", async () => {
  const fake = await startRoom();
  await fake.done(open(), { kind: "pause" });
  const answer = await fake.do(open());
  expect(answer).toMatchObject({ ok: false, error: { code: "not-now" } });
  expect(JSON.stringify(answer)).toContain("收场");
});

test("a lesson that is damaged, unknown or not chosen is refused before anything is written", async () => {
  const fake = await startRoom();
  fake.library.damaged.add("rice");
  const before = fake.register.head().s;
  const text = "这个片子坏了，正在修。";
  expect(await fake.do(open())).toEqual({ ok: false, error: { code: "no-lesson", text } });
  for (const lessons of [["absent"], []]) {
    const answer = await fake.do({ ...open(), lessons });
    expect(answer).toMatchObject({ ok: false, error: { code: "no-lesson" } });
  }
  expect(fake.register.head().s).toBe(before);
});

test("expected are the active members of direct and trust management, by number", async () => {
  const fake = await startRoom(0);
  const roster = makeRoster(6);
  const change = [{}, { management: "dual" }, { status: "left" }, { management: "trust" }, {}, {}];
  const members = roster.members.map((member, i) => ({ ...member, ...change[i] })).reverse();
  await fake.give("roster", { ...roster, members });
  await fake.done(open());
  const list = fake.room.members(fake.session.id)?.members ?? [];
  expect(list.map(({ no }) => no)).toEqual([1, 4, 5, 6]);
  expect(fake.session.counts.expected).toBe(4);
});

test("a room without a roster can hold and close a session", async () => {
  const fake = await startRoom(0);
  await fake.done(open());
  await fake.advance(6);
  await fake.done({ kind: "guests", G: 2, Q: 5 }, { kind: "close" });
  expect(fake.session.counts).toMatchObject({ expected: 0, G: 2, Q: 5 });
});

test("a hundred and twenty are marked at once", async () => {
  const fake = await startRoom(120);
  await fake.done(open(), allPresent(120));
  expect(fake.session.counts).toMatchObject({ expected: 120, P: 120, unmarked: 0 });
});

test("two lessons in one session: one sign-in, two films, each with its own evidence", async () => {
  const fake = await startRoom();
  await fake.done({ ...open(), lessons: ["rice", "fire"] });
  expect(fake.session.title).toBe("课 rice等 2 课");
  await fake.advance(2);
  fake.play(5);
  await fake.done({ kind: "film-ended", from: fake.session.at, atMs: 5000 });
  while (fake.session.item === 0) await fake.advance();
  expect(fake.stage).toBe("s1");
  await fake.advance();
  fake.play(7);
  await fake.done({ kind: "film-ended", from: fake.session.at, atMs: 7000 });
  const viewing = fake.register.fold.session(fake.session.id)?.viewing ?? [];
  expect(viewing.map(({ watchedMs }) => watchedMs)).toEqual([5000, 7000]);
});

test("a lesson with nothing but a film has no feedback and no tasks to stand in", async () => {
  const fake = await startRoom();
  fake.library.lessons.set("rice", BARE_MATERIAL);
  await fake.done(open());
  await fake.advance(4);
  expect(fake.session.flow[fake.session.at]?.kind).toBe("closing");
  const states = fake.session.flow.map(({ id, state }) => [id, state]);
  expect(Object.fromEntries(states)).toMatchObject({
    s4: "done",
    feedback: "skipped",
    s5: "skipped",
  });
});

test("a method without sign-in and without a film is held", async () => {
  const fake = await startRoom();
  expect(await fake.give("method", LIVE_METHOD)).toMatchObject({ ok: true });
  await fake.done({ kind: "open-session", type: "party-lecture", lessons: ["rice"] });
  expect(fake.stage).toBe("ready");
  expect(fake.session.film).toBeNull();
  await fake.advance(3);
  await fake.done(allPresent(3), { kind: "close" });
  expect(fake.session.closed).toMatchObject({ ending: "done" });
});

test("M5: new steps wait until the session has ended", async () => {
  const fake = await startRoom();
  await fake.done(open());
  expect(await fake.give("method", LIVE_METHOD)).toMatchObject({ ok: true });
  expect(fake.session.methodName).toBe(SEED_METHOD.name);
  expect(fake.documents.files.has("method")).toBe(false);
  await fake.done({ kind: "abandon" }, { kind: "leave-closed" });
  await fake.done({ kind: "open-session", type: "live-broadcast", lessons: [] });
  expect(fake.session.methodName).toBe("live");
});

test("a document that is not acceptable is refused with its place, and the old one stays", async () => {
  const fake = await startRoom(2);
  const bad = { ...makeRoster(3), members: [{ id: "x" }] };
  const answer = await fake.give("roster", bad);
  expect(answer.ok).toBe(false);
  expect(JSON.stringify(answer)).toContain("/members/0");
  const twice = makeRoster(2).members.map((member) => ({ ...member, no: 1 }));
  expect((await fake.give("roster", { ...makeRoster(2), members: twice })).ok).toBe(false);
  expect(fake.room.members()?.members).toHaveLength(2);
});

test("a roster that no record could hold is refused, and the greatest usual one is opened", async () => {
  const fake = await startRoom(0);
  const withIds = (length: number) => ({
    ...makeRoster(0),
    members: Array.from({ length: 999 }, (_, index) => {
      const id = `${index}`.replace(/[0189]/g, (digit) => "abcd"["0189".indexOf(digit)] ?? "");
      return { ...makeMember(index + 1), id: id.padStart(length, "z") };
    }),
  });
  expect(await fake.give("roster", withIds(16))).toMatchObject({ ok: false });
  expect(await fake.give("roster", withIds(10))).toMatchObject({ ok: true });
  await fake.done(open());
  expect(fake.session.counts.expected).toBe(999);
});

test("a new roster is recorded once with its hash, and never with a name", async () => {
  const fake = await startRoom(0);
  await fake.give("roster", makeRoster(2));
  await fake.give("roster", makeRoster(2));
  const limits = { maxCount: 100, maxBytes: 1e6 };
  const records = await fake.register.read(fake.register.epoch, 1, limits);
  const rosters = records.filter(({ record }) => record.k === "roster");
  expect(rosters).toHaveLength(1);
  expect(rosters[0]?.record.d).toMatchObject({ version: 1, count: 2, source: "file" });
  expect(rosters[0]?.json).not.toContain("同志");
});

test("with a clock at 1970 nothing is shown as sure, and a session is held all the same", async () => {
  const fake = await startUnsureRoom(0);
  expect(fake.view.clock).toMatchObject({ sure: false, unixMs: null });
  expect(fake.view.banners.map(({ code }) => code)).toContain("clock");
  await fake.done(open());
  expect(fake.room.sessionSummaries()[0]?.openedAt).toMatchObject({ unixMs: null, sure: false });
});

test("home offers today's plan until it was held, then the next day's", async () => {
  const fake = await startRoom();
  const day = (date: string) => ({ date, type: "study-day", lessons: ["rice"] });
  await fake.give("plan", makePlan([day("2026-03-12"), day("2026-03-05"), day("2026-02-05")]));
  expect(fake.view.home.plan).toMatchObject({ date: "2026-03-05", today: true });
  await fake.done(open());
  await fake.advance(6);
  await fake.done(allPresent(3), { kind: "close" }, { kind: "leave-closed" });
  expect(fake.view.home.plan).toMatchObject({ date: "2026-03-12", today: false });
});

test("a plan day without lessons, or with one that has not come yet, is shown as it is", async () => {
  const fake = await startRoom();
  const day = { date: "2026-03-05", type: "branch-assembly" };
  await fake.give("plan", makePlan([{ ...day, lessons: [] }]));
  expect(fake.view.home.plan).toMatchObject({ lessons: [] });
  await fake.give("plan", makePlan([{ ...day, lessons: ["not-here"] }]));
  expect(fake.view.home.plan?.lessons[0]).toMatchObject({ id: "not-here", state: "absent" });
});

test("the banners say what is wrong with the link and the film, in the words of the house", async () => {
  const fake = await startRoom();
  fake.room.setLink({ connected: false });
  const texts = () => fake.view.banners.map(({ text }) => text);
  expect(texts()).toContain("没连上网，不影响播放。记录先存着，连上再传。");
  fake.room.setLink({ connected: true });
  expect(texts()).toEqual([]);
  await fake.done(open());
  await fake.advance(2);
  const url = "/l/rice/1/video/s3.m4s";
  await fake.done({ kind: "film-failed", from: fake.session.at, code: "media", url, atMs: 3000 });
  expect(fake.stage).toBe("s4");
  expect(fake.view.banners.map(({ code }) => code)).toEqual(["film"]);
  expect(fake.library.reports).toEqual(["rice:video/s3.m4s"]);
});

test("material comes without the film's parts, which are in the film's view", async () => {
  const fake = await startRoom();
  await fake.done(open());
  expect(fake.session.film).toBeNull();
  expect(Object.keys(fake.session.material ?? {})).not.toContain("explain");
  await fake.advance(2);
  expect(fake.session.film).toMatchObject({ hls: "/l/rice/1/video/index.m3u8", playing: true });
  expect(fake.session.film?.cues).toEqual(MATERIAL.explain?.cues);
});

test("lists for the page: lessons, members, sessions and one session's registers", async () => {
  const fake = await startRoom();
  await fake.done(open());
  const { id } = fake.session;
  expect(fake.room.lessonCards().map(({ id: lesson }) => lesson)).toEqual(["rice", "fire"]);
  expect(await fake.room.lesson("rice")).toMatchObject({ material: MATERIAL });
  expect(await fake.room.lesson("absent")).toBeNull();
  fake.library.damaged.add("fire");
  expect(await fake.room.lesson("fire")).toMatchObject({ material: null });
  expect(fake.room.members("0a0b0c0d-9")).toBeNull();
  expect(fake.room.sessionSummaries()).toMatchObject([{ id, typeName: "党员电教日" }]);
  expect(await fake.room.sessionDetail(id)).toMatchObject({ lessonTitles: { rice: "课 rice" } });
});
