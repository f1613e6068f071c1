/** A film and its texts as a lesson package, without questions asked: the samples are made right. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { LessonManifest, Material } from "../../../protocol/generated/types.ts";
import { initialsOf } from "../roster/member-name.ts";

export interface PlainPackage {
  readonly outDir: string;
  readonly filmFile: string;
  readonly posterPng: Uint8Array;
  readonly captions: string;
  readonly material: Material;
  readonly facts: Pick<LessonManifest, "id" | "number" | "title" | "category" | "durationMs">;
}

const TYPES: Readonly<Record<string, LessonManifest["files"][number]["type"]>> = {
  webp: "image/webp",
  json: "application/json",
  m3u8: "application/vnd.apple.mpegurl",
  mp4: "video/mp4",
  m4s: "video/mp4",
  vtt: "text/vtt",
};

export async function ffmpeg(words: readonly string[]): Promise<string> {
  const child = spawn("ffmpeg", ["-hide_banner", "-y", "-threads", "1", ...words]);
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  if (code !== 0) throw new Error(`ffmpeg ended with ${code}: ${said.slice(-800)}`);
  return said;
}

async function loudnessOf(file: string): Promise<number> {
  const said = await ffmpeg(["-i", file, "-af", "ebur128", "-f", "null", "-"]);
  return Number(/Integrated loudness:\s+I:\s+(-?[\d.]+) LUFS/.exec(said)?.[1] ?? -18);
}

async function list(folder: string, under = ""): Promise<string[]> {
  const entries = await readdir(join(folder, under), { withFileTypes: true });
  const paths = entries.map((entry) => {
    const path = under === "" ? entry.name : `${under}/${entry.name}`;
    return entry.isDirectory() ? list(folder, path) : Promise.resolve([path]);
  });
  return (await Promise.all(paths)).flat().sort();
}

async function describe(folder: string, path: string): Promise<LessonManifest["files"][number]> {
  const bytes = await readFile(join(folder, path));
  return {
    path,
    tier: path.startsWith("video/") ? "play" : "browse",
    bytes: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    type: TYPES[path.split(".").at(-1) ?? ""] ?? "application/json",
  };
}

async function cut(filmFile: string, outDir: string): Promise<void> {
  const gain = -18 - (await loudnessOf(filmFile));
  const coding = `-c:v copy -af volume=${gain.toFixed(2)}dB -c:a aac -b:a 72k -ar 48000`;
  const hls = "-f hls -hls_time 8 -hls_playlist_type vod -hls_segment_type fmp4";
  const names = "-hls_fmp4_init_filename init.mp4 -hls_segment_filename";
  const words = (part: string) => part.split(" ");
  const folder = join(outDir, "video");
  await ffmpeg([
    ...["-i", filmFile, ...words(coding), ...words(hls), ...words(names)],
    ...[join(folder, "seg-%03d.m4s"), join(folder, "index.m3u8")],
  ]);
}

function sum(files: LessonManifest["files"], tier: "browse" | "play"): number {
  return files.reduce((bytes, file) => bytes + (file.tier === tier ? file.bytes : 0), 0);
}

export async function packPlain(from: PlainPackage): Promise<void> {
  const { outDir } = from;
  await rm(outDir, { recursive: true, force: true });
  await mkdir(join(outDir, "video"), { recursive: true });
  await cut(from.filmFile, outDir);
  const png = `${from.filmFile}.png`;
  await writeFile(png, from.posterPng);
  await ffmpeg(["-i", png, "-q:v", "82", join(outDir, "poster.webp")]);
  await writeFile(join(outDir, "captions.vtt"), from.captions);
  await writeFile(join(outDir, "material.json"), `${JSON.stringify(from.material, null, 1)}\n`);
  const described = await Promise.all((await list(outDir)).map((path) => describe(outDir, path)));
  const files = described as LessonManifest["files"];
  const manifest: LessonManifest = {
    schema: "one-room.lesson/1",
    ...from.facts,
    version: 1,
    minPlayer: "0.1.0",
    initials: initialsOf(from.facts.title),
    entry: {
      hls: "video/index.m3u8",
      material: "material.json",
      poster: "poster.webp",
      captions: "captions.vtt",
    },
    files,
    bytes: { browse: sum(files, "browse"), play: sum(files, "play") },
  };
  await writeFile(join(outDir, "manifest.json"), `${JSON.stringify(manifest, null, 1)}\n`);
}
