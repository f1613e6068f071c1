import type { Clock } from "../ports/clock.ts";

/** A `Clock` that stands still until a test moves it. */
export class FakeClock implements Clock {
  bootId = "boot-1";
  #bootMs = 0;
  #wallUnixMs: number;

  /**
   * @param wallUnixMs where the wall clock stands at boot; 0 is what a box without a battery says
   */
  constructor(wallUnixMs = 0) {
    this.#wallUnixMs = wallUnixMs;
  }

  bootMs(): number {
    return this.#bootMs;
  }

  wallUnixMs(): number {
    return this.#wallUnixMs;
  }

  advance(ms: number): void {
    this.#bootMs += ms;
    this.#wallUnixMs += ms;
  }

  setWall(unixMs: number): void {
    this.#wallUnixMs = unixMs;
  }

  reboot(bootId: string, wallUnixMs = 0): void {
    this.bootId = bootId;
    this.#bootMs = 0;
    this.#wallUnixMs = wallUnixMs;
  }
}
