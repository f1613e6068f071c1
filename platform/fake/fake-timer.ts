import type { Timer, Wait } from "../ports/timer.ts";

interface Sleeper {
  readonly atMs: number;
  wake(): void;
}

/** A `Timer` whose time stands still until a test moves it or, with `jumps`, until it waits. */
export class FakeTimer implements Timer {
  #nowMs = 0;
  #sleepers: Sleeper[] = [];
  /** Every wait is over at once, and the time has passed. */
  readonly #jumps: boolean;
  /** How long each wait was that somebody asked for. */
  readonly waits: number[] = [];

  constructor({ jumps = false }: { readonly jumps?: boolean } = {}) {
    this.#jumps = jumps;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  wait(ms: number): Wait {
    this.waits.push(ms);
    if (this.#jumps) {
      this.#nowMs += Math.max(ms, 0);
      return { over: Promise.resolve(), cancel: () => {} };
    }
    let wake = (): void => {};
    const over = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const sleeper: Sleeper = { atMs: this.#nowMs + Math.max(ms, 0), wake };
    this.#sleepers.push(sleeper);
    return {
      over,
      cancel: () => {
        this.#sleepers = this.#sleepers.filter((each) => each !== sleeper);
        wake();
      },
    };
  }

  /** Moves the time, and wakes who has slept enough. */
  advance(ms: number): void {
    this.#nowMs += ms;
    const awake = this.#sleepers.filter(({ atMs }) => atMs <= this.#nowMs);
    this.#sleepers = this.#sleepers.filter(({ atMs }) => atMs > this.#nowMs);
    for (const sleeper of awake) sleeper.wake();
  }
}
