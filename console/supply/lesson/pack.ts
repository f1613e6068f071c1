/**
 * A film and its texts as a lesson package: docs/formats/lesson.md. Needs ffmpeg on the path.
 * Killed at any moment and started again, it goes on from the last stage that was finished.
 */
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { pinyin } from "pinyin-pro";
import { MANIFEST_NAME, readManifest, sumOf } from "../../../media-cache/manifest.ts";
import { readPlaylist } from "../../../media-cache/playlist.ts";
import type { LessonManifest } from "../../../protocol/generated/types.ts";
import { isMaterial } from "../../../protocol/generated/validators.js";
import { parseWebVtt } from "../../../protocol/webvtt.ts";
import { decodeText } from "../roster/read-table.ts";
import { WriterBusy, withWriterLock } from "../writer-lock.ts";
import { FfmpegError } from "./ffmpeg.ts";
import { FILM_RECIPE, type FilmFacts, makePoster, probeFilm } from "./film.ts";
import { type LessonFacts, readFacts } from "./lesson-facts.ts";
import { makeFilm, PART_SECONDS } from "./make-film.ts";
import { PackWork, stampOf, workFolderOf } from "./pack-work.ts";
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
  /** An earlier run of the same work was broken off, and this one goes on with it. */
  readonly onResume?: (() => void) | undefined;
  /** Shorter parts than a film of an hour wants; whole segments. */
  readonly partSeconds?: number | undefined;
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
      readonly code:
        | "wrong-input"
        | "out-taken"
        | "busy"
        | "no-ffmpeg"
        | "film-failed"
        | "too-large";
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
/** What is left when the film is made. */
const FILM_SHARE = 0.97;

/** @throws NodeJS.ErrnoException when a file cannot be read or written. */
export async function packLesson(options: PackOptions): Promise<PackResult> {
  const outDir = resolve(options.outDir);
  if (!(await isFree(outDir))) {
    return refuse("out-taken", `这个文件夹里已有东西，请换一个空的：${options.outDir}`);
  }
  const input = await readInput(options);
  if (!input.ok) return input;
  const workDir = workFolderOf(outDir);
  try {
    return await withWriterLock(`${workDir}.lock`, () => packInto(options, input, workDir));
  } catch (error) {
    if (error instanceof FfmpegError) return ffmpegRefusal(error);
    if (!(error instanceof WriterBusy)) throw error;
    const told = `另一个程序正在打同一个包，请等它打完。确定没有的话，删掉 ${error.message}。`;
    return refuse("busy", told);
  }
}

/** Whatever goes wrong, what is finished stays for the next try; only success cleans up. */
async function packInto(options: PackOptions, input: Input, workDir: string): Promise<PackResult> {
  const { videoFile, partSeconds = PART_SECONDS } = options;
  const stamp = await stampOf(videoFile, `${FILM_RECIPE} ${partSeconds}`);
  const work = await PackWork.open(workDir, stamp);
  if (work.isResumed) options.onResume?.();
  const packageDir = await work.packageFolder();
  const result = await build(options, input, { work, packageDir, partSeconds });
  if (result.ok) await publish(packageDir, resolve(options.outDir));
  // A package over the limits will not be smaller the next time.
  await work.remove();
  return result;
}

function refuse(code: PackRefusal["code"], text: string): PackRefusal {
  return { ok: false, code, text };
}

function ffmpegRefusal(error: FfmpegError): PackRefusal {
  return error.code === "not-installed"
    ? refuse("no-ffmpeg", "没有找到 ffmpeg，请先安装它。")
    : refuse("film-failed", `ffmpeg 处理不了这个视频：${error.message.trim().split("\n").at(-1)}`);
}

async function isFree(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length === 0;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT";
  }
}

async function publish(packageDir: string, outDir: string): Promise<void> {
  await mkdir(dirname(outDir), { recursive: true });
  await rm(outDir, { recursive: true, force: true });
  await rename(packageDir, outDir);
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
  if (size === 0) return refuse("wrong-input", `视频文件是空的，0 字节：${options.videoFile}`);
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
  if (!hasPicture || durationMs <= 0) return `这个文件里没有画面：${file}`;
  if (durationMs <= FILM_MAX_MS) return null;
  const minutes = Math.round(durationMs / 60_000);
  return `视频太长：${minutes} 分钟，最多 ${FILM_MAX_MS / 60_000} 分钟。请分成几个课件。`;
}

async function materialProblem({ materialFile }: PackOptions): Promise<string | null> {
  try {
    const text = decodeText(await readFile(materialFile));
    if (text === null) return "material.json 看不懂编码，请另存为 UTF-8。";
    if (isMaterial(JSON.parse(text))) return null;
    const [first] = isMaterial.errors ?? [];
    return `material.json 的 ${first?.instancePath || "/"} 不合格式：${first?.message ?? "?"}`;
  } catch (error) {
    if (error instanceof SyntaxError) return `material.json 不是 JSON:${error.message}`;
    throw error;
  }
}

async function captionsProblem({ captionsFile }: PackOptions): Promise<string | null> {
  if (captionsFile === undefined) return null;
  const text = decodeText(await readFile(captionsFile));
  if (text === null) return "字幕看不懂编码，请另存为 UTF-8。";
  const [first] = parseWebVtt(text).problems;
  return first === undefined ? null : `字幕第 ${first.line} 行：${first.text}。`;
}

interface Places {
  readonly work: PackWork;
  readonly packageDir: string;
  readonly partSeconds: number;
}

async function build(options: PackOptions, input: Input, places: Places): Promise<PackResult> {
  const { work, packageDir: workDir, partSeconds } = places;
  const onProgress = (phase: "listen" | "film", done: number) =>
    options.onProgress?.({ phase, done: FILM_SHARE * done });
  const order = { file: options.videoFile, film: input.film, work, partSeconds, onProgress };
  await makeFilm(order, join(workDir, "video"));
  options.onProgress?.({ phase: "files", done: FILM_SHARE });
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
  return `打出的课件超出限度（${first?.path ?? ""}：${first?.text ?? ""}），视频可能太长。`;
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
