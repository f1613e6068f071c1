/**
 * What can be wrong with the words of a lesson: too long for the screen, too fast to read. Pure.
 */
import type { LessonManifest, Material } from "../../../protocol/generated/types.ts";
import { type Caption, parseWebVtt } from "../../../protocol/webvtt.ts";
import type { Finding } from "./finding.ts";

/** A card on the screen: 14 characters in 3 lines. A point or an option: one line of 17. */
const CARD = { perLine: 14, lines: 3 };
const POINT = { perLine: 17, lines: 1 };
const CAPTION_LINES = 2;
const CAPTION_PER_LINE = 18;
const SPEED = { warn: 4, error: 5 };

interface Measure {
  readonly perLine: number;
  readonly lines: number;
}

interface Words {
  readonly path: string;
  readonly text: string;
  readonly measure: Measure;
}

/** In characters of full width: two letters or digits of half width take the place of one. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += character < "\u0100" ? 0.5 : 1;
  return width;
}

function linesNeeded(text: string, perLine: number): number {
  const lines = text.split("\n").map((line) => Math.max(1, Math.ceil(widthOf(line) / perLine)));
  return lines.reduce((sum, count) => sum + count, 0);
}

function hintWords({ cards, questions = [] }: NonNullable<Material["hint"]>): Words[] {
  return [
    ...cards.map(({ text }, i) => ({ path: `hint/cards/${i}/text`, text, measure: CARD })),
    ...questionWords("hint", questions),
  ];
}

function questionWords(
  under: string,
  questions: readonly { readonly options: readonly string[] }[],
): Words[] {
  return questions.flatMap(({ options }, i) =>
    options.map((text, k) => ({
      path: `${under}/questions/${i}/options/${k}`,
      text,
      measure: POINT,
    })),
  );
}

function topicWords({ topics }: NonNullable<Material["discuss"]>): Words[] {
  return topics.flatMap(({ text, points }, i) => [
    { path: `discuss/topics/${i}/text`, text, measure: CARD },
    ...points.map((point, k) => ({
      path: `discuss/topics/${i}/points/${k}`,
      text: point,
      measure: POINT,
    })),
  ]);
}

function wordsOf(material: Material): Words[] {
  const { points = [], hint, watch, explain, discuss, feedback, practise } = material;
  const card = (path: string) => (text: string) => ({ path, text, measure: CARD });
  return [
    ...points.map(({ text }, i) => ({ path: `points/${i}/text`, text, measure: POINT })),
    ...(hint === undefined ? [] : hintWords(hint)),
    ...(watch?.segments ?? []).map(({ title }, i) => ({
      path: `watch/segments/${i}/title`,
      text: title,
      measure: POINT,
    })),
    ...(explain?.cues ?? []).map(({ text }, i) => card(`explain/cues/${i}/text`)(text)),
    ...(discuss === undefined ? [] : topicWords(discuss)),
    ...questionWords("feedback", feedback?.questions ?? []),
    ...(practise?.tasks ?? []).map(({ text }, i) => card(`practise/tasks/${i}/text`)(text)),
  ];
}

/** `name` is the material's path in the package. */
export function materialFindings(
  name: string,
  material: Material,
  { durationMs }: Pick<LessonManifest, "durationMs">,
): Finding[] {
  const tooLong = wordsOf(material)
    .filter(({ text, measure }) => linesNeeded(text, measure.perLine) > measure.lines)
    .map(({ path, text, measure }) => ({
      level: "error" as const,
      path: `${name}#/${path}`,
      text: `太长：最多 ${measure.perLine} 字 × ${measure.lines} 行，现在 ${widthOf(text)} 字`,
    }));
  return [...tooLong, ...timeFindings(name, material, durationMs)];
}

function timeFindings(name: string, { explain, watch }: Material, durationMs: number): Finding[] {
  const cues = (explain?.cues ?? []).map(({ atMs }) => atMs);
  const segments = (watch?.segments ?? []).map(({ fromMs }) => fromMs);
  return [
    ...unreachable(`${name}#/explain/cues`, cues, durationMs),
    ...unreachable(`${name}#/watch/segments`, segments, durationMs),
    ...disorder(`${name}#/explain/cues`, cues),
    ...disorder(`${name}#/watch/segments`, segments),
  ];
}

function unreachable(path: string, times: readonly number[], durationMs: number): Finding[] {
  return times.flatMap((atMs, index) => {
    if (atMs < durationMs) return [];
    const text = `永远到不了：在 ${atMs / 1000} 秒，而片子只有 ${durationMs / 1000} 秒`;
    return [{ level: "error" as const, path: `${path}/${index}`, text }];
  });
}

function disorder(path: string, times: readonly number[]): Finding[] {
  return times.flatMap((atMs, index) => {
    const before = times[index - 1];
    if (before === undefined || before < atMs) return [];
    const text = "时间不比前一个晚";
    return [{ level: "error" as const, path: `${path}/${index}`, text }];
  });
}

export function captionFindings(name: string, file: string, durationMs: number): Finding[] {
  const { captions, problems } = parseWebVtt(file);
  const wrong = problems.map(({ line, text }) => ({
    level: "error" as const,
    path: `${name}:${line}`,
    text,
  }));
  return [...wrong, ...captions.flatMap((caption) => oneCaption(name, caption, durationMs))];
}

/** Signs are not read aloud, and take no time to read. */
function readable(text: string): number {
  return widthOf(text.replace(/[\s\p{P}\p{S}]/gu, ""));
}

function oneCaption(name: string, caption: Caption, durationMs: number): Finding[] {
  const { fromMs, toMs, text } = caption;
  const path = `${name}@${(fromMs / 1000).toFixed(1)}s`;
  const findings: Finding[] = [];
  const speed = (readable(text) * 1000) / (toMs - fromMs);
  if (speed > SPEED.warn) {
    const level = speed > SPEED.error ? "error" : "warning";
    const told = `字幕太快：每秒 ${speed.toFixed(1)} 字，应不超过 ${SPEED.warn} 字`;
    findings.push({ level, path, text: told });
  }
  if (fromMs >= durationMs) findings.push({ level: "error", path, text: "在片子结束之后" });
  const tooWide = text.split("\n").some((line) => widthOf(line) > CAPTION_PER_LINE);
  if (tooWide || text.split("\n").length > CAPTION_LINES) {
    const told = `字幕太长：最多 ${CAPTION_PER_LINE} 字 × ${CAPTION_LINES} 行`;
    findings.push({ level: "warning", path, text: told });
  }
  return findings;
}
