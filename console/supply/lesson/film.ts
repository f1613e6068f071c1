/**
 * The film of a lesson: one rendition of 720p H.264 and AAC as fMP4 HLS, in whole-file segments
 * that each start with a keyframe, at −18 LUFS (EBU R 128) so that no film is louder than the next.
 *
 * Picture and sound are made apart, the picture in parts of some segments, and joined without
 * coding anything anew: the long work can stop after any part.
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ffmpeg, ffmpegInto, ffprobe } from "./ffmpeg.ts";

export const TARGET_LUFS = -18;
export const SEGMENT_SECONDS = 6;
export const FRAMES_A_SECOND = 25;
const TRUE_PEAK_DB = -1.5;
const LOUDNESS_RANGE = 11;
/** A keyframe every two seconds: seeking on a small box is then quick. */
const KEYFRAME_SECONDS = 2;

export interface FilmFacts {
  readonly durationMs: number;
  readonly hasPicture: boolean;
  readonly hasSound: boolean;
}

interface Probe {
  readonly streams?: readonly { readonly codec_type?: string }[];
  readonly format?: { readonly duration?: string };
}

/** @throws FfmpegError when it is no film at all. */
export async function probeFilm(file: string): Promise<FilmFacts> {
  const show = ["-show_entries", "stream=codec_type:format=duration", "-of", "json"];
  const { streams = [], format = {} } = JSON.parse(await ffprobe([...show, file])) as Probe;
  const has = (type: string) => streams.some((stream) => stream.codec_type === type);
  const durationMs = Math.round(Number(format.duration ?? 0) * 1000);
  return { durationMs, hasPicture: has("video"), hasSound: has("audio") };
}

export type Loudness = Readonly<Record<string, string>>;

const LOUDNORM = `loudnorm=I=${TARGET_LUFS}:TP=${TRUE_PEAK_DB}:LRA=${LOUDNESS_RANGE}`;

export interface FilmPass {
  readonly file: string;
  readonly onTime?: ((seconds: number) => void) | undefined;
}

/** How loud it is now. Null when there is nothing to hear. */
export async function measure({ file, onTime }: FilmPass): Promise<Loudness | null> {
  const filter = `${LOUDNORM}:print_format=json`;
  const words = ["-i", file, "-map", "0:a:0", "-af", filter, "-f", "null", "-"];
  const said = await ffmpeg(words, { onTime });
  const json = said.slice(said.lastIndexOf("{"), said.lastIndexOf("}") + 1);
  const loudness = JSON.parse(json) as Loudness;
  return Number.isFinite(Number(loudness.input_i)) ? loudness : null;
}

/** Silence is not made loud. Sound that begins late, or has gaps, keeps its place in time. */
function soundFilter(loudness: Loudness | null): string {
  const inPlace = "aresample=async=1:first_pts=0";
  if (loudness === null) return inPlace;
  const { input_i, input_tp, input_lra, input_thresh, target_offset } = loudness;
  return [
    `${inPlace},${LOUDNORM}`,
    `measured_I=${input_i}:measured_TP=${input_tp}:measured_LRA=${input_lra}`,
    `measured_thresh=${input_thresh}:offset=${target_offset}:linear=true`,
  ].join(":");
}

/** A part begins at its first frame's time, also where the film has no frame just then. */
const PICTURE_FILTER = [
  `fps=${FRAMES_A_SECOND}:start_time=0`,
  "scale=1280:720:force_original_aspect_ratio=decrease:force_divisible_by=2",
  "pad=1280:720:(ow-iw)/2:(oh-ih)/2,setsar=1,format=yuv420p",
].join(",");

