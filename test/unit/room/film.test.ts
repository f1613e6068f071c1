/** Goal: watched time is time in which the film really played. */
import { expect, test } from "vitest";
import { type FakeRoom, startRoom } from "../../support/fake-room.ts";
import { explained } from "../../support/lessons.ts";

async function startFilm(): Promise<FakeRoom> {
  const fake = await startRoom();
  await fake.done({ kind: "open-session", type: "study-day", lessons: ["rice"] });
  await fake.advance(2);
  return fake;
}

test("a cue ends the span, the explanation earns nothing, and overlap counts once", async () => {
  const fake = await startFilm();
  const { id } = fake.session;
  fake.play(20);
  await fake.done({ kind: "cue-reached", cue: 0, atMs: 20_000 });
  expect(fake.spans(id)).toEqual([[0, 20_000]]);
  fake.machine.clock.advance(300_000);
  await fake.done(explained(0));
  expect(fake.session.film).toMatchObject({ atMs: 18_000, playing: true, cuesDone: [0] });
  fake.play(10);
  await fake.done({ kind: "play", playing: false, atMs: 28_000 });
  expect(fake.spans(id)).toEqual([[0, 28_000]]);
});

test("what was sought over is not watched", async () => {
  const fake = await startFilm();
  const { id } = fake.session;
  fake.play(5);
  await fake.done({ kind: "seek", toMs: 90_000 });
  fake.play(5);
  await fake.done({ kind: "film-ended", from: fake.session.at, atMs: 95_000 });
  expect(fake.spans(id)).toEqual([
    [0, 5000],
    [90_000, 95_000],
  ]);
});

test.each([
  ["a picture that stands still", { still: true }],
  ["a film at double speed", { rate: 2, speed: 2 }],
  ["a position that runs ahead of the clock", { speed: 4 }],
] as const)("%s earns nothing", async (_name, more) => {
  const fake = await startFilm();
  const { id } = fake.session;
  fake.play(20, more);
  await fake.done({ kind: "play", playing: false, atMs: fake.session.film?.atMs ?? 0 });
  const sum = fake.spans(id).reduce((ms, [from, to]) => ms + to - from, 0);
  expect(sum).toBe(0);
});

test("time at home is not watched, and a jump after it neither", async () => {
  const fake = await startFilm();
  const { id } = fake.session;
  fake.play(10);
  await fake.done({ kind: "pause" });
  fake.machine.clock.advance(60_000);
  await fake.done({ kind: "resume" });
  fake.play(10);
  await fake.done({ kind: "film-ended", from: fake.session.at, atMs: 20_000 });
  expect(fake.spans(id)).toEqual([[0, 20_000]]);
});

test("the span is recorded when the session is abandoned in the middle of the film", async () => {
  const fake = await startFilm();
  const { id } = fake.session;
  fake.play(9);
  await fake.done({ kind: "abandon" });
  expect(fake.spans(id)).toEqual([[0, 9000]]);
});

test("reports of another session, another lesson or another stage change nothing", async () => {
  const fake = await startFilm();
  const { id } = fake.session;
  const report = { kind: "position", playing: true, frames: 9, rate: 1, atMs: 7000 } as const;
  fake.room.position({ ...report, session: "0a0b0c0d-9", item: 0 });
  fake.room.position({ ...report, session: id, item: 1 });
  expect(fake.session.film?.atMs).toBe(0);
  await fake.advance();
  fake.room.position({ ...report, session: id, item: 0 });
  await fake.done({ kind: "play", playing: true, atMs: 5000 }, { kind: "seek", toMs: 1 });
  expect(fake.spans(id)).toEqual([]);
});

test("going back into a film cut short shows it where it was left", async () => {
  const fake = await startFilm();
  fake.play(33);
  await fake.advance();
  await fake.done({ kind: "retreat", from: fake.session.at });
  expect(fake.session.film).toMatchObject({ atMs: 33_000, playing: true });
});

test("the spot is saved at most every three seconds while the film plays", async () => {
  const fake = await startFilm();
  const before = fake.spots.saves;
  for (let second = 0; second < 30; second += 1) {
    fake.play(1);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(fake.spots.saves - before).toBeLessThanOrEqual(11);
  expect(fake.spots.saves - before).toBeGreaterThanOrEqual(9);
});
