/**
 * A lesson's manifest: what the schema says, and what a schema cannot say. Pure.
 *
 * - M1. A manifest that passes names no file twice (ignoring case), nothing outside its folder, and
 *   sums that fit its files.
 * - M2. A newer schema is told apart from a wrong one: it needs a newer player, and is no error.
 */
import type { LessonManifest } from "../protocol/generated/types.ts";
import { isLessonManifest } from "../protocol/generated/validators.js";

export type LessonFile = LessonManifest["files"][number];

/** `path` is where in the manifest, as `files/3/bytes`; empty for the whole. */
export interface ManifestProblem {
  readonly path: string;
  readonly text: string;
}

export type ManifestReading =
  | { readonly kind: "good"; readonly manifest: LessonManifest }
  | { readonly kind: "newer"; readonly manifest: LessonManifest | null; readonly text: string }
  | { readonly kind: "wrong"; readonly problems: readonly ManifestProblem[] };

export const MANIFEST_NAME = "manifest.json";
export const MANIFEST_MAX_BYTES = 512 * 1024;
const SCHEMA_PREFIX = "one-room.lesson/";
const NEWEST_SCHEMA = 1;

export const NEEDS_UPGRADE = "需要先升级：这个课件是给更新的播放盒做的。";

export function readManifest(bytes: Uint8Array, playerVersion?: string): ManifestReading {
  if (bytes.length > MANIFEST_MAX_BYTES) return wrong("", "manifest.json 太大，超过 512 KB");
  const value = parse(bytes);
  if (value === undefined) return wrong("", "manifest.json 不是 UTF-8 的 JSON");
  if (isNewerSchema(value)) return { kind: "newer", manifest: headOf(value), text: NEEDS_UPGRADE };
  if (!isLessonManifest(value)) return { kind: "wrong", problems: schemaProblems() };
  const manifest: LessonManifest = value;
  const problems = [
    ...fileProblems(manifest),
    ...sumProblems(manifest),
    ...entryProblems(manifest),
  ];
  if (problems.length > 0) return { kind: "wrong", problems };
  if (playerVersion !== undefined && isOlder(playerVersion, manifest.minPlayer)) {
    return { kind: "newer", manifest, text: NEEDS_UPGRADE };
  }
  return { kind: "good", manifest };
}

function wrong(path: string, text: string): ManifestReading {
  return { kind: "wrong", problems: [{ path, text }] };
}

/** Undefined when it is no JSON. */
export function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

function isNewerSchema(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || !("schema" in value)) return false;
  const { schema } = value;
  if (typeof schema !== "string" || !schema.startsWith(SCHEMA_PREFIX)) return false;
  return Number(schema.slice(SCHEMA_PREFIX.length)) > NEWEST_SCHEMA;
}

/** Enough of a newer manifest to show its name in the list; null when not even that is there. */
function headOf(value: Record<string, unknown>): LessonManifest | null {
  const { id, version, title = id, category = "-", number = "0000", durationMs = 1 } = value;
  // The one file stands for all: nothing of a lesson that needs a newer player is ever served.
  const file = { path: "unread", tier: "play", bytes: 1, sha256: "0".repeat(64) };
  const head: unknown = {
    ...{ schema: `${SCHEMA_PREFIX}${NEWEST_SCHEMA}`, id, version, title, category, number },
    ...{ durationMs, minPlayer: "0.0.0", entry: { hls: "unread", material: "unread" } },
    ...{ files: [{ ...file, type: "video/mp4" }], bytes: { browse: 0, play: 1 } },
  };
  return isLessonManifest(head) ? head : null;
}

/** The validator leaves its errors on itself; the first ones tell most. */
function schemaProblems(): ManifestProblem[] {
  const errors = isLessonManifest.errors ?? [];
  return errors.map((error) => ({
    path: (error.instancePath ?? "").slice(1),
    text: `不合格式：${error.message ?? "?"}${extraName(error.params)}`,
  }));
}

function extraName(params: unknown): string {
  if (typeof params !== "object" || params === null) return "";
  const { additionalProperty } = params as { additionalProperty?: unknown };
  return typeof additionalProperty === "string" ? `(${additionalProperty})` : "";
}

function fileProblems({ files }: LessonManifest): ManifestProblem[] {
  const problems: ManifestProblem[] = [];
  const paths = new Set<string>();
  const sizes = new Map<string, number>();
  for (const [index, { path, sha256, bytes }] of files.entries()) {
    const at = `files/${index}`;
    const key = path.toLowerCase();
    if (paths.has(key)) problems.push({ path: `${at}/path`, text: `同一个路径写了两次：${path}` });
    if (key === MANIFEST_NAME) {
      problems.push({ path: `${at}/path`, text: "manifest.json 不能列在自己里面" });
    }
    if ((sizes.get(sha256) ?? bytes) !== bytes) {
      problems.push({ path: `${at}/bytes`, text: `同一个哈希写了两种大小：${path}` });
    }
    paths.add(key);
    sizes.set(sha256, bytes);
  }
  return problems;
}

export function sumOf(files: readonly LessonFile[], tier: LessonFile["tier"]): number {
  return files.reduce((sum, file) => sum + (file.tier === tier ? file.bytes : 0), 0);
}

function sumProblems({ files, bytes }: LessonManifest): ManifestProblem[] {
  const tiers = ["browse", "play"] as const;
  return tiers.flatMap((tier) => {
    const sum = sumOf(files, tier);
    const text = `写的是 ${bytes[tier]}，各文件加起来是 ${sum}`;
    return sum === bytes[tier] ? [] : [{ path: `bytes/${tier}`, text }];
  });
}

const ENTRY_TYPES = {
  hls: /^application\/vnd\.apple\.mpegurl$/,
  material: /^application\/json$/,
  poster: /^image\//,
  captions: /^text\/vtt$/,
} as const;

function entryProblems({ entry, files }: LessonManifest): ManifestProblem[] {
  const problems: ManifestProblem[] = [];
  for (const name of Object.keys(ENTRY_TYPES) as (keyof typeof ENTRY_TYPES)[]) {
    const path = entry[name];
    if (path === undefined) continue;
    const file = files.find((candidate) => candidate.path === path);
    const text = file === undefined ? `文件表里没有 ${path}` : `${path} 的类型不对：${file.type}`;
    const isGood = file !== undefined && ENTRY_TYPES[name].test(file.type);
    if (!isGood) problems.push({ path: `entry/${name}`, text });
  }
  return problems;
}

/** `a` before `b`, both as `1.2.3`. */
export function isOlder(a: string, b: string): boolean {
  const left = a.split(".").map(Number);
  const right = b.split(".").map(Number);
  const at = [0, 1, 2].find((index) => (left[index] ?? 0) !== (right[index] ?? 0));
  return at !== undefined && (left[at] ?? 0) < (right[at] ?? 0);
}
