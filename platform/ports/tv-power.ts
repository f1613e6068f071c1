/**
 * Whether the TV is on. Most cheap sets do not say, and then nobody knows.
 *
 * - V1. `on` and `off` only when the TV itself said so; a plugged cable is neither.
 * - V2. Never throws, and answers within 5 seconds.
 */
export interface TvReading {
  readonly power: "on" | "off" | "unknown";
  /** Who said so: `cec`; or why nobody did: `no-tv`, `no-answer`, `no-cec`. At most 24 letters. */
  readonly how: string;
}

export interface TvPower {
  read(): Promise<TvReading>;
}
