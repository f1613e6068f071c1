/** What can be wrong with the film of a packed lesson; asks ffmpeg. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readPlaylist } from "../../../media-cache/playlist.ts";
import { ffmpeg, ffprobe } from "./ffmpeg.ts";
import { TARGET_LUFS } from "./film.ts";
import type { Finding } from "./finding.ts";

const LUFS_TOLERANCE = 1;
/** Between a keyframe's time and the beginning of its segment: less than half a frame of 25. */
const KEYFRAME_SLACK_S = 0.02;
const SEGMENT_LIMITS_S = { least: 2, most: 10 };
/** Nothing of the sound: silence, or no sound at all. */
const SILENT_LUFS = -60;

export async function filmFindings(folder: string, hls: string): Promise<Finding[]> {
  const { segments } = readPlaylist(await readFile(join(folder, hls), "utf8"));
  const lengths = lengthFindings(
    hls,
    segments.map(({ seconds }) => seconds),
  );
  return [
    ...lengths,
    ...(await keyframeFindings(folder, hls, segments)),
    ...(await loudnessFindings(folder, hls)),
  ];
}

function lengthFindings(hls: string, seconds: readonly number[]): Finding[] {
  return seconds.flatMap((length, index) => {
    const isLast = index === seconds.length - 1;
    const tooShort = !isLast && length < SEGMENT_LIMITS_S.least;
    if (!tooShort && length <= SEGMENT_LIMITS_S.most) return [];
    const path = `${hls}#${index}`;
    return [{ level: "warning" as const, path, text: `这一段长 ${length} 秒，应为 6 到 10 秒` }];
  });
}

/** Times of the keyframes, from the packets alone: nothing is decoded. */
async function keyframes(file: string): Promise<number[]> {
  const show = ["-select_streams", "v:0", "-show_entries", "packet=pts_time,flags", "-of", "csv"];
  const rows = (await ffprobe([...show, file])).split("\n").map((row) => row.split(","));
  return rows.filter(([, , flags = ""]) => flags.startsWith("K")).map(([, time]) => Number(time));
}

async function keyframeFindings(
  folder: string,
  hls: string,
  segments: readonly { readonly uri: string; readonly seconds: number }[],
): Promise<Finding[]> {
  const times = await keyframes(join(folder, hls));
  const first = times[0] ?? 0;
  let start = first;
  const findings: Finding[] = [];
  for (const { uri, seconds } of segments) {
    const begins = start;
    if (!times.some((time) => Math.abs(time - begins) <= KEYFRAME_SLACK_S)) {
      const path = hls.slice(0, hls.lastIndexOf("/") + 1) + uri;
      findings.push({ level: "error", path, text: "这一段不是从关键帧开始" });
    }
    start += seconds;
  }
  return findings;
}

async function loudnessFindings(folder: string, hls: string): Promise<Finding[]> {
  const streams = await ffprobe([
    "-show_entries",
    "stream=codec_type",
    "-of",
    "csv",
    join(folder, hls),
  ]);
  const silent = { level: "warning" as const, path: hls, text: "片子没有声音" };
  if (!streams.includes("audio")) return [silent];
  const words = ["-i", join(folder, hls), "-map", "0:a:0", "-af", "ebur128", "-f", "null", "-"];
  const said = await ffmpeg(words);
  const lufs = Number(/Integrated loudness:\s+I:\s+(-?[\d.]+) LUFS/.exec(said)?.[1]);
  if (!Number.isFinite(lufs) || lufs <= SILENT_LUFS) return [silent];
  if (Math.abs(lufs - TARGET_LUFS) <= LUFS_TOLERANCE) return [];
  const text = `响度 ${lufs} LUFS，应为 ${TARGET_LUFS} ± ${LUFS_TOLERANCE}`;
  return [{ level: "error", path: hls, text }];
}
