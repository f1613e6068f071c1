/** Goal: a film that a person has becomes a lesson that a box plays, with the real ffmpeg. */
import { mkdtempSync, rmSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import iconv from "iconv-lite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkLesson } from "../../console/supply/lesson/check.ts";
import { ffmpeg } from "../../console/supply/lesson/ffmpeg.ts";
import { filmFindings } from "../../console/supply/lesson/film-findings.ts";
import { packLesson } from "../../console/supply/lesson/pack.ts";
import { importLesson } from "../../media-cache/import-lesson.ts";
import { openLibrary } from "../../media-cache/open-library.ts";
import { readPlaylist } from "../../media-cache/playlist.ts";
import { NodeBlobDisk } from "../../platform/node/node-blob-disk.ts";
import { nodeSha256 } from "../../platform/node/node-sha256.ts";

const folder = mkdtempSync(join(tmpdir(), "one-room-pack-"));
const at = (name: string) => join(folder, name);
const LESSON = { id: "try-one", version: 3, title: "试一试", category: "实用技术", number: "9001" };
const MATERIAL = { schema: "one-room.material/1", points: [{ id: "p1", text: "先看叶，再看穗" }] };

beforeAll(async () => {
  const picture = ["-f", "lavfi", "-i", "testsrc2=s=400x300:r=30:d=14"];
  const sound = ["-f", "lavfi", "-i", "sine=f=440:d=14,volume=0.02"];
  const coding = ["-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac"];
  await ffmpeg([...picture, ...sound, ...coding, at("film.mp4")]);
  await ffmpeg([...picture, "-c:v", "libx264", "-preset", "ultrafast", "-t", "3", at("mute.mp4")]);
  await writeFile(at("material.json"), JSON.stringify(MATERIAL));
  await writeFile(at("lesson.json"), JSON.stringify(LESSON));
  await writeFile(at("captions.vtt"), "WEBVTT\n\n00:01.000 --> 00:04.000\n先看叶再看穗\n");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function pack(changes: Partial<Parameters<typeof packLesson>[0]> = {}) {
  return packLesson({
    ...{ videoFile: at("film.mp4"), materialFile: at("material.json") },
    ...{ captionsFile: at("captions.vtt"), lessonFile: at("lesson.json"), outDir: at("out") },
    ...changes,
  });
}

test("a quiet film of another shape becomes a lesson without a finding, which a box opens", async () => {
  const progress: number[] = [];
  const result = await pack({ onProgress: ({ done }) => progress.push(done) });
  expect(result).toMatchObject({ ok: true, manifest: { ...LESSON, initials: "sys" } });
  expect(progress).toEqual([...progress].sort((a, b) => a - b));
  expect(progress.at(-1)).toBe(1);
  const findings = await checkLesson(at("out"));
  expect(findings.filter(({ level }) => level !== "skipped")).toEqual([]);

  const { segments } = readPlaylist(await readFile(at("out/video/index.m3u8"), "utf8"));
  expect(segments.map(({ seconds }) => seconds)).toEqual([6, 6, 2]);

  const options = { disk: new NodeBlobDisk(), sha256: nodeSha256, cacheDir: at("cache") };
  expect(await importLesson({ ...options, packageDir: at("out") })).toMatchObject({ ok: true });
  const library = await openLibrary(options);
  expect(await library.open("try-one", 3)).toMatchObject({ ok: true, material: MATERIAL });
});

test("a film without sound is packed, and the check says that nothing is heard", async () => {
  const outDir = at("mute");
  expect(await pack({ videoFile: at("mute.mp4"), outDir })).toMatchObject({ ok: true });
  const warnings = (await checkLesson(outDir)).filter(({ level }) => level === "warning");
  expect(warnings.map(({ text }) => text)).toEqual(["片子没有声音"]);
});

test("a film that is too loud, or cut between keyframes, is found", async () => {
  const words = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "1000", "-sc_threshold", "0"];
  const hls = ["-f", "hls", "-hls_time", "4", "-hls_playlist_type", "vod"];
  const split = ["-hls_flags", "split_by_time", "-hls_segment_type", "fmp4"];
  const names = ["-hls_segment_filename", at("bad/seg-%03d.m4s"), at("bad/index.m3u8")];
  await new NodeBlobDisk().write(at("bad/empty"), new Uint8Array(0));
  const loud = ["-af", "volume=30dB", "-c:a", "aac"];
  await ffmpeg(["-i", at("film.mp4"), ...words, ...loud, ...hls, ...split, ...names]);
  const texts = (await filmFindings(at("bad"), "index.m3u8")).map(({ text }) => text).join();
  expect(texts).toContain("不是从关键帧开始");
  expect(texts).toContain("响度");
});

test("captions in GBK are packed as UTF-8, and the check wants nothing else", async () => {
  await writeFile(
    at("gbk.vtt"),
    iconv.encode("WEBVTT\n\n00:01.000 --> 00:02.500\n先看叶\n", "gbk"),
  );
  const outDir = at("from-gbk");
  const videoFile = at("mute.mp4");
  expect(await pack({ videoFile, captionsFile: at("gbk.vtt"), outDir })).toMatchObject({
    ok: true,
  });
  expect(await readFile(join(outDir, "captions.vtt"), "utf8")).toContain("先看叶");
  expect((await checkLesson(outDir)).filter(({ level }) => level === "error")).toEqual([]);
});

test("a film of four hours is refused before the work, one of no bytes in words", async () => {
  const words = ["-f", "lavfi", "-i", "color=s=16x16:r=0.01:d=14400", "-c:v", "libx264"];
  await ffmpeg([...words, "-preset", "ultrafast", at("long.mp4")]);
  await writeFile(at("empty.mp4"), "");
  const long = await pack({ videoFile: at("long.mp4"), outDir: at("none") });
  expect(long).toMatchObject({ ok: false, code: "wrong-input", text: /视频太长：2\d\d 分钟/ });
  const empty = await pack({ videoFile: at("empty.mp4"), outDir: at("none") });
  expect(empty).toMatchObject({ ok: false, code: "wrong-input", text: /0 字节/ });
  rmSync(at("long.mp4"));
});

test.each([
  ["a film that is none", { videoFile: "captions.vtt" }, "wrong-input"],
  ["a material that is none", { materialFile: "lesson.json" }, "wrong-input"],
  ["captions that are none", { captionsFile: "lesson.json" }, "wrong-input"],
  ["facts that are none", { lessonFile: "material.json" }, "wrong-input"],
  ["a folder with something in it", { outDir: "." }, "out-taken"],
])("%s is refused in words, and nothing is left behind", async (_, changes, code) => {
  const before = (await readdir(folder)).sort();
  const paths = Object.entries(changes).map(([name, file]) => [name, at(file)]);
  const result = await pack({ outDir: at("refused"), ...Object.fromEntries(paths) });
  expect(result).toMatchObject({ ok: false, code });
  expect((await readdir(folder)).sort()).toEqual(before);
});
