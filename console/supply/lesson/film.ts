/**
 * The film of a lesson: one rendition of 720p H.264 and AAC as fMP4 HLS, in whole-file segments
 * that each start with a keyframe, at −18 LUFS (EBU R 128) so that no film is louder than the next.
 */
import { join } from "node:path";
import { ffmpeg, ffprobe } from "./ffmpeg.ts";

export const TARGET_LUFS = -18;
export const SEGMENT_SECONDS = 6;
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

/** First pass: how loud it is now. Null when there is nothing to hear. */
export async function measure({ file, onTime }: FilmPass): Promise<Loudness | null> {
  const filter = `${LOUDNORM}:print_format=json`;
  const words = ["-i", file, "-map", "0:a:0", "-af", filter, "-f", "null", "-"];
  const said = await ffmpeg(words, { onTime });
  const json = said.slice(said.lastIndexOf("{"), said.lastIndexOf("}") + 1);
  const loudness = JSON.parse(json) as Loudness;
  return Number.isFinite(Number(loudness.input_i)) ? loudness : null;
}

/** Silence is not made loud. */
function soundFilter(loudness: Loudness | null): string {
  if (loudness === null) return "anull";
  const { input_i, input_tp, input_lra, input_thresh, target_offset } = loudness;
  return [
    `${LOUDNORM}:measured_I=${input_i}:measured_TP=${input_tp}:measured_LRA=${input_lra}`,
    `measured_thresh=${input_thresh}:offset=${target_offset}:linear=true`,
  ].join(":");
}

const PICTURE_FILTER = [
  "scale=1280:720:force_original_aspect_ratio=decrease:force_divisible_by=2",
  "pad=1280:720:(ow-iw)/2:(oh-ih)/2,setsar=1,fps=25,format=yuv420p",
].join(",");

/** 2.5 Mbit/s at the peak: a segment of six seconds stays far below 8 MiB. */
const PICTURE_CODING = [
  ...["-c:v", "libx264", "-profile:v", "high", "-level:v", "3.1", "-preset", "medium"],
  ...["-crf", "23", "-maxrate", "2500k", "-bufsize", "5000k", "-sc_threshold", "0", "-bf", "2"],
  ...["-force_key_frames", `expr:gte(t,n_forced*${KEYFRAME_SECONDS})`],
];
const SOUND_CODING = ["-c:a", "aac", "-b:a", "96k", "-ar", "48000", "-ac", "2"];

const HLS = [
  ...["-f", "hls", "-hls_time", `${SEGMENT_SECONDS}`, "-hls_playlist_type", "vod"],
  ...["-hls_segment_type", "fmp4", "-hls_fmp4_init_filename", "init.mp4"],
  ...["-hls_flags", "independent_segments"],
];

export interface EncodeOptions extends FilmPass {
  readonly facts: FilmFacts;
  readonly loudness: Loudness | null;
  readonly outDir: string;
}

/** Second pass: `index.m3u8`, `init.mp4` and `seg-000.m4s` … in `outDir`. */
export async function encode(options: EncodeOptions): Promise<void> {
  const { file, facts, loudness, outDir, onTime } = options;
  const sound = facts.hasSound
    ? ["-map", "0:a:0", "-af", soundFilter(loudness), ...SOUND_CODING]
    : ["-an"];
  await ffmpeg(
    [
      ...["-i", file, "-map", "0:v:0", "-vf", PICTURE_FILTER, ...PICTURE_CODING, ...sound],
      ...["-map_metadata", "-1", "-map_chapters", "-1", "-sn", "-dn", ...HLS],
      ...["-hls_segment_filename", join(outDir, "seg-%03d.m4s"), join(outDir, "index.m3u8")],
    ],
    { onTime },
  );
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
