/** How much room a text takes, reckoned without drawing it: Chinese is as wide as it is high. */
import { SAFE } from "../theme.ts";

/**
 * A Latin letter or a digit of the two fonts, against their size; measured, with a little slack.
 */
const NARROW = 0.6;
/** Lines end a little early, because closing punctuation is not torn off. */
const SLACK = 0.95;

export function widthOf(text: string, size: number): number {
  let width = 0;
  for (const character of text) width += character.charCodeAt(0) < 0x2e80 ? size * NARROW : size;
  return width;
}

export function linesOf(text: string, size: number, w: number): number {
  return text
    .split("\n")
    .map((line) => Math.max(1, Math.ceil(widthOf(line, size) / (w * SLACK))))
    .reduce((sum, lines) => sum + lines, 0);
}

export interface FitFacts {
  readonly from: number;
  /** Never smaller; what does not fit then ends in …. */
  readonly least: number;
  readonly lines: number;
  readonly w?: number;
}

export interface Fitted {
  readonly size: number;
  readonly lines: number;
}

const STEP = 4;

/** The largest size at which a text keeps to its lines. */
export function fit(text: string, { from, least, lines, w = SAFE.width }: FitFacts): Fitted {
  let size = from;
  while (size > least && linesOf(text, size, w) > lines) size -= STEP;
  size = Math.max(size, least);
  return { size, lines: Math.min(lines, linesOf(text, size, w)) };
}

/** A name stands in one line as long as it can be read there, then in two. */
export function fitName(name: string, mega: number, least: number, w: number): Fitted {
  const one = fit(name, { from: mega, least, lines: 1, w });
  return linesOf(name, one.size, w) === 1
    ? one
    : fit(name, { from: least, least: Math.min(least, 64), lines: 2, w });
}
