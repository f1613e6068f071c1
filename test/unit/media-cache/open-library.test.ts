import { expect, test } from "vitest";
import { importLesson } from "../../../media-cache/import-lesson.ts";
import { openLibrary } from "../../../media-cache/open-library.ts";
import { FakeBlobDisk } from "../../../platform/fake/fake-blob-disk.ts";
import { nodeSha256 } from "../../../platform/node/node-sha256.ts";
import {
  blobOf,
  CACHE,
  inCache,
  MATERIAL,
  type PackageChanges,
  putPackage,
} from "./lesson-package.ts";

async function put(disk: FakeBlobDisk, changes: PackageChanges = {}) {
  const lesson = putPackage(disk, changes);
  const options = { disk, sha256: nodeSha256, cacheDir: CACHE, packageDir: lesson.folder };
  expect(await importLesson(options)).toMatchObject({ ok: true });
  return { ...lesson, mend: () => importLesson(options) };
}

async function boxWith(changes: PackageChanges = {}) {
  const disk = new FakeBlobDisk();
  const lesson = await put(disk, changes);
  const reopen = () => openLibrary({ disk, sha256: nodeSha256, cacheDir: CACHE });
  return { disk, lesson, reopen, library: await reopen() };
}

const SEGMENT = "video/seg-000.m4s";

test("a box without a cache has no lessons", async () => {
  const library = await openLibrary({
    disk: new FakeBlobDisk(),
    sha256: nodeSha256,
    cacheDir: CACHE,
  });
  expect(library.list()).toEqual([]);
  expect(library.usage()).toEqual({ lessons: 0, ready: 0, bytes: 0 });
  expect(await library.open("rice", 1)).toMatchObject({ ok: false, code: "absent" });
});

test("an opened lesson brings its material", async () => {
  const { library } = await boxWith();
  expect(await library.open("rice", 1)).toMatchObject({ ok: true, material: MATERIAL });
});

test("lessons are listed by number, each in its newest version", async () => {
  const { disk, library } = await boxWith({ number: "1002" });
  await put(disk, { id: "wheat", number: "1001" });
  await put(disk, { version: 2, number: "1002" });
  await library.refresh();
  const listed = library.list().map(({ manifest }) => `${manifest.id}/${manifest.version}`);
  expect(listed).toEqual(["wheat/1", "rice/2"]);
  expect(library.find("rice", 1)?.manifest.version).toBe(1);
});

test("the older version stays in use while the newer is not whole", async () => {
  const { disk, library } = await boxWith();
  const newer = await put(disk, { version: 2 });
  disk.files.delete(blobOf(newer.manifest, SEGMENT));
  await library.refresh();
  expect(library.find("rice")?.manifest.version).toBe(1);
  expect(library.find("rice", 2)?.state).toBe("partial");
});

test("a lesson imported while the library is open can be opened at once", async () => {
  const { disk, library } = await boxWith();
  await put(disk, { id: "wheat", number: "1002" });
  expect(await library.open("wheat", 1)).toMatchObject({ ok: true });
});

test("no file of the film is served before it was hashed", async () => {
  const { lesson, library } = await boxWith();
  expect(library.locate("rice", 1, SEGMENT)).toBeNull();
  expect(library.locate("rice", 1, "poster.webp")).toMatchObject({ type: "image/webp" });
  await library.open("rice", 1);
  expect(library.locate("rice", 1, SEGMENT)).toMatchObject({
    file: blobOf(lesson.manifest, SEGMENT),
    type: "video/mp4",
  });
});

test.each(["manifest.json", "../../x", "video", "", "video/seg-000.m4s/", "VIDEO/SEG-000.M4S"])(
  "%s is not a file of the lesson",
  async (path) => {
    const { library } = await boxWith();
    await library.open("rice", 1);
    expect(library.locate("rice", 1, path)).toBeNull();
  },
);

test("a film is hashed once however often it is opened", async () => {
  const { disk, lesson, library } = await boxWith();
  disk.hashed.clear();
  await Promise.all([library.open("rice", 1), library.open("rice", 1)]);
  await library.open("rice", 1);
  expect(disk.hashed.get(blobOf(lesson.manifest, SEGMENT))).toBe(1);
});

type Spoil = (disk: FakeBlobDisk, path: string) => void;
const zero: Spoil = (disk, path) =>
  disk.files.set(path, new Uint8Array(disk.files.get(path)?.length ?? 0));

const SPOILS: [string, Spoil, string][] = [
  [
    "altered",
    (d, p) => d.files.set(p, d.files.get(p)?.map((b) => b ^ 1) ?? new Uint8Array()),
    "坏了",
  ],
  ["zero-filled", zero, "坏了"],
  ["cut short", (d, p) => d.files.set(p, d.files.get(p)?.slice(0, -1) ?? new Uint8Array()), "坏了"],
  ["emptied", (d, p) => d.files.set(p, new Uint8Array()), "坏了"],
  ["unreadable", (d, p) => d.spoil(p), "坏了"],
  ["missing", (d, p) => d.files.delete(p), "缺 1 个文件"],
];

