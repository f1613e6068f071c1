import { expect, test } from "vitest";
import { importLesson } from "../../../media-cache/import-lesson.ts";
import { openLibrary } from "../../../media-cache/open-library.ts";
import { FakeBlobDisk } from "../../../platform/fake/fake-blob-disk.ts";
import { nodeSha256 } from "../../../platform/node/node-sha256.ts";
import { blobOf, CACHE, inCache, type PackageChanges, putPackage } from "./lesson-package.ts";

async function tryImport(changes: PackageChanges = {}, disk = new FakeBlobDisk()) {
  const lesson = putPackage(disk, changes);
  const options = {
    disk,
    sha256: nodeSha256,
    cacheDir: CACHE,
    packageDir: lesson.folder,
    playerVersion: "0.1.0",
  };
  return { disk, lesson, options, result: await importLesson(options) };
}

test("an imported lesson is in the library, whole", async () => {
  const { disk, lesson, result } = await tryImport();
  expect(result).toMatchObject({ ok: true, isNew: true });
  const library = await openLibrary({ disk, sha256: nodeSha256, cacheDir: CACHE });
  expect(library.find("rice")).toMatchObject({ state: "ready", sha256: lesson.sha256 });
});

test("the same lesson twice is the same lesson once", async () => {
  const { disk, options } = await tryImport();
  const before = inCache(disk);
  expect(await importLesson(options)).toMatchObject({ ok: true, isNew: false });
  expect(inCache(disk)).toEqual(before);
});

type Edit = NonNullable<PackageChanges["edit"]>;
const setFile =
  (index: number, change: object): Edit =>
  (manifest) =>
    Object.assign(manifest.files[index] ?? {}, change);

const WRONG: [string, Edit, string][] = [
  ["a path that climbs out", setFile(1, { path: "../poster.webp" }), "files/1/path"],
  ["a path that climbs inside", setFile(1, { path: "a/../poster.webp" }), "files/1/path"],
  ["an absolute path", setFile(1, { path: "/etc/passwd" }), "files/1/path"],
  ["a backslash", setFile(1, { path: "a\\poster.webp" }), "files/1/path"],
  ["a path of seven folders", setFile(1, { path: "a/b/c/d/e/f/g" }), "files/1/path"],
  ["a path in capitals", setFile(1, { path: "Poster.webp" }), "files/1/path"],
  ["the same path twice", setFile(1, { path: "video/init.mp4" }), "files/3/path"],
  ["the manifest in its own list", setFile(1, { path: "manifest.json" }), "files/1/path"],
  ["a file above 8 MiB", setFile(1, { bytes: 8 * 1024 * 1024 + 1 }), "files/1/bytes"],
  ["a hash that is none", setFile(1, { sha256: "abc" }), "files/1/sha256"],
  ["a wrong sum", (m) => Object.assign(m.bytes, { play: 1 }), "bytes/play"],
  ["an unlisted film", (m) => Object.assign(m.entry, { hls: "video/b.m3u8" }), "entry/hls"],
  ["a film of the wrong type", (m) => Object.assign(m.entry, { hls: "poster.webp" }), "entry/hls"],
  ["an unknown field", (m) => Object.assign(m, { extra: 1 }), ""],
  [
    "more than 2000 files",
    (m) => Object.assign(m, { files: new Array(2001).fill(m.files[0]) }),
    "files",
  ],
];

test.each(WRONG)("%s is refused with its place, and nothing is written", async (_, edit, path) => {
  const { disk, result } = await tryImport({ edit });
  expect(result).toMatchObject({ ok: false, code: "wrong-manifest" });
  expect(result.ok ? [] : result.problems.map((problem) => problem.path)).toContain(path);
  expect(inCache(disk)).toEqual([]);
});

test.each([
  ["schema", (m: object) => Object.assign(m, { schema: "one-room.lesson/2", more: {} })],
  ["player", (m: object) => Object.assign(m, { minPlayer: "0.1.1" })],
])("a lesson for a newer %s is told to wait, and nothing is written", async (_, edit) => {
  const { disk, result } = await tryImport({ edit });
  expect(result).toMatchObject({ ok: false, code: "needs-upgrade" });
  expect(result.ok ? "" : result.text).toContain("需要先升级");
  expect(inCache(disk)).toEqual([]);
});

