/** How much room a text takes, reckoned without drawing it: Chinese is as wide as it is high. */
import { breakLines, widthOf, withChineseSigns } from "../text/typeset.ts";
import { SAFE } from "../theme.ts";

/** Lines end a little early: what is reckoned here is measured by the browser a hair wider. */
const SLACK = 0.97;

/** A text as it is drawn: its signs, and where its lines end. */
export function typeset(text: string, size: number, w: number): string[] {
  return breakLines(withChineseSigns(text), size, w * SLACK);
}

export function linesOf(text: string, size: number, w: number): number {
  return typeset(text, size, w).length;
}

/** One word that no line can hold: it is not broken, and ends in …. */
export function isWider(text: string, size: number, w: number): boolean {
  return isAnyWider(typeset(text, size, w), size, w);
}

function isAnyWider(lines: readonly string[], size: number, w: number): boolean {
  return lines.some((line) => widthOf(line, size) > w);
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
  const isTooLarge = (at: number) => {
    const set = typeset(text, at, w);
    return set.length > lines || isAnyWider(set, at, w);
  };
  let size = from;
  while (size > least && isTooLarge(size)) size -= STEP;
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
