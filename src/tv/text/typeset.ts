/**
 * How a Chinese sentence is set: full-width signs between characters, and lines of nearly the same
 * length that break behind a sign where one is near, instead of leaving one character alone.
 */
import { tokenizeLine } from "./text-tokenizer.ts";

const HANZI = "\\u3000-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{323af}";
const AFTER_HANZI = new RegExp(`([${HANZI}”\\uff09])([,:;?!])`, "gu");
const IN_BRACKETS = new RegExp(`\\(([^()]*[${HANZI}][^()]*)\\)`, "gu");
const FULL_WIDTH_OFFSET = 0xfee0;

/** Rosters, plans and notices are typed with ASCII signs too; on the wall they look lost. */
export function withChineseSigns(text: string): string {
  return text
    .replace(IN_BRACKETS, "\uff08$1\uff09")
    .replace(AFTER_HANZI, (_all, before: string, sign: string) => before + toFullWidth(sign));
}

function toFullWidth(sign: string): string {
  return String.fromCharCode(sign.charCodeAt(0) + FULL_WIDTH_OFFSET);
}

/**
 * A Latin letter or a digit of the two fonts, against their size; measured, with a little slack.
 */
const NARROW = 0.6;

export function widthOf(text: string, size: number): number {
  let width = 0;
  for (const character of text) width += character.charCodeAt(0) < 0x2e80 ? size * NARROW : size;
  return width;
}

/** Lines as they are drawn, none wider than `w` but for a single token that is. */
export function breakLines(text: string, size: number, w: number): string[] {
  return text.split("\n").flatMap((paragraph) => breakParagraph(paragraph, size, w));
}

/** A number, with or without a space, and what it counts are one: 第 7 位, 35 人. */
function keepCounts(tokens: readonly string[]): string[] {
  const kept: string[] = [];
  for (const token of tokens) {
    const before = kept[kept.length - 1] ?? "";
    if (/(\d ?|\S )$/u.test(before) || /^ /u.test(token)) {
      kept[kept.length - 1] = before + token;
    } else kept.push(token);
  }
  return kept;
}

/** More than a card holds is never balanced: the engine cuts it off. */
const LINES_BALANCED_MAX = 4;

function breakParagraph(paragraph: string, size: number, w: number): string[] {
  if (widthOf(paragraph, size) <= w) return [paragraph];
  const tokens = keepCounts(tokenizeLine(paragraph));
  const widths = tokens.map((token) => widthOf(token, size));
  const greedy = fillLines(widths, w);
  if (greedy.length > LINES_BALANCED_MAX)
    return greedy.map(([from, to]) => joined(tokens, from, to));
  return bestLines({ tokens, widths, w, count: greedy.length });
}

function joined(tokens: readonly string[], from: number, to: number): string {
  return tokens.slice(from, to).join("").trim();
}

type Line = readonly [from: number, to: number];

function fillLines(widths: readonly number[], w: number): Line[] {
  const lines: Line[] = [];
  let from = 0;
  let width = 0;
  widths.forEach((token, index) => {
    if (width + token > w && index > from) {
      lines.push([from, index]);
      from = index;
      width = 0;
    }
    width += token;
  });
  return [...lines, [from, widths.length]];
}

interface Paragraph {
  readonly tokens: readonly string[];
  readonly widths: readonly number[];
  readonly w: number;
  /** As few lines as it can be done with. */
  readonly count: number;
}

/** The tokens before `end`, broken in the best way into so many lines. */
interface Broken {
  readonly end: number;
  readonly cost: number;
  readonly lines: readonly string[];
}

/** A sign ends a thought: a line may be that much more uneven to end there. */
const NO_SIGN_COST = 0.04;
const ENDS_WITH_SIGN = /[,:;?!\uff0c\u3002\u3001\uff1b\uff1a\uff1f\uff01\u300b\u3011\uff09]$/u;

/** Line by line, the best way to each possible end: a card has at most some sixty tokens. */
function bestLines(paragraph: Paragraph): string[] {
  const { tokens, count } = paragraph;
  let ways: readonly Broken[] = [{ end: 0, cost: 0, lines: [] }];
  for (let line = 0; line < count; line += 1) {
    const before = ways;
    ways = tokens.flatMap((_token, index) => bestTo(index + 1, before, paragraph) ?? []);
  }
  const whole = ways.find(({ end }) => end === tokens.length);
  return [...(whole?.lines ?? [tokens.join("")])];
}

function bestTo(end: number, before: readonly Broken[], paragraph: Paragraph): Broken | null {
  const { tokens, widths, w } = paragraph;
  let found: Broken | null = null;
  for (const way of before.filter((candidate) => candidate.end < end)) {
    const width = widths.slice(way.end, end).reduce((sum, token) => sum + token, 0);
    if (width > w && end - way.end > 1) continue;
    const cost = way.cost + costOf(end, width, paragraph);
    if (found !== null && found.cost <= cost) continue;
    found = { end, cost, lines: [...way.lines, joined(tokens, way.end, end)] };
  }
  return found;
}

function costOf(end: number, width: number, { tokens, widths, w, count }: Paragraph): number {
  const ideal = widths.reduce((sum, token) => sum + token, 0) / count;
  const isFree = end === tokens.length || ENDS_WITH_SIGN.test(tokens[end - 1] ?? "");
  return ((width - ideal) / w) ** 2 + (isFree ? 0 : NO_SIGN_COST);
}
