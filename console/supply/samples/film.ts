/** Draws the shots and films them: each picture is held still and fades into the next. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { Resvg } from "@resvg/resvg-js";
import { HEIGHT_PX, WIDTH_PX } from "./draw.ts";
import type { Timeline } from "./storyboard.ts";

export const FRAMES_A_SECOND = 25;
const FADE_FRAMES = 9;

/** resvg reads whole font files; only the two weights of the design, never the system's. */
function fontFiles(): string[] {
  const require = createRequire(import.meta.url);
  return ["500Medium/NotoSansSC_500Medium.ttf", "700Bold/NotoSansSC_700Bold.ttf"].map((file) =>
    require.resolve(`@expo-google-fonts/noto-sans-sc/${file}`),
  );
}

function rasterise(svg: string, widthPx: number) {
  const font = {
    fontFiles: fontFiles(),
    loadSystemFonts: false,
    defaultFontFamily: "Noto Sans SC",
  };
  return new Resvg(svg, { font, fitTo: { mode: "width", value: widthPx } }).render();
}

export function toPng(svg: string, widthPx = WIDTH_PX): Buffer {
  return rasterise(svg, widthPx).asPng();
}

/** RGBA rows of one frame. */
export function toPixels(svg: string): Buffer {
  return rasterise(svg, WIDTH_PX).pixels;
}

function blend(from: Buffer, to: Buffer, share: number): Buffer {
  const out = Buffer.allocUnsafe(from.length);
  const weight = Math.round(share * 256);
  for (let i = 0; i < out.length; i += 1) {
    const a = from[i] ?? 0;
    out[i] = a + ((((to[i] ?? 0) - a) * weight) >> 8);
  }
  return out;
}

/** Every frame of the film in order; equal frames are the same object. */
export function* frames(timeline: Timeline): Generator<Buffer> {
  const black = Buffer.alloc(WIDTH_PX * HEIGHT_PX * 4);
  let before: Buffer = black;
  let frame = 0;
  for (const shot of timeline.shots) {
    const picture = toPixels(shot.svg);
    const first = frame;
    const last = Math.round((shot.toMs / 1000) * FRAMES_A_SECOND);
    for (; frame < last; frame += 1) {
      const share = (frame - first + 1) / FADE_FRAMES;
      // Half a cosine: a fade that begins and ends at rest is calmer to look at.
      yield share < 1 ? blend(before, picture, (1 - Math.cos(Math.PI * share)) / 2) : picture;
    }
    before = picture;
  }
}

/** One MP4 of high quality: the packer makes of it what is sent to villages. */
function ffmpegArguments(musicFile: string, outFile: string): string[] {
  const video = `-f rawvideo -pix_fmt rgba -s ${WIDTH_PX}x${HEIGHT_PX} -r ${FRAMES_A_SECOND} -i -`;
  const colour = "-vf gblur=sigma=0.7,scale=out_color_matrix=bt709:out_range=tv,format=yuv420p";
  const tags = "-colorspace bt709 -color_primaries bt709 -color_trc bt709 -color_range tv";
  const coding = "-c:v libx264 -threads 1 -preset superfast -crf 21";
  const sound = "-c:a aac -b:a 192k -ar 48000 -movflags +faststart -shortest";
  const words = (part: string) => part.split(" ");
  return [
    ...words(`-v error -y ${video} -i`),
    musicFile,
    ...words(`${colour} ${coding} ${tags} ${sound}`),
    outFile,
  ];
}

export async function film(timeline: Timeline, musicFile: string, outFile: string): Promise<void> {
  const ffmpeg = spawn("ffmpeg", ffmpegArguments(musicFile, outFile), {
    stdio: ["pipe", "ignore", "pipe"],
  });
  let complaint = "";
  ffmpeg.stderr.on("data", (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  const ended = once(ffmpeg, "close") as Promise<[number | null]>;
  // A dead ffmpeg closes the pipe; what it said is worth more than the EPIPE.
  ffmpeg.stdin.on("error", () => {});
  for (const frame of frames(timeline)) {
    if (ffmpeg.exitCode !== null) break;
    if (!ffmpeg.stdin.write(frame)) await Promise.race([once(ffmpeg.stdin, "drain"), ended]);
  }
  ffmpeg.stdin.end();
  const [code] = await ended;
  if (code !== 0) throw new Error(`ffmpeg ended with ${code}: ${complaint.trim()}`);
}
