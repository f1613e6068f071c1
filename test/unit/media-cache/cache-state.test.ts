import { expect, test } from "vitest";
import {
  EMPTY_STATE,
  noteFetched,
  noteUse,
  noteWanted,
  readCacheState,
} from "../../../media-cache/refresh/cache-state.ts";
import { TwoGenerations } from "../../../media-cache/refresh/two-generations.ts";
import { FakeDisk } from "../../../platform/fake/fake-disk.ts";

const open = (disk: FakeDisk) => new TwoGenerations(disk, "state");

async function saved(count: number): Promise<FakeDisk> {
  const disk = new FakeDisk();
  const file = open(disk);
  await file.load();
  for (let n = 1; n <= count; n += 1) await file.save({ n });
  return disk;
}

test("the newest generation is read back, by a new process too", async () => {
  for (const count of [1, 2, 3, 4]) {
    const loaded = await open(await saved(count)).load();
    expect(loaded).toEqual({ newest: { gen: count, body: { n: count } }, damaged: 0 });
  }
});

test("a first start finds nothing, and that is no damage", async () => {
  expect(await open(new FakeDisk()).load()).toEqual({ newest: null, damaged: 0 });
});

test("whatever is damaged in one file, the other generation is read, and damage is told", async () => {
  const disk = await saved(4);
  const whole = disk.files.get("state/b.json") ?? new Uint8Array(0);
  const damages = [...whole.keys()].flatMap((at) => [
    whole.slice(0, at),
    whole.map((byte, n) => (n === at ? byte ^ 1 : byte)),
  ]);
  for (const damage of damages) {
    disk.files.set("state/b.json", damage);
    const loaded = await open(disk).load();
    expect(loaded).toEqual({ newest: { gen: 3, body: { n: 3 } }, damaged: 1 });
  }
});

test("both damaged: nothing is read, and both are told of", async () => {
  const disk = await saved(2);
  for (const path of ["state/a.json", "state/b.json"]) disk.files.set(path, new Uint8Array(9));
  expect(await open(disk).load()).toEqual({ newest: null, damaged: 2 });
});

test("a cut at any save leaves the generation before", async () => {
  for (const kept of [0, 5]) {
    const disk = await saved(3);
    const file = open(disk);
    await file.load();
    disk.plan({ atWrite: 1, kind: "cut", kept });
    await expect(file.save({ n: 4 })).rejects.toThrow();
    disk.powerOn();
    expect((await open(disk).load()).newest?.body).toEqual({ n: 3 });
  }
});

test("a damaged older file is the one that is written next", async () => {
  const disk = await saved(3);
  disk.files.set("state/b.json", new Uint8Array(3));
  const file = open(disk);
  await file.load();
  await file.save({ n: 4 });
  expect((await open(disk).load()).damaged).toBe(0);
});

test("a state keeps what it does not know, and begins anew with what has the wrong shape", () => {
  const body = { ...EMPTY_STATE, later: 7, pins: "all", night: { key: 1 }, uses: { a: 1 } };
  const reading = readCacheState(body);
  expect(reading).toMatchObject({ kind: "good", state: { later: 7, pins: [], uses: { a: 1 } } });
  expect(reading).toMatchObject({ state: { night: { key: "", bytes: 0 } } });
  expect(readCacheState({ v: 2 })).toEqual({ kind: "newer" });
  expect(readCacheState(null)).toEqual({ kind: "wrong" });
});

test("uses are counted in order, wishes once, and bytes by the night", () => {
  const used = noteUse(noteUse(EMPTY_STATE, "a"), "b");
  expect(used.uses).toEqual({ a: 1, b: 2 });
  expect(noteWanted(noteWanted(EMPTY_STATE, "a"), "a").wanted).toEqual(["a"]);
  const night = noteFetched(noteFetched(EMPTY_STATE, "n1", 5), "n1", 6);
  expect(night.night).toEqual({ key: "n1", bytes: 11 });
  expect(noteFetched(night, "n2", 1).night).toEqual({ key: "n2", bytes: 1 });
});