test.each(SPOILS)(
  "a lesson with a file that is %s is not opened, and says why",
  async (_, spoil, why) => {
    const { disk, lesson, reopen } = await boxWith();
    spoil(disk, blobOf(lesson.manifest, SEGMENT));
    const library = await reopen();
    const opened = await library.open("rice", 1);
    expect(opened).toMatchObject({
      ok: false,
      code: "damaged",
      text: expect.stringContaining(why),
    });
    expect(library.find("rice")?.state).not.toBe("ready");
    expect(library.find("rice")?.why).toContain(why);
    expect(library.locate("rice", 1, SEGMENT)).toBeNull();
  },
);

test.each(SPOILS)(
  "a file that is %s after it was hashed is found at the next opening",
  async (_, spoil) => {
    const { disk, lesson, library } = await boxWith();
    await library.open("rice", 1);
    spoil(disk, blobOf(lesson.manifest, SEGMENT));
    // A bad sector does not move the stamp: the page reports that the film stalls.
    await library.reportDamage("rice", 1, SEGMENT);
    expect(await library.open("rice", 1)).toMatchObject({ ok: false, code: "damaged" });
    expect(library.locate("rice", 1, SEGMENT)).toBeNull();
  },
);

test("a damaged file is kept aside, also after a restart, and mended by importing again", async () => {
  const { disk, lesson, library, reopen } = await boxWith();
  zero(disk, blobOf(lesson.manifest, SEGMENT));
  await library.open("rice", 1);
  expect(inCache(disk).filter((path) => path.includes("/quarantine/"))).toHaveLength(1);
  expect(library.find("rice")?.state).toBe("quarantined");
  expect((await reopen()).find("rice")?.state).toBe("quarantined");
  await lesson.mend();
  expect(await library.open("rice", 1)).toMatchObject({ ok: true });
  expect((await reopen()).find("rice")?.state).toBe("ready");
});

test("a report about a file that is well changes nothing", async () => {
  const { library } = await boxWith();
  await library.open("rice", 1);
  await library.reportDamage("rice", 1, SEGMENT);
  await library.reportDamage("rice", 1, "no/such.file");
  await library.reportDamage("none", 1, SEGMENT);
  expect(library.find("rice")?.state).toBe("ready");
  expect(library.locate("rice", 1, SEGMENT)).not.toBeNull();
});

test("damage to a file that two lessons share shows in both", async () => {
  const { disk, lesson, library } = await boxWith();
  await put(disk, { id: "wheat", number: "1002" });
  await library.refresh();
  zero(disk, blobOf(lesson.manifest, "video/init.mp4"));
  await library.open("rice", 1);
  expect(library.find("wheat")?.state).toBe("quarantined");
});

test("one damaged lesson leaves the others alone", async () => {
  const { disk, lesson, library } = await boxWith();
  await put(disk, { id: "wheat", number: "1002" });
  zero(disk, blobOf(lesson.manifest, SEGMENT));
  await library.refresh();
  await library.open("rice", 1);
  expect(await library.open("wheat", 1)).toMatchObject({ ok: true });
  expect(library.usage()).toMatchObject({ lessons: 2, ready: 1 });
});

test("a manifest that is not what its name says is moved aside with its lesson", async () => {
  const { disk, lesson, reopen } = await boxWith();
  const path = `${CACHE}/manifests/${lesson.sha256}.json`;
  disk.files.set(path, disk.files.get(path)?.slice(0, -1) ?? new Uint8Array());
  expect((await reopen()).list()).toEqual([]);
  expect(disk.files.has(path)).toBe(false);
  expect(inCache(disk).filter((each) => each.includes("/quarantine/"))).toHaveLength(1);
});

test("a library that only looks moves nothing", async () => {
  const { disk, lesson } = await boxWith();
  zero(disk, blobOf(lesson.manifest, SEGMENT));
  const before = inCache(disk);
  const library = await openLibrary({ disk, sha256: nodeSha256, cacheDir: CACHE, readOnly: true });
  expect(await library.open("rice", 1)).toMatchObject({ ok: false, code: "damaged" });
  expect(inCache(disk)).toEqual(before);
});

test("a lesson of a newer player is shown by name, kept, and not played", async () => {
  const { disk } = await boxWith();
  const lesson = putPackage(disk, {
    ...{ id: "wheat", number: "1002" },
    edit: (manifest) => Object.assign(manifest, { schema: "one-room.lesson/2", more: [1] }),
  });
  const bytes = disk.files.get(`${lesson.folder}/manifest.json`) ?? new Uint8Array();
  disk.files.set(`${CACHE}/manifests/${lesson.sha256}.json`, bytes);
  const library = await openLibrary({ disk, sha256: nodeSha256, cacheDir: CACHE });
  expect(library.find("wheat")).toMatchObject({ state: "needs-upgrade" });
  expect(library.find("wheat")?.manifest.title).toBe("稻瘟病");
  expect(await library.open("wheat", 1)).toMatchObject({ ok: false, code: "needs-upgrade" });
  expect(library.locate("wheat", 1, "poster.webp")).toBeNull();
  expect(disk.files.has(`${CACHE}/manifests/${lesson.sha256}.json`)).toBe(true);
});

test("usage counts a shared file once", async () => {
  const { disk, lesson, library } = await boxWith();
  const once = library.usage().bytes;
  await put(disk, { version: 2 });
  await library.refresh();
  const { length } = disk.files.get(blobOf(lesson.manifest, SEGMENT)) ?? [];
  expect(library.usage().bytes).toBe(once + (length ?? 0));
});
