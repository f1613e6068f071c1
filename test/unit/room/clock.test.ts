/** Goal: a clock at 1970, at 2099, or jumping in mid-session costs no record and shows no date. */
import { expect, test } from "vitest";
import { FakeTvPower } from "../../../platform/fake/fake-tv-power.ts";
import type { TvReading } from "../../../platform/ports/tv-power.ts";
import type { Intent } from "../../../protocol/generated/types.ts";
import { type FakeRoom, makePlan, startRoom, startUnsureRoom } from "../../support/fake-room.ts";
import { HeadlessTv } from "../../support/headless-tv.ts";
import { breachesOf } from "../../support/standard.ts";

const OPEN: Intent = { kind: "open-session", type: "study-day", lessons: ["rice"] };
const Y2099 = Date.UTC(2099, 0, 1);
/** 2026-03-05 in the county. */
const POSSIBLE = Date.UTC(2026, 2, 5, 0, 30);

/** Marks everybody, walks to the closing sheet and closes. */
async function holdToTheEnd(fake: FakeRoom): Promise<void> {
  const { members } = fake.room.members() ?? { members: [] };
  for (const { id } of members) {
    await fake.done({ kind: "mark", how: "call", marks: [[id, "P"]] });
  }
  while (fake.session.flow[fake.session.at]?.kind !== "closing") await fake.advance();
  await fake.done({ kind: "close" });
}

const last = (fake: FakeRoom) => fake.register.fold.sessions({ limit: 1 })[0];

test.each([
  ["1970", 0],
  ["2099", Y2099],
  ["a number that no date can hold", Number.MAX_SAFE_INTEGER],
])("with a clock at %s a session is held, closed, and dated by nobody", async (_name, wall) => {
  const fake = await startUnsureRoom(wall);
  await fake.done(OPEN);
  expect(fake.view.clock).toMatchObject({ sure: false, unixMs: null });
  expect(fake.view.clock.ask).toEqual({
    date: null,
    start: "2026-02-01",
    first: "2026-02-01",
    last: "2028-02-01",
  });
  await fake.done({ kind: "confirm-date", date: null });
  expect(fake.view.clock.ask).toBeNull();
  await holdToTheEnd(fake);
  expect(last(fake)).toMatchObject({ closed: true, openedAt: { unixMs: null, sure: false } });
  expect(last(fake)?.evidence).toContain("时间未确认");
  expect(last(fake)?.headCode).toMatch(/^.{5}-.{5}$/);
});

test.each([0, Y2099, -1, POSSIBLE + 40 * 86_400_000])(
  "a wall clock that jumps to %i in mid-session moves nothing",
  async (wall) => {
    const fake = await startRoom();
    await fake.done(OPEN);
    fake.machine.clock.advance(60_000);
    const before = fake.view.clock.unixMs ?? 0;
    fake.wallSource = "none";
    fake.machine.clock.setWall(wall);
    fake.machine.clock.advance(60_000);
    expect(fake.view.clock).toMatchObject({ sure: true, unixMs: before + 60_000 });
    await holdToTheEnd(fake);
    const { openedAt, closedAt } = last(fake) ?? {};
    expect((closedAt?.unixMs ?? 0) - (openedAt?.unixMs ?? 0)).toBe(120_000);
    expect(last(fake)?.evidence).toContain("时间已核对（县里校时）");
    await fake.start();
    expect(last(fake)).toMatchObject({ closed: true, openedAt: { unixMs: openedAt?.unixMs } });
  },
);

test("a day that the broadcaster confirmed is shown as a day, counts as today, and is kept", async () => {
  const fake = await startUnsureRoom(POSSIBLE);
  await fake.give("plan", makePlan([{ date: "2026-03-05", type: "study-day", lessons: ["rice"] }]));
  await fake.done(OPEN);
  expect(fake.view.clock.ask).toMatchObject({ date: "2026-03-05", start: "2026-03-05" });
  await fake.done({ kind: "confirm-date", date: "2026-03-05" });
  expect(fake.view.clock).toMatchObject({ sure: true, dayOnly: true, ask: null });
  await holdToTheEnd(fake);
  expect(last(fake)?.evidence).toContain("日期由播放员确认，时刻没有核对");
  await fake.done({ kind: "leave-closed" });
  expect(fake.view.home.plan).toBeNull();
});

