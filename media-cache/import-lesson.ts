/**
 * A lesson package from a folder into the cache of a box, whether the box runs or not.
 *
 * - I1. Nothing is written before the whole manifest is judged; the manifest is written last, so
 *   that a lesson appears whole or not at all.
 * - I2. Every byte is hashed on its way in, and what is there already is hashed where it lies.
 * - I3. A refusal names the path it is about.
 */
import type { BlobDigest, BlobDisk } from "../platform/ports/blob-disk.ts";
import type { Sha256 } from "../platform/ports/sha256.ts";
import { StorageError } from "../platform/ports/storage-error.ts";
import type { LessonManifest } from "../protocol/generated/types.ts";
import { isMaterial } from "../protocol/generated/validators.js";
import { blobPath, manifestPath, quarantinePath } from "./blob-store.ts";
import type { LessonEntry } from "./library.ts";
import { type LessonFile, MANIFEST_NAME, parse, readManifest } from "./manifest.ts";
import { openLibrary } from "./open-library.ts";
import { filesOfPlaylist, readPlaylist } from "./playlist.ts";

export interface ImportLessonOptions {
  readonly disk: BlobDisk;
  readonly sha256: Sha256;
  readonly cacheDir: string;
  readonly packageDir: string;
  readonly playerVersion?: string | undefined;
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
}

export interface ImportProgress {
  readonly doneBytes: number;
  readonly totalBytes: number;
}

export type ImportRefusal =
  | "no-manifest"
  | "wrong-manifest"
  | "needs-upgrade"
  | "wrong-file"
  | "version-taken"
  | "number-taken"
  | "no-space"
  | "io";

export interface ImportProblem {
  /** In the manifest (`files/3/path`) or in the package (`video/seg-003.m4s`). */
  readonly path: string;
  readonly text: string;
}

export type ImportResult =
  | { readonly ok: true; readonly entry: LessonEntry; readonly isNew: boolean }
  | {
      readonly ok: false;
      readonly code: ImportRefusal;
      /** Plain Chinese, one sentence. */
      readonly text: string;
      readonly problems: readonly ImportProblem[];
    };

type Refusal = Extract<ImportResult, { ok: false }>;

const STORAGE_TEXT = {
  "no-space": "磁盘满了，放不下这个课件。请先腾出空间，再导入一次。",
  io: "读写磁盘时出错，没有导入。请检查硬盘或 U 盘，再导入一次。",
} as const;

/** Expected outcomes are results; a fault of the disk is one too: the caller can only tell it. */
export async function importLesson(options: ImportLessonOptions): Promise<ImportResult> {
  try {
    return await importOrThrow(options);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    const code = error.code === "no-space" ? "no-space" : "io";
    const problems = [{ path: error.subject, text: error.message }];
    return { ok: false, code, text: STORAGE_TEXT[code], problems };
  }
}

async function importOrThrow(options: ImportLessonOptions): Promise<ImportResult> {
  const { disk, cacheDir, packageDir, playerVersion } = options;
  const bytes = await disk.read(`${packageDir}/${MANIFEST_NAME}`);
  if (bytes === null) {
    return refusal("no-manifest", "这个文件夹里没有 manifest.json，不是课件。", []);
  }
  const reading = readManifest(bytes, playerVersion);
  if (reading.kind === "newer") return refusal("needs-upgrade", reading.text, []);
  if (reading.kind === "wrong") {
    return refusal("wrong-manifest", "课件的 manifest.json 不对，没有导入。", reading.problems);
  }
  const { manifest } = reading;
  const sha256 = options.sha256.digest(bytes);
  const refused =
    (await refuseTaken(options, manifest, sha256)) ??
    (await refuseFiles(options, manifest)) ??
    (await copyFiles(options, manifest));
  if (refused !== null) return refused;
  const target = manifestPath(cacheDir, sha256);
  const isNew = (await disk.stat(target)) === null;
  // Also when it is there: a running library sees the change, and looks at what was mended.
  await disk.write(target, bytes);
  return { ok: true, isNew, entry: { manifest, sha256, state: "ready", isSupplied: false } };
}

function refusal(code: ImportRefusal, text: string, problems: readonly ImportProblem[]): Refusal {
  return { ok: false, code, text, problems };
}

