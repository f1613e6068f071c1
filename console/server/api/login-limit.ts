/**
 * Slows down whoever guesses passwords: after a few failures of one name or one address, each
 * further try must wait longer. Pure but for the table it keeps.
 */

const FREE_TRIES = 5;
const WAIT_FIRST_MS = 2000;
const WAIT_MAX_MS = 5 * 60_000;
const FORGET_AFTER_MS = 15 * 60_000;
/** Guesses under ever new names must not fill the memory. */
const ENTRIES_MAX = 10_000;

interface Entry {
  readonly failures: number;
  readonly lastAtMs: number;
}

export class LoginLimit {
  readonly #entries = new Map<string, Entry>();

  /** How long these names must still wait; 0: they may try. */
  waitMs(names: readonly string[], nowMs: number): number {
    return Math.max(0, ...names.map((name) => this.#waitOf(name, nowMs)));
  }

  failed(names: readonly string[], nowMs: number): void {
    if (this.#entries.size > ENTRIES_MAX) this.#forget(nowMs);
    for (const name of names) {
      const failures = (this.#current(name, nowMs)?.failures ?? 0) + 1;
      this.#entries.set(name, { failures, lastAtMs: nowMs });
    }
  }

  succeeded(names: readonly string[]): void {
    for (const name of names) this.#entries.delete(name);
  }

  #current(name: string, nowMs: number): Entry | undefined {
    const entry = this.#entries.get(name);
    return entry && nowMs - entry.lastAtMs < FORGET_AFTER_MS ? entry : undefined;
  }

  #waitOf(name: string, nowMs: number): number {
    const entry = this.#current(name, nowMs);
    if (entry === undefined || entry.failures < FREE_TRIES) return 0;
    const waitMs = Math.min(WAIT_FIRST_MS * 2 ** (entry.failures - FREE_TRIES), WAIT_MAX_MS);
    return Math.max(0, entry.lastAtMs + waitMs - nowMs);
  }

  #forget(nowMs: number): void {
    for (const name of this.#entries.keys()) {
      if (this.#current(name, nowMs) === undefined) this.#entries.delete(name);
    }
    if (this.#entries.size > ENTRIES_MAX) this.#entries.clear();
  }
}