test("a folder without a manifest is no lesson", async () => {
  const disk = new FakeBlobDisk();
  const result = await importLesson({
    disk,
    sha256: nodeSha256,
    cacheDir: CACHE,
    packageDir: "/stick/none",
  });
  expect(result).toMatchObject({ ok: false, code: "no-manifest" });
});

test.each([
  ["missing", (disk: FakeBlobDisk, path: string) => disk.files.delete(path)],
  ["short", (disk: FakeBlobDisk, path: string) => disk.files.set(path, new Uint8Array(3))],
  [
    "zero-filled",
    (disk: FakeBlobDisk, path: string) =>
      disk.files.set(path, new Uint8Array(disk.files.get(path)?.length ?? 0)),
  ],
])("a %s file keeps the lesson out and is named", async (_, spoil) => {
  const disk = new FakeBlobDisk();
  const { folder } = putPackage(disk);
  spoil(disk, `${folder}/video/seg-001.m4s`);
  const result = await importLesson({
    disk,
    sha256: nodeSha256,
    cacheDir: CACHE,
    packageDir: folder,
  });
  expect(result).toMatchObject({
    ok: false,
    code: "wrong-file",
    problems: [{ path: "video/seg-001.m4s" }],
  });
  expect(inCache(disk).filter((path) => path.includes("/manifests/"))).toEqual([]);
});

test.each([
  ["elsewhere", "https://example.org/seg-000.m4s"],
  ["at the root", "/seg-000.m4s"],
  ["above", "../seg-000.m4s"],
  ["unlisted", "seg-777.m4s"],
])("a playlist that names a file %s is refused", async (_, uri) => {
  const text = `#EXTM3U\n#EXTINF:8,\n${uri}\n#EXT-X-ENDLIST\n`;
  const { result } = await tryImport({ files: { "video/index.m3u8": text } });
  expect(result).toMatchObject({ ok: false, code: "wrong-file" });
});

test("a material that is none is refused", async () => {
  const { result } = await tryImport({ files: { "material.json": '{"schema":"other"}' } });
  expect(result).toMatchObject({ ok: false, problems: [{ path: "material.json" }] });
});

test("another lesson under the same id and version is refused", async () => {
  const { disk } = await tryImport();
  const { result } = await tryImport({ files: { "poster.webp": "other" } }, disk);
  expect(result).toMatchObject({ ok: false, code: "version-taken" });
});

test("another lesson under the same number is refused", async () => {
  const { disk } = await tryImport();
  const { result } = await tryImport({ id: "wheat" }, disk);
  expect(result).toMatchObject({ ok: false, code: "number-taken" });
});

test("files that two versions share are copied once", async () => {
  const { disk, lesson } = await tryImport();
  await tryImport({ version: 2 }, disk);
  expect(disk.hashed.get(`${lesson.folder}/video/init.mp4`)).toBe(1);
  expect(disk.hashed.get("/stick/rice-2/video/init.mp4")).toBeUndefined();
});

test("a damaged blob is mended by importing again, and the damaged one is kept aside", async () => {
  const { disk, lesson, options } = await tryImport();
  const blob = blobOf(lesson.manifest, "video/seg-000.m4s");
  disk.files.set(blob, new Uint8Array(disk.files.get(blob)?.length ?? 0));
  expect(await importLesson(options)).toMatchObject({ ok: true });
  const library = await openLibrary({ disk, sha256: nodeSha256, cacheDir: CACHE });
  expect(await library.open("rice", 1)).toMatchObject({ ok: true });
  expect(inCache(disk).filter((path) => path.includes("/quarantine/"))).toHaveLength(1);
});

test.each([
  ["no-space", "磁盘满了"],
  ["io", "读写磁盘时出错"],
] as const)(
  "at whichever write the disk fails with %s, no half lesson is seen",
  async (code, text) => {
    for (let at = 1; at <= 7; at += 1) {
      const disk = new FakeBlobDisk();
      const { folder } = putPackage(disk);
      disk.failChange(at, code);
      const result = await importLesson({
        disk,
        sha256: nodeSha256,
        cacheDir: CACHE,
        packageDir: folder,
      });
      expect(result).toMatchObject({ ok: false, code, text: expect.stringContaining(text) });
      disk.mend();
      const library = await openLibrary({ disk, sha256: nodeSha256, cacheDir: CACHE });
      expect(library.list()).toEqual([]);
      expect(
        await importLesson({ disk, sha256: nodeSha256, cacheDir: CACHE, packageDir: folder }),
      ).toMatchObject({
        ok: true,
      });
    }
  },
);
