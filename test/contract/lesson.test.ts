/** Goal: what the check calls whole the box takes, and what the box refuses the check has told. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { checkLesson } from "../../console/supply/lesson/check.ts";
import { importLesson } from "../../media-cache/import-lesson.ts";
import { openLibrary } from "../../media-cache/open-library.ts";
import { FakeBlobDisk } from "../../platform/fake/fake-blob-disk.ts";
import { NodeBlobDisk } from "../../platform/node/node-blob-disk.ts";
import { nodeSha256 } from "../../platform/node/node-sha256.ts";
import { type PackageChanges, putPackage } from "../unit/media-cache/lesson-package.ts";

const folders: string[] = [];
const disk = new NodeBlobDisk();

afterEach(async () => {
  for (const path of folders.splice(0)) await rm(path, { recursive: true, force: true });
});

/** A package and an empty cache on a real disk. */
async function onDisk(changes: PackageChanges = {}) {
  const root = await mkdtemp(join(tmpdir(), "one-room-lesson-"));
  folders.push(root);
  const fake = new FakeBlobDisk();
  const lesson = putPackage(fake, changes);
  const packageDir = join(root, "package");
  for (const [path, bytes] of fake.files) {
    await disk.write(join(packageDir, path.slice(lesson.folder.length)), bytes);
  }
  return { packageDir, cacheDir: join(root, "cache"), sha256: nodeSha256, disk };
}

type Place = Awaited<ReturnType<typeof onDisk>>;

async function errorsOf({ packageDir }: Place): Promise<string[]> {
  const findings = await checkLesson(packageDir, { withoutFilm: true });
  return findings.filter(({ level }) => level === "error").map(({ path }) => path);
}

test("a lesson without errors is imported, opened and located", async () => {
  const place = await onDisk();
  expect(await errorsOf(place)).toEqual([]);
  expect(await importLesson(place)).toMatchObject({ ok: true });
  const library = await openLibrary(place);
  expect(await library.open("rice", 1)).toMatchObject({ ok: true });
  const found = library.locate("rice", 1, "video/seg-000.m4s");
  expect(await readFile(found?.file ?? "", "utf8")).toBe("first part of rice 1");
});

function manyFiles(manifest: { files: unknown[] }): void {
  const [first] = manifest.files;
  const files = Array.from({ length: 10_000 }, (_, n) =>
    Object.assign({}, first, { path: `f${n}` }),
  );
  manifest.files = files;
}

const WRONG: [string, PackageChanges][] = [
  ["a wrong sum", { edit: (m) => Object.assign(m.bytes, { play: 1 }) }],
  ["an unknown field", { edit: (m) => Object.assign(m, { extra: 1 }) }],
  ["a newer schema", { edit: (m) => Object.assign(m, { schema: "one-room.lesson/2" }) }],
  ["a wrong hash", { edit: (m) => Object.assign(m.files[1] ?? {}, { sha256: "0".repeat(64) }) }],
  ["a climbing path", { edit: (m) => Object.assign(m.files[1] ?? {}, { path: "../x" }) }],
  ["a playlist of elsewhere", { files: { "video/index.m3u8": "#EXTM3U\nhttps://a/b.m4s" } }],
  ["ten thousand files", { edit: manyFiles }],
  ["no material", { files: { "material.json": "{}" } }],
];

test.each(WRONG)("%s is told by the check and refused by the box", async (_, changes) => {
  const place = await onDisk(changes);
  expect(await errorsOf(place)).not.toEqual([]);
  expect(await importLesson(place)).toMatchObject({ ok: false });
  expect((await openLibrary(place)).list()).toEqual([]);
});

test("a missing, a short and an altered file are told by name", async () => {
  const place = await onDisk();
  await rm(join(place.packageDir, "poster.webp"));
  await writeFile(join(place.packageDir, "video/init.mp4"), "in");
  await writeFile(join(place.packageDir, "video/seg-001.m4s"), "second pArt of rice");
  expect((await errorsOf(place)).sort()).toEqual([
    "poster.webp",
    "video/init.mp4",
    "video/seg-001.m4s",
  ]);
});

test("a file that the manifest does not know is a warning, and stays behind", async () => {
  const place = await onDisk();
  await writeFile(join(place.packageDir, "thumbs.db"), "x");
  const findings = await checkLesson(place.packageDir, { withoutFilm: true });
  expect(findings).toContainEqual(expect.objectContaining({ level: "warning", path: "thumbs.db" }));
  expect(await importLesson(place)).toMatchObject({ ok: true });
});

test("what was not looked at is said", async () => {
  const { packageDir } = await onDisk();
  const findings = await checkLesson(packageDir, { withoutFilm: true });
  expect(findings.filter(({ level }) => level === "skipped")).toHaveLength(2);
});

test("a folder without a manifest is no lesson", async () => {
  const place = await onDisk();
  await rm(join(place.packageDir, "manifest.json"));
  expect(await checkLesson(place.packageDir)).toMatchObject([{ level: "error" }]);
});
