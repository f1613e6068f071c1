import type { SyncReading, TimeSync } from "../ports/time-sync.ts";

/** A `TimeSync` that says what a test wants. */
export class FakeTimeSync implements TimeSync {
  reading: SyncReading = { kind: "unknown" };
  batteryClock = false;

  read(): Promise<SyncReading> {
    return Promise.resolve(this.reading);
  }

  hasBatteryClock(): Promise<boolean> {
    return Promise.resolve(this.batteryClock);
  }
}
