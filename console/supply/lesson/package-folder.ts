/** A folder with a lesson's files, described as the manifest does it. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { type LessonFile, MANIFEST_NAME } from "../../../media-cache/manifest.ts";

const TYPES: Readonly<Record<string, LessonFile["type"]>> = {
  webp: "image/webp",
  png: "image/png",
  jpg: "image/jpeg",
  json: "application/json",
  m3u8: "application/vnd.apple.mpegurl",
  mp4: "video/mp4",
  m4s: "video/mp4",
  vtt: "text/vtt",
  ogg: "audio/ogg",
  m4a: "audio/mp4",
};

/** Paths in the package, sorted; without the manifest itself. */
export async function listPackage(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile());
  const paths = files.map((entry) => {
    const under = entry.parentPath.slice(folder.length).split(/[\\/]/).filter(Boolean);
    return [...under, entry.name].join("/");
  });
  return paths.filter((path) => path !== MANIFEST_NAME).sort();
}

export async function hashFile(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}

export async function describeFile(folder: string, path: string): Promise<LessonFile> {
  const file = join(folder, path);
  const { size } = await stat(file);
  return {
    path,
    // Captions and narration are played with the film; the list shows poster and texts alone.
    tier: path.startsWith("video/") || path.startsWith("audio/") ? "play" : "browse",
    bytes: size,
    sha256: await hashFile(file),
    type: TYPES[path.split(".").at(-1) ?? ""] ?? "application/json",
  };
}
