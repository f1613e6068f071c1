/**
 * Arithmetic of uncertain times: an interval that holds the true time at one moment of a boot, and
 * the same interval carried to another moment of that boot. Pure. docs/formats/time.md.
 */

/** UTC milliseconds between which the true time lies; infinite where nothing is known. */
export interface Bounds {
  readonly lo: number;
  readonly hi: number;
}

export const UNBOUNDED: Bounds = { lo: Number.NEGATIVE_INFINITY, hi: Number.POSITIVE_INFINITY };

/** A cheap quartz at the temperatures of a village room: 50 ppm are 4.3 s a day. */
export const DRIFT = 50e-6;

/** The bounds at boot time `fromMs`, carried to boot time `toMs` of the same boot. */
export function carry({ lo, hi }: Bounds, fromMs: number, toMs: number): Bounds {
  const by = toMs - fromMs;
  const slack = Math.abs(by) * DRIFT;
  return { lo: lo + by - slack, hi: hi + by + slack };
}

/** What both say; null when they contradict each other. */
export function meet(a: Bounds, b: Bounds): Bounds | null {
  const lo = Math.max(a.lo, b.lo);
  const hi = Math.min(a.hi, b.hi);
  return lo <= hi ? { lo, hi } : null;
}

/** How far apart two intervals lie; 0 when they touch. */
export function gapBetween(a: Bounds, b: Bounds): number {
  return Math.max(0, a.lo - b.hi, b.lo - a.hi);
}

export function widthOf({ lo, hi }: Bounds): number {
  return hi - lo;
}
