/**
 * The county's one reading of the wall clock, UTC milliseconds; tests put their own in its place.
 */
export interface CountyClock {
  nowMs(): number;
}

export const countyClock: CountyClock = { nowMs: () => Date.now() };
