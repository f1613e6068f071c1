/**
 * Full jitter (Brooker, "Exponential Backoff And Jitter", 2015): after a county's power cut all
 * boxes come back at once, and must not come at the same moment.
 */
const FIRST_MS = 1000;

/** @param chance in [0, 1) @param attempt 0 for the first try after a failure */
export function backOffMs(attempt: number, windowMs: number, chance: number): number {
  const ceiling = Math.min(windowMs, FIRST_MS * 2 ** Math.min(attempt, 20));
  return Math.floor(ceiling * chance);
}
