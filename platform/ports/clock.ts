/**
 * The clocks of the device. Three that are never mixed (docs/decisions): boot time for durations
 * and order within a boot; the wall clock, raw and untrusted; the identity of the boot.
 *
 * - C1. `bootMs` never goes back within a boot, and counts time in suspend (CLOCK_BOOTTIME).
 * - C2. `wallUnixMs` may be anything: 1970, 2099, and it may jump.
 * - C3. `bootId` is the same for every process of one boot, and differs between boots.
 */
export interface Clock {
  readonly bootId: string;
  /** Milliseconds since boot, an integer. */
  bootMs(): number;
  /** Raw wall clock, UTC milliseconds. */
  wallUnixMs(): number;
}