test.each(["2026-01-31", "2028-02-02", "2026-02-30x", "2026-99-99"])(
  "the day %s is refused in words, and asked for again",
  async (date) => {
    const fake = await startUnsureRoom(0);
    await fake.done(OPEN);
    const answer = await fake.do({ kind: "confirm-date", date });
    expect(answer).toMatchObject({ ok: false, error: { text: "这个日期不对，请再选一次。" } });
    expect(fake.view.clock.ask).not.toBeNull();
  },
);

test("the date is asked once a boot, in a session only, and not when somebody knows it", async () => {
  const fake = await startUnsureRoom(0);
  expect(fake.view.clock.ask).toBeNull();
  await fake.done(OPEN, { kind: "confirm-date", date: null }, { kind: "pause" });
  expect(fake.view.clock.ask).toBeNull();
  fake.machine.clock.reboot("boot-2");
  await fake.start();
  await fake.done({ kind: "resume" });
  expect(fake.view.clock.ask).not.toBeNull();
  const known = await startRoom();
  await known.done(OPEN);
  expect(known.view.clock.ask).toBeNull();
});

test("OK alone leads past the question, and claims no day that nobody chose", async () => {
  const fake = await startUnsureRoom(0);
  const tv = new HeadlessTv(fake);
  await fake.done(OPEN);
  await tv.settle();
  expect(tv.place).toBe("confirm-date");
  await tv.press("ok");
  expect(tv.place).toBe("signin");
  expect(tv.view.clock).toMatchObject({ unixMs: null, ask: null });
});

test("six keys choose a day, and Back opens the menu", async () => {
  const fake = await startUnsureRoom(0);
  const tv = new HeadlessTv(fake);
  await fake.done(OPEN);
  await tv.settle();
  await tv.press("back");
  expect(tv.place).toBe("pause-menu");
  await tv.press("back");
  for (const key of ["up", "up", "up", "down", "right", "left", "ok"] as const) await tv.press(key);
  expect(tv.place).toBe("signin");
  expect(tv.view.clock).toMatchObject({ sure: true, dayOnly: true });
  expect(new Date(tv.view.clock.unixMs ?? 0).toISOString().slice(0, 10)).toBe("2026-02-02");
});

test.each(["standard", "large", "huge"] as const)(
  "the question for the date keeps to the standard for old eyes in scale %s",
  async (scale) => {
    const fake = await startUnsureRoom(POSSIBLE + 270 * 86_400_000);
    fake.room.setSite({ scale });
    const tv = new HeadlessTv(fake);
    await fake.done(OPEN);
    for (const key of [null, "right", "left", "up"] as const) {
      if (key !== null) await tv.press(key);
      await tv.settle();
      expect(tv.place).toBe("confirm-date");
      expect(breachesOf(tv.scene)).toEqual([]);
    }
  },
);

async function tvRoom(reading: TvReading): Promise<{ fake: FakeRoom; tv: FakeTvPower }> {
  const fake = await startRoom();
  const tv = new FakeTvPower();
  tv.reading = reading;
  fake.tv = tv;
  await fake.start();
  await fake.done(OPEN);
  await fake.room.lookAtTv();
  return { fake, tv };
}

async function devices(fake: FakeRoom): Promise<unknown[]> {
  const all = await fake.register.read(fake.register.epoch, 1, { maxCount: 200, maxBytes: 1e6 });
  return all
    .filter(({ record }) => record.k === "device")
    .map(({ record }) => (record.d as { power?: unknown }).power);
}

test("the TV is written down at the opening, when it changes, and at the close", async () => {
  const { fake, tv } = await tvRoom({ power: "on", how: "cec" });
  await fake.room.lookAtTv();
  await expect.poll(() => devices(fake)).toEqual(["on"]);
  tv.reading = { power: "off", how: "cec" };
  await fake.room.lookAtTv();
  await holdToTheEnd(fake);
  await expect.poll(() => devices(fake)).toEqual(["on", "off", "off"]);
  expect(last(fake)?.evidence).toContain("电视有时是关着的");
  await fake.room.lookAtTv();
  await expect.poll(() => devices(fake)).toHaveLength(3);
});

test("a TV of which nobody knows is unknown, and never guessed", async () => {
  const { fake } = await tvRoom({ power: "unknown", how: "no-cec" });
  await holdToTheEnd(fake);
  await expect.poll(() => devices(fake)).toEqual(["unknown", "unknown"]);
  expect(last(fake)?.evidence).toContain("电视开没开不知道");
});
