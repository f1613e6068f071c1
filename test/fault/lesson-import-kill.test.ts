/** Goal: an import that is killed leaves no lesson or a whole one, and is finished by the next. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openLibrary } from "../../media-cache/open-library.ts";
import { FakeBlobDisk } from "../../platform/fake/fake-blob-disk.ts";
import { NodeBlobDisk } from "../../platform/node/node-blob-disk.ts";
import { nodeSha256 } from "../../platform/node/node-sha256.ts";
import { buildProgram } from "../support/build-program.ts";
import { startNode } from "../support/process.ts";
import { putPackage } from "../unit/media-cache/lesson-package.ts";

const folder = mkdtempSync(join(tmpdir(), "one-room-import-"));
const packageDir = join(folder, "lesson");
const disk = new NodeBlobDisk();
/** Large enough that a kill falls into the writing, too. */
const SEGMENT = "稻".repeat(700_000);

beforeAll(async () => {
  const fake = new FakeBlobDisk();
  const files = { "video/seg-000.m4s": `0${SEGMENT}`, "video/seg-001.m4s": `1${SEGMENT}` };
  const lesson = putPackage(fake, { files });
  for (const [path, bytes] of fake.files) {
    await disk.write(join(packageDir, path.slice(lesson.folder.length)), bytes);
  }
  await buildProgram("test/fault/lesson/importer.ts", join(folder, "program"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function start(cacheDir: string) {
  return startNode([join(folder, "program", "importer.mjs"), packageDir, cacheDir]);
}

/** Kills the import as soon as it has told of `count` files. */
async function killAfter(cacheDir: string, count: number): Promise<void> {
  const program = start(cacheDir);
  let told = 0;
  if (program.child.stdout === null) throw new Error("the importer's output is not piped");
  createInterface({ input: program.child.stdout }).on("line", () => {
    told += 1;
    if (told === count) program.kill("SIGKILL");
  });
  await program.ended;
}

test("after a kill at any file the lesson is absent or whole, and the next import ends it", async () => {
  for (let count = 1; count <= 6; count += 1) {
    const cacheDir = join(folder, `cache-${count}`);
    await killAfter(cacheDir, count);
    const library = await openLibrary({ disk, sha256: nodeSha256, cacheDir });
    const seen = library.find("rice");
    if (seen !== undefined) expect(await library.open("rice", 1)).toMatchObject({ ok: true });
    const again = start(cacheDir);
    expect(await again.ended, again.log()).toBe(0);
    expect(await library.open("rice", 1)).toMatchObject({ ok: true });
    expect((await disk.list(cacheDir)).filter((path) => path.includes(".part"))).toEqual([]);
    expect(await disk.list(join(cacheDir, "quarantine"))).toEqual([]);
  }
});
