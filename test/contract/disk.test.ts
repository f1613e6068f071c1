import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { FakeCrashDisk } from "../../platform/fake/fake-crash-disk.ts";
import { FakeDisk } from "../../platform/fake/fake-disk.ts";
import { NodeDisk } from "../../platform/node/node-disk.ts";
import { NodeMirrorDisk } from "../../platform/node/node-mirror-disk.ts";
import type { Disk } from "../../platform/ports/disk.ts";
import { StorageError } from "../../platform/ports/storage-error.ts";
import { makeChance } from "../support/power-cuts.ts";

const root = mkdtempSync(join(tmpdir(), "one-room-disk-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

interface Opened {
  readonly disk: Disk;
  /** What another process would see; of FakeCrashDisk, after a power cut. */
  reopen(): Disk;
}

const ADAPTERS: Record<string, () => Opened> = {
  FakeDisk() {
    const disk = new FakeDisk();
    return { disk, reopen: () => disk };
  },
  FakeCrashDisk() {
    const disk = new FakeCrashDisk();
    disk.freeBytes = 1e9;
    const chance = makeChance(20_261_125);
    return { disk, reopen: () => disk.crash(chance) };
  },
  NodeDisk() {
    const folder = mkdtempSync(join(root, "disk-"));
    return { disk: new NodeDisk(folder), reopen: () => new NodeDisk(folder) };
  },
  NodeMirrorDisk() {
    const folder = mkdtempSync(join(root, "mirror-"));
    const disk = new NodeMirrorDisk(folder, statSync(folder).dev);
    return { disk, reopen: () => new NodeDisk(folder) };
  },
};

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (content: Uint8Array | null) =>
  content === null ? null : new TextDecoder().decode(content);

describe.each(Object.entries(ADAPTERS))("%s", (_name, open) => {
  test("K1: what was appended or replaced is there for whoever opens the folder next", async () => {
    const { disk, reopen } = open();
    const file = await disk.openAppend("a/b/one.log");
    await file.append(bytes("first "));
    await file.append(bytes("second"));
    await disk.replace("a/b/two.json", bytes("{}"));
    expect(text(await reopen().read("a/b/one.log"))).toBe("first second");
    expect(text(await reopen().read("a/b/two.json"))).toBe("{}");
    await file.close();
  });

  test("K1: an existing file is appended to, from its end", async () => {
    const { disk } = open();
    await disk.replace("one.log", bytes("12345"));
    const file = await disk.openAppend("one.log");
    expect(file.size).toBe(5);
    await file.append(bytes("6"));
    expect(file.size).toBe(6);
    await file.close();
    expect(text(await disk.read("one.log"))).toBe("123456");
  });

  test("K2: a handle that was closed takes nothing more", async () => {
    const { disk } = open();
    const file = await disk.openAppend("one.log");
    await file.close();
    await expect(file.append(bytes("late"))).rejects.toThrow(StorageError);
    expect(text(await disk.read("one.log"))).toBe("");
  });

  test("K3: replace leaves the new content and no other file", async () => {
    const { disk } = open();
    await disk.replace("folder/one", bytes("a long old content"));
    await disk.replace("folder/one", bytes("new"));
    expect(text(await disk.read("folder/one"))).toBe("new");
    expect(await disk.list("folder")).toEqual(["one"]);
  });

  test("K4: parts are read where they lie, and only as far as the file goes", async () => {
    const { disk } = open();
    const file = await disk.openAppend("one.log");
    await file.append(bytes("0123456789"));
    expect(text(await disk.readAt("one.log", 2, 3))).toBe("234");
    expect(text(await disk.readAt("one.log", 8, 99))).toBe("89");
    expect(text(await disk.readAt("one.log", 99, 1))).toBe("");
    await file.close();
  });

  test("K5: reading what is not there says so, and creates nothing", async () => {
    const { disk } = open();
    expect(await disk.list("nowhere")).toEqual([]);
    expect(await disk.read("nowhere/one")).toBeNull();
    await expect(disk.readAt("nowhere/one", 0, 1)).rejects.toThrow(StorageError);
    expect(await disk.list("nowhere")).toEqual([]);
  });

  test("a cut file ends where it was cut, and is appended to from there", async () => {
    const { disk } = open();
    await disk.replace("one.log", bytes("whole|torn"));
    await disk.truncate("one.log", 6);
    const file = await disk.openAppend("one.log");
    await file.append(bytes("next"));
    await file.close();
    expect(text(await disk.read("one.log"))).toBe("whole|next");
    await expect(disk.truncate("nothing.log", 0)).rejects.toThrow(StorageError);
  });

  test("a cut is there for whoever opens the folder next", async () => {
    const { disk, reopen } = open();
    await disk.replace("one.log", bytes("whole|torn"));
    await disk.truncate("one.log", 6);
    expect(text(await reopen().read("one.log"))).toBe("whole|");
  });

  test("what was removed stays away; what is not there is removed already", async () => {
    const { disk, reopen } = open();
    await disk.replace("f/one", bytes("1"));
    await disk.replace("f/two", bytes("2"));
    await disk.remove("f/one");
    await disk.remove("f/one");
    await disk.remove("nowhere/one");
    expect(await disk.read("f/one")).toBeNull();
    expect(await reopen().list("f")).toEqual(["two"]);
    await disk.replace("f/one", bytes("again"));
    expect(text(await reopen().read("f/one"))).toBe("again");
  });

  test("files are listed sorted, and those of folders below are not", async () => {
    const { disk } = open();
    for (const path of ["f/c", "f/a", "f/sub/x", "f/b"]) await disk.replace(path, bytes("1"));
    const names = (await disk.list("f")).filter((name) => name !== "sub");
    expect(names).toEqual(["a", "b", "c"]);
  });

  test("free space is a part of the whole", async () => {
    const { freeBytes, totalBytes } = await open().disk.space();
    expect(freeBytes).toBeGreaterThan(0);
    expect(totalBytes).toBeGreaterThanOrEqual(freeBytes);
  });
});

test("K2: after a failed append any prefix may be there, and the handle is dead", async () => {
  const disk = new FakeDisk();
  const file = await disk.openAppend("one.log");
  disk.plan({ atWrite: 1, kind: "no-space", kept: 2 });
  await expect(file.append(bytes("abcd"))).rejects.toMatchObject({ code: "no-space" });
  await expect(file.append(bytes("efgh"))).rejects.toMatchObject({ code: "closed" });
  expect(text(await disk.read("one.log"))).toBe("ab");
});

test("K2: FakeCrashDisk: a sync that fails once gives up the bytes, whatever reads show", async () => {
  const disk = new FakeCrashDisk();
  const file = await disk.openAppend("one.log");
  disk.plan(2, "sync");
  await expect(file.append(bytes("abcd"))).rejects.toMatchObject({ code: "io" });
  await expect(file.append(bytes("efgh"))).rejects.toMatchObject({ code: "closed" });
  expect(text(await disk.read("one.log"))).toBe("abcd");
  await (await disk.openAppend("one.log")).append(bytes("efgh"));
  const after = Array.from({ length: 40 }, async (_, seed) =>
    text(await disk.crash(makeChance(seed + 1)).read("one.log")),
  );
  expect(await Promise.all(after)).toContain("\0\0\0\0efgh");
});

test("FakeCrashDisk: what was not synced is there after a power cut, or not, or is garbage", async () => {
  const disk = new FakeCrashDisk();
  const file = await disk.openAppend("one.log");
  await file.append(bytes("ab"));
  const images = new Set<string | null>();
  disk.onCall = async () => {
    for (let seed = 1; seed < 20; seed += 1) {
      images.add(text(await disk.crash(makeChance(seed)).read("one.log")));
    }
  };
  await file.append(bytes("cd"));
  expect([...images]).toEqual(expect.arrayContaining(["ab", "abcd", "ab\0\0"]));
  expect(images.size).toBeGreaterThan(3);
});

test("without power nothing is written or cut, by anybody, until it is back", async () => {
  const disk = new FakeDisk();
  const file = await disk.openAppend("one.log");
  disk.plan({ atWrite: 1, kind: "cut", kept: 1 });
  await expect(file.append(bytes("abcd"))).rejects.toThrow("io");
  await expect(disk.replace("two", bytes("x"))).rejects.toThrow("io");
  await expect(disk.truncate("one.log", 0)).rejects.toThrow("io");
  await expect(disk.openAppend("three")).rejects.toThrow("io");
  disk.powerOn();
  expect(text(await disk.read("one.log"))).toBe("a");
  await disk.replace("two", bytes("x"));
});

test("NodeDisk: a folder where a file should be is an `io` error, not a crash", async () => {
  const folder = mkdtempSync(join(root, "odd-"));
  mkdirSync(join(folder, "one.log"));
  const disk = new NodeDisk(folder);
  await expect(disk.openAppend("one.log")).rejects.toMatchObject({ code: "io" });
  expect(readdirSync(folder)).toEqual(["one.log"]);
  expect(statSync(join(folder, "one.log")).isDirectory()).toBe(true);
});