async function refuseTaken(
  { disk, sha256: hasher, cacheDir }: ImportLessonOptions,
  { id, version, number }: LessonManifest,
  sha256: string,
): Promise<Refusal | null> {
  const library = await openLibrary({ disk, sha256: hasher, cacheDir, readOnly: true });
  const same = library.find(id, version);
  if (same !== undefined && same.sha256 !== sha256) {
    const text = `这台盒子里已有 ${id} 的第 ${version} 版，内容不同。请改版本号再打包。`;
    return refusal("version-taken", text, [{ path: "version", text: `${version}` }]);
  }
  const namesake = library.list().find(({ manifest: m }) => m.number === number && m.id !== id);
  if (namesake === undefined) return null;
  const text = `片号 ${number} 已是《${namesake.manifest.title}》的，没有导入。`;
  return refusal("number-taken", text, [{ path: "number", text: number }]);
}

/** Before anything is copied: is every file there, and do the texts say what they should? */
async function refuseFiles(
  { disk, packageDir }: ImportLessonOptions,
  manifest: LessonManifest,
): Promise<Refusal | null> {
  const problems: ImportProblem[] = [];
  for (const { path, bytes } of manifest.files) {
    const stat = await disk.stat(`${packageDir}/${path}`);
    if (stat === null) problems.push({ path, text: "文件不在" });
    else if (stat.bytes !== bytes) {
      problems.push({ path, text: `大小不对：应是 ${bytes} 字节，实际 ${stat.bytes}` });
    }
  }
  if (problems.length === 0) problems.push(...(await textProblems(disk, packageDir, manifest)));
  if (problems.length === 0) return null;
  return refusal("wrong-file", `课件有 ${problems.length} 处不对，没有导入。`, problems);
}

async function textProblems(
  disk: BlobDisk,
  packageDir: string,
  { entry, files }: LessonManifest,
): Promise<ImportProblem[]> {
  const read = async (path: string) =>
    (await disk.read(`${packageDir}/${path}`)) ?? new Uint8Array(0);
  const problems: ImportProblem[] = [];
  if (!isMaterial(parse(await read(entry.material)))) {
    const [first] = isMaterial.errors ?? [];
    const text = `不合格式：${first?.instancePath ?? ""} ${first?.message ?? "不是 JSON"}`;
    problems.push({ path: entry.material, text });
  }
  const playlist = readPlaylist(new TextDecoder().decode(await read(entry.hls)));
  problems.push(...playlist.problems.map((text) => ({ path: entry.hls, text })));
  const listed = new Set(files.map(({ path }) => path));
  for (const path of filesOfPlaylist(entry.hls, playlist)) {
    if (!listed.has(path)) problems.push({ path, text: "播放列表里有，文件表里没有" });
  }
  return problems;
}

async function copyFiles(
  options: ImportLessonOptions,
  { files }: LessonManifest,
): Promise<Refusal | null> {
  const totalBytes = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const altered: string[] = [];
  let doneBytes = 0;
  for (const file of files) {
    if (!(await copyOne(options, file))) altered.push(file.path);
    doneBytes += file.bytes;
    options.onProgress?.({ doneBytes, totalBytes });
  }
  return altered.length === 0 ? null : unlike(altered);
}

function unlike(paths: readonly string[]): Refusal {
  const problems = paths.map((path) => ({ path, text: "内容和 manifest.json 写的不一样" }));
  return refusal("wrong-file", `课件有 ${problems.length} 处不对，没有导入。`, problems);
}

/** False when the file in the package is not what the manifest says. */
async function copyOne(
  { disk, cacheDir, packageDir }: ImportLessonOptions,
  { path, bytes, sha256 }: LessonFile,
): Promise<boolean> {
  const target = blobPath(cacheDir, sha256);
  const there = await hashOrNone(disk, target);
  if (there?.sha256 === sha256) return true;
  await disk.moveAside(target, quarantinePath(cacheDir));
  const copied = await disk.copy(`${packageDir}/${path}`, target, { bytes, sha256 });
  return copied.sha256 === sha256;
}

/** A blob that cannot be read is replaced like one that reads wrong. */
async function hashOrNone(disk: BlobDisk, path: string): Promise<BlobDigest | null> {
  try {
    return await disk.hash(path);
  } catch (error) {
    if (error instanceof StorageError) return null;
    throw error;
  }
}
