/** Everything that is wrong with a packed lesson, with its place; nothing is changed. */
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import {
  type LessonFile,
  MANIFEST_NAME,
  type ManifestReading,
  readManifest,
} from "../../../media-cache/manifest.ts";
import { filesOfPlaylist, readPlaylist } from "../../../media-cache/playlist.ts";
import type { LessonManifest } from "../../../protocol/generated/types.ts";
import { isMaterial } from "../../../protocol/generated/validators.js";
import { FfmpegError } from "./ffmpeg.ts";
import { filmFindings } from "./film-findings.ts";
import type { Finding } from "./finding.ts";
import { readGlyphs } from "./font-glyphs.ts";
import { captionTexts, glyphFindings, materialTexts, titleTexts } from "./glyph-findings.ts";
import { hashFile, listPackage } from "./package-folder.ts";
import { captionFindings, materialFindings } from "./text-findings.ts";

export interface CheckOptions {
  /** Loudness and keyframes need ffmpeg, and time. */
  readonly withoutFilm?: boolean | undefined;
  /** Where the fonts of the TV page lie; without them it is not known what it can draw. */
  readonly fontsFolder?: string | undefined;
}

/** @throws NodeJS.ErrnoException when the folder cannot be read. */
export async function checkLesson(folder: string, options: CheckOptions = {}): Promise<Finding[]> {
  const reading = await readManifestOf(folder);
  if (reading === null) return [error("", "这个文件夹里没有 manifest.json，不是课件")];
  if (reading.kind === "newer") return [error(MANIFEST_NAME, reading.text)];
  if (reading.kind === "wrong") {
    return reading.problems.map(({ path, text }) => error(`${MANIFEST_NAME}#/${path}`, text));
  }
  const { manifest } = reading;
  const files = await fileFindings(folder, manifest);
  // The rest reads the files: with some missing it would only say the same again.
  if (files.some(({ level }) => level === "error")) return files;
  return [
    ...files,
    ...(await playlistFindings(folder, manifest)),
    ...(await wordFindings(folder, manifest)),
    ...(options.withoutFilm === true
      ? [skipped(manifest.entry.hls, "没有检查响度和关键帧")]
      : await askedFilm(folder, manifest.entry.hls)),
    ...(await drawnFindings(folder, manifest, options.fontsFolder)),
  ];
}

function error(path: string, text: string): Finding {
  return { level: "error", path, text };
}

function skipped(path: string, text: string): Finding {
  return { level: "skipped", path, text };
}

async function readManifestOf(folder: string): Promise<ManifestReading | null> {
  try {
    return readManifest(await readFile(join(folder, MANIFEST_NAME)));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw cause;
  }
}

async function fileFindings(folder: string, { files }: LessonManifest): Promise<Finding[]> {
  const there = await listPackage(folder);
  const listed = new Set(files.map(({ path }) => path));
  const extra = there.filter((path) => !listed.has(path));
  const findings = extra.map((path) => ({
    level: "warning" as const,
    path,
    text: "manifest.json 里没有这个文件，不会导入",
  }));
  const wrong: Finding[] = [];
  for (const file of files) wrong.push(...(await oneFile(folder, file, there)));
  return [...findings, ...wrong];
}

async function oneFile(
  folder: string,
  { path, bytes, sha256 }: LessonFile,
  there: readonly string[],
): Promise<Finding[]> {
  if (!there.includes(path)) return [error(path, "文件不在")];
  const { size } = await stat(join(folder, path));
  if (size !== bytes) return [error(path, `大小不对：应是 ${bytes} 字节，实际 ${size}`)];
  const fits = (await hashFile(join(folder, path))) === sha256;
  return fits ? [] : [error(path, "内容和 manifest.json 写的不一样")];
}

async function playlistFindings(
  folder: string,
  { entry: { hls }, files, durationMs }: LessonManifest,
): Promise<Finding[]> {
  const playlist = readPlaylist(await readFile(join(folder, hls), "utf8"));
  const listed = new Set(files.map(({ path }) => path));
  const unlisted = filesOfPlaylist(hls, playlist).filter((path) => !listed.has(path));
  const seconds = playlist.segments.reduce((sum, segment) => sum + segment.seconds, 0);
  const off = Math.abs(seconds * 1000 - durationMs) > 1000;
  const text = `写的是 ${durationMs / 1000} 秒，播放列表共 ${seconds.toFixed(1)} 秒`;
  return [
    ...playlist.problems.map((problem) => error(hls, problem)),
    ...unlisted.map((path) => error(path, "播放列表里有，文件表里没有")),
    ...(off ? [error(`${MANIFEST_NAME}#/durationMs`, text)] : []),
  ];
}

async function wordFindings(folder: string, manifest: LessonManifest): Promise<Finding[]> {
  const { entry, durationMs } = manifest;
  const findings = await readMaterial(folder, manifest);
  if (entry.captions === undefined) {
    return [...findings, { level: "warning", path: "", text: "没有字幕" }];
  }
  const captions = utf8(await readFile(join(folder, entry.captions)));
  if (captions === null) return [...findings, error(entry.captions, NOT_UTF8)];
  return [...findings, ...captionFindings(entry.captions, captions, durationMs)];
}

async function readMaterial(folder: string, manifest: LessonManifest): Promise<Finding[]> {
  const { material: name } = manifest.entry;
  const text = utf8(await readFile(join(folder, name)));
  if (text === null) return [error(name, NOT_UTF8)];
  const value = parseJson(text);
  if (value === undefined) return [error(name, "不是 JSON")];
  if (isMaterial(value)) return materialFindings(name, value, manifest);
  return (isMaterial.errors ?? []).map(({ instancePath = "", message = "?" }) =>
    error(`${name}#${instancePath}`, `不合格式：${message}`),
  );
}

const NO_FONTS = "没有电视页面的字库，没有检查缺字：电视上缺的字会显示成方框";

async function drawnFindings(
  folder: string,
  manifest: LessonManifest,
  fontsFolder: string | undefined,
): Promise<Finding[]> {
  const glyphs = fontsFolder === undefined ? null : await readGlyphs(fontsFolder);
  if (glyphs === null) return [skipped("", NO_FONTS)];
  const { material, captions } = manifest.entry;
  // What is no text has been told already.
  const read = async (path: string) => utf8(await readFile(join(folder, path))) ?? "";
  const texts = [
    ...titleTexts(manifest, MANIFEST_NAME),
    ...materialTexts(material, parseJson(await read(material))),
    ...(captions === undefined ? [] : captionTexts(captions, await read(captions))),
  ];
  return glyphFindings(texts, glyphs);
}

const NOT_UTF8 = "不是 UTF-8（可能是 GBK）。用 lesson pack 重新打包，会自动转换";

/** What a box reads; null for anything else, which would be shown as boxes. */
function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function askedFilm(folder: string, hls: string): Promise<Finding[]> {
  try {
    return await filmFindings(folder, hls);
  } catch (cause) {
    if (!(cause instanceof FfmpegError)) throw cause;
    if (cause.code === "not-installed") return [skipped(hls, "没有 ffmpeg，没有检查响度和关键帧")];
    return [error(hls, `ffmpeg 读不了这个片子：${cause.message.trim().split("\n").at(-1)}`)];
  }
}
