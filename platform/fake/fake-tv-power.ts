import type { TvPower, TvReading } from "../ports/tv-power.ts";

/** A `TvPower` that says what a test wants. */
export class FakeTvPower implements TvPower {
  reading: TvReading = { power: "unknown", how: "no-cec" };
  readCount = 0;

  read(): Promise<TvReading> {
    this.readCount += 1;
    return Promise.resolve(this.reading);
  }
}
