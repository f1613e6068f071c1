/**
 * How large the page's texts must be for the last row. A rural adult over fifty in ten sees worse
 * than 20/63; at 20/60 a Chinese character is identified from 583 × metres ÷ inches pixels on.
 */
export type TextScale = "standard" | "large" | "huge";

export interface RoomScreen {
  /** Diagonal of the TV. */
  readonly inches: number;
  /** From the TV to the last row, in metres. */
  readonly lastRowM: number;
}

const IDENTIFY_PX_INCHES_PER_M = 583;
/** Smallest text for the audience in each scale, in pixels of 1080 lines. */
const STANDARD_PX = 64;
const LARGE_PX = 80;
const HUGE_PX = 96;

export function scaleFor({ inches, lastRowM }: RoomScreen): TextScale {
  const needed = (IDENTIFY_PX_INCHES_PER_M * lastRowM) / inches;
  if (needed <= STANDARD_PX) return "standard";
  return needed <= LARGE_PX ? "large" : "huge";
}

/** Metres within which even the largest texts can be read; null when the last row sits there. */
export function mustSitWithinM({ inches, lastRowM }: RoomScreen): number | null {
  const reachM = Math.floor(((HUGE_PX * inches) / IDENTIFY_PX_INCHES_PER_M) * 10) / 10;
  return lastRowM > reachM ? reachM : null;
}
