/**
 * How fast, how much and how often: token bucket, watch for a dripping line, pauses between tries.
 * Pure: the caller says what time it is.
 */

export interface Bucket {
  readonly tokens: number;
  readonly atMs: number;
}

/** What may come at once after a pause. */
export const BURST_BYTES = 64 * 1024;

/** Takes `bytes` out; the bucket may go below nothing, and is then waited for. */
export function takeTokens(bucket: Bucket, bytes: number, now: { ms: number; rate: number }) {
  const gained = ((now.ms - bucket.atMs) / 1000) * now.rate;
  const tokens = Math.min(BURST_BYTES, bucket.tokens + gained) - bytes;
  const waitMs = tokens >= 0 ? 0 : (-tokens / now.rate) * 1000;
  return { bucket: { tokens, atMs: now.ms } satisfies Bucket, waitMs };
}

/** A line slower than this over this long only pretends: a byte a second never times out. */
export const SLOW_BYTES_PER_S = 1024;
export const SLOW_OVER_MS = 120_000;

/** Time is counted only while bytes were waited for, not while we held the line back ourselves. */
export interface SpeedWatch {
  readonly waitedMs: number;
  readonly bytes: number;
}

export function watchSpeed(watch: SpeedWatch, waitedMs: number, bytes: number) {
  const next = { waitedMs: watch.waitedMs + waitedMs, bytes: watch.bytes + bytes };
  if (next.waitedMs < SLOW_OVER_MS) return { watch: next, tooSlow: false };
  const tooSlow = next.bytes < (SLOW_BYTES_PER_S * next.waitedMs) / 1000;
  return { watch: { waitedMs: 0, bytes: 0 }, tooSlow };
}

const BACK_OFF_FIRST_MS = 5000;
const BACK_OFF_MAX_MS = 600_000;

/**
 * Full jitter: anywhere between nothing and a bound that doubles, so that a county's boxes do not
 * come back together.
 *
 * @param attempt 0 for the first pause
 * @param chance from 0 (inclusive) to 1
 */
export function backOffMs(attempt: number, chance: number): number {
  return chance * Math.min(BACK_OFF_MAX_MS, BACK_OFF_FIRST_MS * 2 ** attempt);
}