/** 2.5 Mbit/s at the peak: a segment of six seconds stays far below 8 MiB. */
const PICTURE_CODING = [
  ...["-c:v", "libx264", "-profile:v", "high", "-level:v", "3.1", "-preset", "medium"],
  ...["-crf", "23", "-maxrate", "2500k", "-bufsize", "5000k", "-sc_threshold", "0", "-bf", "2"],
  ...["-force_key_frames", `expr:gte(t,n_forced*${KEYFRAME_SECONDS})`],
];
const SOUND_CODING = ["-c:a", "aac", "-b:a", "96k", "-ar", "48000", "-ac", "2"];
/** ffmpeg's own container keeps times as they are, and can be written without seeking back. */
const IN_BETWEEN = ["-map_metadata", "-1", "-map_chapters", "-1", "-sn", "-dn", "-f", "nut"];

/** What a part that was made before must have been made with. */
export const FILM_RECIPE = [
  ...[LOUDNORM, PICTURE_FILTER, ...PICTURE_CODING, ...SOUND_CODING, ...IN_BETWEEN],
].join(" ");

export interface PicturePart extends FilmPass {
  readonly fromSeconds: number;
  /** Null: to the end of the film. */
  readonly frames: number | null;
  readonly target: string;
}

/** How many frames there were. */
export function encodePicture(part: PicturePart): Promise<number> {
  const { file, fromSeconds, frames, target, onTime } = part;
  const seek = fromSeconds === 0 ? [] : ["-ss", `${fromSeconds}`];
  const length = frames === null ? [] : ["-frames:v", `${frames}`];
  const picture = ["-map", "0:v:0", "-vf", PICTURE_FILTER, ...PICTURE_CODING, "-an"];
  const words = [...seek, "-i", file, ...picture, ...length, ...IN_BETWEEN];
  return ffmpegInto(target, words, { onTime });
}

export interface SoundPass extends FilmPass {
  readonly loudness: Loudness | null;
  readonly target: string;
}

export async function encodeSound({ file, loudness, target, onTime }: SoundPass): Promise<void> {
  const sound = ["-map", "0:a:0", "-af", soundFilter(loudness), ...SOUND_CODING, "-vn"];
  await ffmpegInto(target, ["-i", file, ...sound, ...IN_BETWEEN], { onTime });
}

const HLS = [
  ...["-f", "hls", "-hls_time", `${SEGMENT_SECONDS}`, "-hls_playlist_type", "vod"],
  ...["-hls_segment_type", "fmp4", "-hls_fmp4_init_filename", "init.mp4"],
  ...["-hls_flags", "independent_segments"],
];

export interface JoinOptions {
  /** Files of parts of the picture, in order; names without signs, all in one folder. */
  readonly parts: readonly string[];
  readonly partSeconds: number;
  readonly soundFile: string | null;
  /** ffmpeg's list of the parts is written here. */
  readonly listFile: string;
  readonly outDir: string;
}

/** `index.m3u8`, `init.mp4` and `seg-000.m4s` … in `outDir`. */
export async function joinFilm(options: JoinOptions): Promise<void> {
  const { parts, partSeconds, soundFile, listFile, outDir } = options;
  const lines = parts.map((part) => `file ${part}\nduration ${partSeconds}\n`);
  await writeFile(listFile, `ffconcat version 1.0\n${lines.join("")}`);
  const sound = soundFile === null ? [] : ["-i", soundFile];
  const maps = ["-map", "0:v:0", ...(soundFile === null ? [] : ["-map", "1:a:0"])];
  const names = [join(outDir, "seg-%03d.m4s"), join(outDir, "index.m3u8")];
  const words = ["-f", "concat", "-i", listFile, ...sound, ...maps, "-c", "copy", ...HLS];
  await ffmpeg([...words, "-hls_segment_filename", ...names]);
}

const POSTER_CODING = ["-frames:v", "1", "-c:v", "libwebp", "-quality", "82"];
const POSTER_FILTER = "scale=640:360:force_original_aspect_ratio=increase,crop=640:360";

/** From an image, or from the film a tenth of the way in, where titles are usually over. */
export async function makePoster(
  from: { readonly file: string; readonly atMs: number },
  target: string,
): Promise<void> {
  const seek = from.atMs === 0 ? [] : ["-ss", `${from.atMs / 1000}`];
  await ffmpeg([...seek, "-i", from.file, "-vf", POSTER_FILTER, ...POSTER_CODING, target]);
}
