/** A small lesson package for the tests, as files of a fake disk. */
import { createHash } from "node:crypto";
import type { FakeBlobDisk } from "../../../platform/fake/fake-blob-disk.ts";
import type { LessonManifest } from "../../../protocol/generated/types.ts";

export const CACHE = "/box/cache";

const encode = (text: string) => new TextEncoder().encode(text);
const sha256Of = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

const TYPES: Record<string, LessonManifest["files"][number]["type"]> = {
  json: "application/json",
  m3u8: "application/vnd.apple.mpegurl",
  m4s: "video/mp4",
  mp4: "video/mp4",
  webp: "image/webp",
};

export const MATERIAL = { schema: "one-room.material/1", points: [{ id: "p1", text: "先看叶" }] };
const PLAYLIST = [
  "#EXTM3U",
  '#EXT-X-MAP:URI="init.mp4"',
  "#EXTINF:8.0,",
  "seg-000.m4s",
  "#EXTINF:4.0,",
  "seg-001.m4s",
  "#EXT-X-ENDLIST",
];

export interface PackageChanges {
  readonly id?: string;
  readonly version?: number;
  readonly number?: string;
  /** Other contents of files, by path. */
  readonly files?: Record<string, string>;
  /** The last word on the manifest. */
  readonly edit?: (manifest: Record<string, unknown> & LessonManifest) => unknown;
}

/** Writes a package into the fake disk, and answers its folder and manifest. */
export function putPackage(disk: FakeBlobDisk, changes: PackageChanges = {}) {
  const { id = "rice", version = 1, number = "1001" } = changes;
  const folder = `/stick/${id}-${version}`;
  const contents: Record<string, string> = {
    "material.json": JSON.stringify(MATERIAL),
    "poster.webp": `poster of ${id}`,
    "video/index.m3u8": `${PLAYLIST.join("\n")}\n`,
    "video/init.mp4": "init",
    "video/seg-000.m4s": `first part of ${id} ${version}`,
    "video/seg-001.m4s": `second part of ${id}`,
    ...changes.files,
  };
  const files = Object.entries(contents).map(([path, text]) => {
    const bytes = encode(text);
    disk.files.set(`${folder}/${path}`, bytes);
    return {
      path,
      tier: path.startsWith("video/") ? ("play" as const) : ("browse" as const),
      bytes: bytes.length,
      sha256: sha256Of(bytes),
      type: TYPES[path.split(".").at(-1) ?? ""] ?? ("video/mp4" as const),
    };
  });
  const sum = (tier: string) =>
    files.reduce((bytes, file) => bytes + (file.tier === tier ? file.bytes : 0), 0);
  const manifest = {
    schema: "one-room.lesson/1",
    ...{ id, version, number, title: "稻瘟病", category: "农村实用技术" },
    ...{ durationMs: 12_000, minPlayer: "0.1.0" },
    entry: { hls: "video/index.m3u8", material: "material.json", poster: "poster.webp" },
    files,
    bytes: { browse: sum("browse"), play: sum("play") },
  } as unknown as Record<string, unknown> & LessonManifest;
  changes.edit?.(manifest);
  const text = encode(JSON.stringify(manifest));
  disk.files.set(`${folder}/manifest.json`, text);
  return { folder, manifest: manifest as LessonManifest, sha256: sha256Of(text) };
}

export function blobOf(manifest: LessonManifest, path: string): string {
  const sha256 = manifest.files.find((file) => file.path === path)?.sha256 ?? "";
  return `${CACHE}/blobs/${sha256.slice(0, 2)}/${sha256}`;
}

export function inCache(disk: FakeBlobDisk): string[] {
  return [...disk.files.keys()].filter((path) => path.startsWith(`${CACHE}/`)).sort();
}
