/** Days of the county: UTC milliseconds and a fixed offset, without the machine's time zone. */
export const DAY_MS = 86_400_000;

/** @returns `YYYY-MM-DD` */
export function countyDate(unixMs: number, utcOffsetMinutes: number): string {
  return new Date(unixMs + utcOffsetMinutes * 60_000).toISOString().slice(0, 10);
}
