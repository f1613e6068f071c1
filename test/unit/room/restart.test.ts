/** Goal: a power cut costs seconds of film, never a record. Method: start the room again. */
import { expect, test } from "vitest";
import { type FakeRoom, makeRoster, startRoom } from "../../support/fake-room.ts";
import { LIVE_METHOD } from "../../support/lessons.ts";

const open = (lessons = ["rice"]) =>
  ({ kind: "open-session", type: "study-day", lessons }) as const satisfies object;

async function startFilm(): Promise<FakeRoom> {
  const fake = await startRoom();
  await fake.done(open());
  await fake.advance(2);
  return fake;
}

/** The same day, the machine started anew. */
async function cutPower(fake: FakeRoom, offMs = 60_000): Promise<void> {
  // What the spot's write holds back at the cut is not waited for: only what lies on the disk.
  await new Promise((resolve) => setImmediate(resolve));
  const wall = fake.machine.clock.wallUnixMs();
  fake.machine.clock.reboot(`boot-${wall}`, wall + offMs);
  await fake.start();
}

test("M3: after a power cut the session stands in its step, the film at most 3 s back", async () => {
  const fake = await startFilm();
  const roster = makeRoster(3).members;
  const marks = [[roster[0]?.id, "L"]] as never;
  await fake.done({ kind: "mark", how: "late", marks });
  fake.play(31);
  await cutPower(fake);
  expect(fake.stage).toBe("s2");
  expect(fake.session.counts).toMatchObject({ L: 1, unmarked: 2 });
  const atMs = fake.session.film?.atMs ?? 0;
  expect(atMs).toBeGreaterThanOrEqual(28_000);
  expect(atMs).toBeLessThanOrEqual(31_000);
  expect(fake.session.film?.playing).toBe(true);
});

test("M4: the span that was playing at the cut is recorded at the next start", async () => {
  const fake = await startFilm();
  const { id } = fake.session;
  fake.play(30);
  expect(fake.spans(id)).toEqual([]);
  await cutPower(fake);
  expect(fake.spans(id)).toEqual([[0, 30_000]]);
});

test("M4: the same span found twice is counted once", async () => {
  const fake = await startFilm();
  const { id } = fake.session;
  fake.play(30);
  await new Promise((resolve) => setImmediate(resolve));
  const files = [...fake.spots.files];
  await cutPower(fake);
  fake.spots.files.splice(0, 2, ...files);
  await cutPower(fake);
  expect(fake.register.fold.session(id)?.viewing[0]?.watchedMs).toBe(30_000);
});

test("with both spots gone the session still stands in its step", async () => {
  const fake = await startFilm();
  fake.play(10);
  await fake.done({ kind: "cue-reached", cue: 0, atMs: 10_000 });
  await cutPower(fake);
  fake.spots.files.fill(null);
  await cutPower(fake);
  expect(fake.stage).toBe("s2");
  expect(fake.session.explaining).toEqual({ cue: 0, atMs: 10_000 });
  expect(fake.session.film).toMatchObject({ atMs: 10_000, playing: false });
});

test("a spot that is half written is passed over for the one before it", async () => {
  const fake = await startFilm();
  await fake.done({ kind: "seek", toMs: 40_000 }, { kind: "seek", toMs: 50_000 });
  await new Promise((resolve) => setImmediate(resolve));
  const decoded = fake.spots.files.map((bytes) => new TextDecoder().decode(bytes ?? undefined));
  const newest = decoded.findIndex((text) => text.includes("50000"));
  fake.spots.files[newest] = fake.spots.files[newest]?.slice(0, -9) ?? null;
  await cutPower(fake);
  expect(fake.session.film?.atMs).toBe(40_000);
});

test("the card that was shown is shown again", async () => {
  const fake = await startRoom();
  await fake.done(open());
  await fake.advance();
  await fake.done({ kind: "turn", card: 2 });
  await cutPower(fake);
  expect(fake.session).toMatchObject({ card: 2 });
  await fake.advance();
  expect(fake.session.card).toBe(0);
});

test("a session left open on an earlier day is offered at home, and can be gone on with", async () => {
  const fake = await startFilm();
  fake.play(10);
  const { id } = fake.session;
  await cutPower(fake, 26 * 3_600_000);
  expect(fake.view.session).toBeNull();
  expect(fake.view.home.resume).toMatchObject({ session: id, earlierDay: true });
  expect(fake.room.screenState().session).toBeNull();
  await fake.done({ kind: "resume" });
  expect(fake.stage).toBe("s2");
});

test("a session left open on an unknown day is offered at home, and can be ended there", async () => {
  const fake = await startFilm();
  fake.wallSource = "none";
  await cutPower(fake);
  expect(fake.view.home.resume).toMatchObject({ stageName: "播放收看", earlierDay: true });
  await fake.done({ kind: "abandon" });
  expect(fake.session.closed).toMatchObject({ ending: "abandoned" });
  expect(fake.view.home.resume).toBeNull();
});

test("a paused session waits at home, also after a restart, and goes on in its step", async () => {
  const fake = await startFilm();
  fake.play(12);
  const { id } = fake.session;
  await fake.done({ kind: "pause" });
  expect(fake.spans(id)).toEqual([[0, 12_000]]);
  expect(fake.view.session).toBeNull();
  expect(fake.view.home.resume).toMatchObject({ session: id, atMs: 12_000, earlierDay: false });
  await cutPower(fake);
  expect(fake.view.session).toBeNull();
  await fake.done({ kind: "resume" });
  expect(fake.session.film).toMatchObject({ atMs: 12_000, playing: true });
});

test("a closed session is not on the screen after a restart", async () => {
  const fake = await startFilm();
  await fake.done({ kind: "abandon" });
  await cutPower(fake);
  expect(fake.view.session).toBeNull();
  expect(fake.view.home.resume).toBeNull();
});

test("a lesson that was removed keeps its place: the other one stays the second", async () => {
  const fake = await startRoom();
  await fake.done(open(["rice", "fire"]));
  await fake.advance(2);
  fake.library.lessons.delete("rice");
  await cutPower(fake);
  expect(fake.session.film).toBeNull();
  expect(fake.session.lessons.map(({ id, state }) => [id, state])).toEqual([
    ["rice", "absent"],
    ["fire", "ready"],
  ]);
  while (fake.session.item === 0) await fake.advance();
  expect(fake.session.material?.discuss?.topics[0]?.id).toBe("t1");
});

test("steps changed behind a running session's back leave it open and closable", async () => {
  const fake = await startFilm();
  fake.documents.files.set("method", new TextEncoder().encode(JSON.stringify(LIVE_METHOD)));
  await cutPower(fake);
  expect(fake.stage).toBe("ready");
  await fake.done({ kind: "abandon" });
});

test("a kept document that is rotten is passed over, and told", async () => {
  const fake = await startRoom();
  fake.documents.files.set("roster", new TextEncoder().encode("{"));
  await cutPower(fake);
  expect(fake.logged).toContain("document not used");
  expect(fake.room.members()?.members).toEqual([]);
});
