/**
 * The part of WebVTT that captions of lessons use: `WEBVTT`, then cues with a time line and plain
 * text. Notes, styles, regions, cue names and settings are passed over; tags are taken out.
 * Page and packer read captions through this one parser. ES2019, no regular expressions on the
 * whole file: a caption file may be long and a TV slow.
 */

export interface Caption {
  readonly fromMs: number;
  readonly toMs: number;
  /** Lines are parted by `\n`. */
  readonly text: string;
}

export interface WebVtt {
  /** In the order of their beginnings. */
  readonly captions: readonly Caption[];
  /** Chinese sentences with their lines; a cue that is wrong is left out, the others stay. */
  readonly problems: readonly CaptionProblem[];
}

export interface CaptionProblem {
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

const ARROW = "-->";
const TIME = /^(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})$/;
const TAG = /<[^<>]*>/g;
const ENTITIES: readonly (readonly [RegExp, string])[] = [
  [/&lt;/g, "<"],
  [/&gt;/g, ">"],
  [/&nbsp;/g, " "],
  [/&lrm;|&rlm;/g, ""],
  [/&amp;/g, "&"],
];

interface Block {
  /** Index of its first line in the file. */
  readonly at: number;
  readonly lines: readonly string[];
}

export function parseWebVtt(file: string): WebVtt {
  const lines = file.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
  const first = lines[0] ?? "";
  if (first !== "WEBVTT" && !/^WEBVTT[ \t]/.test(first)) {
    return { captions: [], problems: [{ line: 1, text: "第一行不是 WEBVTT" }] };
  }
  const captions: Caption[] = [];
  const problems: CaptionProblem[] = [];
  for (const block of blocksOf(lines)) readBlock(block, captions, problems);
  captions.sort((a, b) => a.fromMs - b.fromMs);
  return { captions, problems };
}

/** What stands between empty lines, after the header. */
function blocksOf(lines: readonly string[]): Block[] {
  const blocks: Block[] = [];
  let open: string[] | null = null;
  for (let index = headerEnd(lines); index < lines.length; index += 1) {
    const line = lines[index] ?? "";
    if (line.trim() === "") {
      open = null;
    } else if (open === null) {
      open = [line];
      blocks.push({ at: index, lines: open });
    } else {
      open.push(line);
    }
  }
  return blocks;
}

/** A time line may follow the header without an empty line; anything else there is its metadata. */
function headerEnd(lines: readonly string[]): number {
  let index = 1;
  while (index < lines.length) {
    const line = lines[index] ?? "";
    if (line.trim() === "" || line.indexOf(ARROW) >= 0) break;
    index += 1;
  }
  return index;
}

function readBlock({ at, lines }: Block, captions: Caption[], problems: CaptionProblem[]): void {
  const timeAt = lines.findIndex((line) => line.indexOf(ARROW) >= 0);
  if (timeAt < 0) {
    if (!/^(NOTE|STYLE|REGION)([ \t]|$)/.test(lines[0] ?? "")) {
      problems.push({ line: at + 1, text: "这一段没有时间行" });
    }
    return;
  }
  const span = readTimes(lines[timeAt] ?? "");
  const line = at + timeAt + 1;
  if (span === null)
    problems.push({ line, text: "时间行不对，应写成 00:00:01.000 --> 00:00:04.000" });
  else if (span.toMs <= span.fromMs) problems.push({ line, text: "结束不晚于开始" });
  else captions.push({ ...span, text: plainText(lines.slice(timeAt + 1)) });
}

function readTimes(line: string): { fromMs: number; toMs: number } | null {
  const arrow = line.indexOf(ARROW);
  const fromMs = toMs(line.slice(0, arrow).trim());
  // Settings may follow the second time.
  const after = line.slice(arrow + ARROW.length).trim();
  const end = toMs(after.split(/[ \t]/)[0] || "");
  return fromMs === null || end === null ? null : { fromMs, toMs: end };
}

function toMs(time: string): number | null {
  const parts = TIME.exec(time);
  if (parts === null) return null;
  const [hours, minutes, seconds, ms] = parts.slice(1).map((part) => Number(part || 0));
  return (((hours || 0) * 60 + (minutes || 0)) * 60 + (seconds || 0)) * 1000 + (ms || 0);
}

function plainText(lines: readonly string[]): string {
  const raw = lines.map((line) => line.replace(TAG, "").trim()).join("\n");
  return ENTITIES.reduce((text, [entity, plain]) => text.replace(entity, plain), raw);
}

/** The caption at a moment of the film; the last to begin when several overlap. */
export function captionAt(captions: readonly Caption[], atMs: number): Caption | null {
  let low = 0;
  let high = captions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((captions[middle]?.fromMs || 0) <= atMs) low = middle + 1;
    else high = middle;
  }
  // Captions are few seconds long: what still stands began within a few cues before.
  for (let index = low - 1; index >= Math.max(0, low - 8); index -= 1) {
    const caption = captions[index];
    if (caption !== undefined && atMs < caption.toMs) return caption;
  }
  return null;
}
