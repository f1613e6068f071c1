/**
 * At which cue the film must stop. Pure. A cue is met when playing carries the film over it; a
 * seek over it does not meet it, and one beyond the end of the film is met at the end.
 */
import type { Cue } from "../../../protocol/generated/types.ts";

export interface CueFacts {
  readonly cues: readonly Cue[];
  /** Indices that were explained already. */
  readonly done: readonly number[];
  readonly fromMs: number;
  readonly toMs: number;
}

/** More than this between two reports of time is a seek. */
const PLAYED_AT_MOST_MS = 2000;

/** Index of the first cue met between two reports of time; null: none. */
export function cueMet({ cues, done, fromMs, toMs }: CueFacts): number | null {
  if (toMs <= fromMs || toMs - fromMs > PLAYED_AT_MOST_MS) return null;
  return firstCue(cues, done, (atMs) => atMs > fromMs && atMs <= toMs);
}

/** Cues that a film of a wrong length would never reach: they are met when it ends. */
export function cueLeftAtEnd(
  cues: readonly Cue[],
  done: readonly number[],
  endMs: number,
): number | null {
  return firstCue(cues, done, (atMs) => atMs >= endMs);
}

function firstCue(
  cues: readonly Cue[],
  done: readonly number[],
  fits: (atMs: number) => boolean,
): number | null {
  let best: number | null = null;
  cues.forEach(({ atMs }, index) => {
    if (done.includes(index) || !fits(atMs)) return;
    if (best === null || atMs < (cues[best]?.atMs ?? 0)) best = index;
  });
  return best;
}
