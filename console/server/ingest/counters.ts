/** What was turned away, by reason: strangers' messages are counted, and logged now and then. */
import type { Log } from "../log.ts";

/** A flood of one kind of garbage must not become a flood of log lines. */
const LOG_EVERY = 100;

export class Counters {
  readonly #counts = new Map<string, number>();
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  count(why: string, subject: string): void {
    const count = (this.#counts.get(why) ?? 0) + 1;
    this.#counts.set(why, count);
    if (count % LOG_EVERY === 1) this.#log.warn("turned-away", { why, subject, count });
  }

  /** By reason, for health and tests. */
  all(): Record<string, number> {
    return Object.fromEntries(this.#counts);
  }
}
