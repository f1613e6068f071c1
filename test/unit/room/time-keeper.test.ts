/** Goal: who knows the time is heard, written down once, and believed as far as it can be. */
import { beforeEach, expect, test } from "vitest";
import { FakeTimeSync } from "../../../platform/fake/fake-time-sync.ts";
import { nodeSha256 } from "../../../platform/node/node-sha256.ts";
import type { WallSource } from "../../../protocol/generated/types.ts";
import { openRegister } from "../../../src/register/open-register.ts";
import type { Register } from "../../../src/register/register.ts";
import { TimeKeeper } from "../../../src/room/time-keeper.ts";
import { WallJudge } from "../../../src/room/wall-judge.ts";
import { type FakeMachine, makeFakeMachine } from "../../support/open-fake-register.ts";

const BUILT_AT = Date.UTC(2026, 1, 1);
const TRUE = Date.UTC(2026, 2, 5, 0, 30);
const HOUR = 3_600_000;

let machine: FakeMachine;
let sync: FakeTimeSync;
let register: Register;
let wall: WallJudge;
let keeper: TimeKeeper;
let fixCount = 0;

async function start(wallUnixMs: number): Promise<void> {
  machine.clock.setWall(wallUnixMs);
  wall = new WallJudge({ clock: machine.clock, builtAt: BUILT_AT, hasBatteryClock: false });
  register = await openRegister({
    ...machine,
    folder: "register",
    wallSource: () => wall.source(),
    sha256: nodeSha256,
    software: "test",
    builtAt: BUILT_AT,
  });
  wall.attach({ times: register.fold.times, bootOrdinal: register.bootOrdinal });
  const onFix = () => {
    fixCount += 1;
  };
  keeper = new TimeKeeper({ register, clock: machine.clock, sync, onFix, log: () => {} });
}

beforeEach(async () => {
  machine = makeFakeMachine();
  sync = new FakeTimeSync();
  fixCount = 0;
  await start(0);
});

const county = (wall0: number, unc = 200) => {
  return keeper.hear({ mt0: machine.clock.bootMs(), wall0, unc, source: "county" });
};
const now = () => register.fold.times.at(register.bootOrdinal, machine.clock.bootMs());

async function written(): Promise<unknown[]> {
  const all = await register.read(register.epoch, 1, { maxCount: 100, maxBytes: 1e6 });
  return all.filter(({ record }) => record.k === "time.fix").map(({ record }) => record.d);
}

test("W1: the county's time is written once a boot, and again after the next one", async () => {
  await county(TRUE);
  machine.clock.advance(HOUR);
  await county(TRUE + HOUR);
  expect(await written()).toHaveLength(1);
  expect(fixCount).toBe(1);
  expect(now()).toMatchObject({ source: "county", conflict: false });
  machine.clock.reboot("boot-2");
  await start(0);
  await county(TRUE + 2 * HOUR);
  expect(await written()).toHaveLength(2);
});

test("W2: a source that contradicts what is known is written, and is a conflict", async () => {
  await county(TRUE);
  await county(TRUE + HOUR);
  await county(TRUE + HOUR);
  expect(await written()).toHaveLength(2);
  expect(now().conflict).toBe(true);
});

test("W3: a clock gone mad is written eight times a boot, and no more", async () => {
  for (let n = 0; n < 30; n += 1) await county(TRUE + n * HOUR);
  expect(await written()).toHaveLength(8);
});

test("after weeks of drift a better fix is written, although it says the same", async () => {
  await county(TRUE);
  machine.clock.advance(20 * 24 * HOUR);
  await county(TRUE + 20 * 24 * HOUR);
  expect(await written()).toHaveLength(2);
  expect(now().hi - now().lo).toBe(400);
});

test("NTP is heard when the machine says that it is kept right, and not when it is unknown", async () => {
  machine.clock.setWall(TRUE);
  for (const kind of ["unknown", "not-synced"] as const) {
    sync.reading = { kind };
    await keeper.lookAtSync();
  }
  sync.reading = { kind: "synced", ageMs: 30 * 24 * HOUR };
  await keeper.lookAtSync();
  expect(await written()).toEqual([]);
  sync.reading = { kind: "synced", ageMs: HOUR };
  await keeper.lookAtSync();
  expect(await written()).toEqual([{ bt: 1, mt0: 0, wall0: TRUE, unc: 2180, source: "ntp" }]);
});

test("a full disk loses nothing but this fix, and the next one is taken", async () => {
  for (let atWrite = 1; atWrite <= 12; atWrite += 1) {
    machine.disk.plan({ atWrite, kind: "no-space", kept: 0 });
  }
  await county(TRUE);
  expect(fixCount).toBe(0);
  machine.disk.powerOn();
  await county(TRUE);
  expect(now().source).toBe("county");
});

const RAW: [string, number, WallSource][] = [
  ["1970", 0, "none"],
  ["before the program was built", BUILT_AT - HOUR, "none"],
  ["2099", Date.UTC(2099, 0, 1), "none"],
  ["possible", TRUE, "floor"],
];

test.each(RAW)("a wall clock that says %s is stamped for what it is", (_name, at, source) => {
  machine.clock.setWall(at);
  expect(wall.source()).toBe(source);
});

test("a wall clock is right to the county, and wrong as soon as it jumps away", async () => {
  machine.clock.setWall(TRUE);
  await county(TRUE + 30_000);
  expect(wall.source()).toBe("county");
  machine.clock.setWall(TRUE + HOUR);
  expect(wall.source()).toBe("none");
  machine.clock.setWall(TRUE + 45_000);
  expect(wall.source()).toBe("county");
});

test("on a machine with a battery clock a possible time is said to come from it", () => {
  machine.clock.setWall(TRUE);
  const { clock } = machine;
  const judge = new WallJudge({ clock, builtAt: BUILT_AT, hasBatteryClock: true });
  expect(judge.source()).toBe("rtc");
});
