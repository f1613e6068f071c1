/** A film and its texts as a lesson package: docs/formats/lesson.md. Needs ffmpeg on the path. */
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { pinyin } from "pinyin-pro";
import { MANIFEST_NAME, readManifest, sumOf } from "../../../media-cache/manifest.ts";
import { readPlaylist } from "../../../media-cache/playlist.ts";
import type { LessonManifest } from "../../../protocol/generated/types.ts";
import { isMaterial } from "../../../protocol/generated/validators.js";
import { parseWebVtt } from "../../../protocol/webvtt.ts";
import { decodeText } from "../roster/read-table.ts";
import { FfmpegError } from "./ffmpeg.ts";
import { encode, type FilmFacts, makePoster, measure, probeFilm } from "./film.ts";
import { type LessonFacts, readFacts } from "./lesson-facts.ts";
import { describeFile, listPackage } from "./package-folder.ts";

export interface PackOptions {
  readonly videoFile: string;
  readonly materialFile: string;
  readonly captionsFile?: string | undefined;
  /** An image; a frame of the film when absent. */
  readonly posterFile?: string | undefined;
  /** `lesson.json`: id, version, title, category, number, themes. */
  readonly lessonFile: string;
  /** Must not exist or be empty: the package appears in it whole. */
  readonly outDir: string;
  readonly onProgress?: ((progress: PackProgress) => void) | undefined;
}

export interface PackProgress {
  readonly phase: "listen" | "film" | "files";
  /** 0 to 1, over all phases. */
  readonly done: number;
}

export type PackResult =
  | { readonly ok: true; readonly manifest: LessonManifest }
  | {
      readonly ok: false;
      readonly code: "wrong-input" | "out-taken" | "no-ffmpeg" | "film-failed" | "too-large";
      /** Plain Chinese: what is wrong and what to do. */
      readonly text: string;
    };

type PackRefusal = Extract<PackResult, { ok: false }>;

const MIN_PLAYER = "0.1.0";
const ENTRY = {
  hls: "video/index.m3u8",
  material: "material.json",
  poster: "poster.webp",
} as const;
const CAPTIONS = "captions.vtt";
/**
 * 2,000 files are a package's most: this many minutes are 1,950 segments, and room for the rest.
 */
const FILM_MAX_MS = 195 * 60_000;
/** Listening is some ten times as fast as encoding. */
const LISTEN_SHARE = 0.1;
const FILM_SHARE = 0.88;

/** @throws NodeJS.ErrnoException when a file cannot be read or written. */
export async function packLesson(options: PackOptions): Promise<PackResult> {
  const outDir = resolve(options.outDir);
  if (!(await isFree(outDir))) {
    return refuse("out-taken", `这个文件夹里已有东西,请换一个空的:${options.outDir}`);
  }
  const input = await readInput(options);
  if (!input.ok) return input;
  await mkdir(dirname(outDir), { recursive: true });
  // Beside the target, so that the last step is one rename.
  const workDir = await mkdtemp(join(dirname(outDir), `.${basename(outDir)}-`));
  try {
    const result = await build(options, input, workDir);
    if (result.ok) await publish(workDir, outDir);
    return result;
  } catch (error) {
    if (!(error instanceof FfmpegError)) throw error;
    return ffmpegRefusal(error);
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
}

function refuse(code: PackRefusal["code"], text: string): PackRefusal {
  return { ok: false, code, text };
}

function ffmpegRefusal(error: FfmpegError): PackRefusal {
  return error.code === "not-installed"
    ? refuse("no-ffmpeg", "没有找到 ffmpeg,请先安装它。")
    : refuse("film-failed", `ffmpeg 处理不了这个视频:${error.message.trim().split("\n").at(-1)}`);
}

async function isFree(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length === 0;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT";
  }
}

async function publish(workDir: string, outDir: string): Promise<void> {
  await rm(outDir, { recursive: true, force: true });
  await rename(workDir, outDir);
}

interface Input {
  readonly ok: true;
  readonly facts: LessonFacts;
  readonly film: FilmFacts;
}

/** Judges everything that is quick to judge before the long work begins. */
async function readInput(options: PackOptions): Promise<Input | PackRefusal> {
  const facts = await readFacts(options.lessonFile);
  if (!facts.ok) return refuse("wrong-input", `${facts.text}。`);
  const text = (await materialProblem(options)) ?? (await captionsProblem(options));
  if (text !== null) return refuse("wrong-input", text);
  const { size } = await stat(options.videoFile);
  if (size === 0) return refuse("wrong-input", `视频文件是空的,0 字节:${options.videoFile}`);
  try {
    const film = await probeFilm(options.videoFile);
    const wrong = filmProblem(film, options.videoFile);
    return wrong === null ? { ok: true, facts: facts.facts, film } : refuse("wrong-input", wrong);
  } catch (error) {
    if (error instanceof FfmpegError) return ffmpegRefusal(error);
    throw error;
  }
}

