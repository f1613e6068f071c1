/**
 * When metadata is too old, for a box whose wall clock may say anything. Pure.
 *
 * - The security floor is a time that is certainly past; it never goes back.
 * - Expiry is judged by the floor always, by the wall clock only while that can be believed.
 */

export interface Wall {
  readonly unixMs: number;
  readonly isSynced: boolean;
}

export interface SecurityClock {
  /** UTC milliseconds. */
  readonly floorMs: number;
  readonly wall: Wall;
  /** Expiry by the wall clock alone, as the specification has it. */
  readonly isStrict: boolean;
}

const DAY_MS = 86_400_000;
/** A signed date far in the future must not lock the box for ever: a little at a time. */
const RAISE_MAX_MS = 400 * DAY_MS;
/** A synchronised clock that is further ahead than this was synchronised with a liar. */
const AHEAD_MAX_MS = 2 * 365 * DAY_MS;

/** Milliseconds of `YYYY-MM-DDTHH:MM:SSZ`; null for a day that does not exist. */
export function parseUtc(text: string): number | null {
  const ms = Date.parse(text);
  return Number.isNaN(ms) || `${new Date(ms).toISOString().slice(0, 19)}Z` !== text ? null : ms;
}

export function isExpired(expires: string, clock: SecurityClock): boolean {
  const at = parseUtc(expires);
  if (at === null) return true;
  const { floorMs, wall, isStrict } = clock;
  if (isStrict) return at <= wall.unixMs;
  return at <= floorMs || (isBelievable(clock) && at <= wall.unixMs);
}

function isBelievable({ floorMs, wall }: SecurityClock): boolean {
  return wall.isSynced && wall.unixMs >= floorMs && wall.unixMs <= floorMs + AHEAD_MAX_MS;
}

/** After a document that says when it was issued was accepted. */
export function raiseFloor(floorMs: number, issued: string | undefined): number {
  const at = issued === undefined ? null : parseUtc(issued);
  return at === null ? floorMs : Math.max(floorMs, Math.min(at, floorMs + RAISE_MAX_MS));
}

/** Cycles in which the origin answered and nothing grew. */
export interface Freeze {
  readonly count: number;
  /** Uptime since the last one that counted. */
  readonly uptimeMs: number;
}

export const NO_FREEZE: Freeze = { count: 0, uptimeMs: 0 };
const CYCLE_MS = 20 * 3_600_000;
const SUSPICIOUS_CYCLES = 7;

export function noteCycle(before: Freeze, cycle: { grew: boolean; elapsedMs: number }): Freeze {
  if (cycle.grew) return NO_FREEZE;
  const uptimeMs = before.uptimeMs + Math.max(0, cycle.elapsedMs);
  return uptimeMs < CYCLE_MS
    ? { count: before.count, uptimeMs }
    : { count: before.count + 1, uptimeMs: 0 };
}

export function isFrozen({ count }: Freeze): boolean {
  return count >= SUSPICIOUS_CYCLES;
}