/** Told before hours of work, not after them. */
function filmProblem({ hasPicture, durationMs }: FilmFacts, file: string): string | null {
  if (!hasPicture || durationMs <= 0) return `这个文件里没有画面:${file}`;
  if (durationMs <= FILM_MAX_MS) return null;
  const minutes = Math.round(durationMs / 60_000);
  return `视频太长:${minutes} 分钟,最多 ${FILM_MAX_MS / 60_000} 分钟。请分成几个课件。`;
}

async function materialProblem({ materialFile }: PackOptions): Promise<string | null> {
  try {
    const text = decodeText(await readFile(materialFile));
    if (text === null) return "material.json 看不懂编码,请另存为 UTF-8。";
    if (isMaterial(JSON.parse(text))) return null;
    const [first] = isMaterial.errors ?? [];
    return `material.json 的 ${first?.instancePath || "/"} 不合格式:${first?.message ?? "?"}`;
  } catch (error) {
    if (error instanceof SyntaxError) return `material.json 不是 JSON:${error.message}`;
    throw error;
  }
}

async function captionsProblem({ captionsFile }: PackOptions): Promise<string | null> {
  if (captionsFile === undefined) return null;
  const text = decodeText(await readFile(captionsFile));
  if (text === null) return "字幕看不懂编码,请另存为 UTF-8。";
  const [first] = parseWebVtt(text).problems;
  return first === undefined ? null : `字幕第 ${first.line} 行:${first.text}。`;
}

async function build(options: PackOptions, input: Input, workDir: string): Promise<PackResult> {
  await makeFilm(options, input.film, workDir);
  options.onProgress?.({ phase: "files", done: LISTEN_SHARE + FILM_SHARE });
  const { videoFile, posterFile, captionsFile, materialFile } = options;
  const frame = { file: videoFile, atMs: Math.round(input.film.durationMs / 10) };
  const poster = posterFile === undefined ? frame : { file: posterFile, atMs: 0 };
  await makePoster(poster, join(workDir, ENTRY.poster));
  await copyText(materialFile, join(workDir, ENTRY.material));
  if (captionsFile !== undefined) await copyText(captionsFile, join(workDir, CAPTIONS));
  const manifest = await describe(options, input, workDir);
  const bytes = new TextEncoder().encode(`${JSON.stringify(manifest, null, 1)}\n`);
  const reading = readManifest(bytes);
  if (reading.kind === "wrong") return refuse("too-large", tooLarge(reading.problems));
  await writeFile(join(workDir, MANIFEST_NAME), bytes);
  options.onProgress?.({ phase: "files", done: 1 });
  return { ok: true, manifest };
}

/** As UTF-8, whatever the office's program wrote: a box reads nothing else. */
async function copyText(from: string, to: string): Promise<void> {
  const text = decodeText(await readFile(from)) ?? "";
  await writeFile(to, text.replace(/^\uFEFF/, ""));
}

/** The inputs were judged before; what is left is a film that is too long or too large. */
function tooLarge(problems: readonly { readonly path: string; readonly text: string }[]): string {
  const [first] = problems;
  return `打出的课件超出限度(${first?.path ?? ""}:${first?.text ?? ""}),视频可能太长。`;
}

async function makeFilm(options: PackOptions, film: FilmFacts, workDir: string): Promise<void> {
  const { videoFile: file, onProgress } = options;
  const share = (seconds: number) => Math.min(1, (seconds * 1000) / film.durationMs);
  const listening = (seconds: number) =>
    onProgress?.({ phase: "listen", done: LISTEN_SHARE * share(seconds) });
  const encoding = (seconds: number) =>
    onProgress?.({ phase: "film", done: LISTEN_SHARE + FILM_SHARE * share(seconds) });
  const loudness = film.hasSound ? await measure({ file, onTime: listening }) : null;
  const outDir = join(workDir, "video");
  await mkdir(outDir);
  await encode({ file, facts: film, loudness, outDir, onTime: encoding });
}

async function describe(
  { captionsFile }: PackOptions,
  { facts }: Input,
  workDir: string,
): Promise<LessonManifest> {
  // The film as it is now, which may be some frames off the one that was given.
  const playlist = readPlaylist(await readFile(join(workDir, ENTRY.hls), "utf8"));
  const seconds = playlist.segments.reduce((sum, segment) => sum + segment.seconds, 0);
  const paths = await listPackage(workDir);
  const files = await Promise.all(paths.map((path) => describeFile(workDir, path)));
  return {
    schema: "one-room.lesson/1",
    ...facts,
    themes: [...(facts.themes ?? [])],
    durationMs: Math.round(seconds * 1000),
    minPlayer: MIN_PLAYER,
    initials: titleInitials(facts.title),
    entry: captionsFile === undefined ? ENTRY : { ...ENTRY, captions: CAPTIONS },
    files: files as LessonManifest["files"],
    bytes: { browse: sumOf(files, "browse"), play: sumOf(files, "play") },
  };
}

/** For the initials pad: 稻瘟病 → dwb. */
function titleInitials(title: string): string {
  const letters = pinyin(title, { pattern: "first", toneType: "none", type: "array" });
  return letters
    .join("")
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");
}
