/**
 * The box's link to its county: connects, again and again, each time with a new client and a new
 * link number. What happens on one connection is `county-connection.ts`.
 *
 * - U1. A failed attempt is never the last one.
 * - U2. The waiting time grows to the county's window, and falls back only after a stable link.
 */
import { backOffMs } from "./back-off.ts";
import { type ConnectionEnd, CountyConnection } from "./county-connection.ts";
import type { CountyLinkOptions, CountyState } from "./county-ports.ts";
import { CountyTime } from "./county-time.ts";

const WINDOW_MS = 300_000;
/** A link that lasted this long was no accident. */
const STABLE_MS = 60_000;

export interface CountyLink {
  stop(): Promise<void>;
}

export function startCountyLink(options: CountyLinkOptions): CountyLink {
  const loop = new LinkLoop(options);
  void loop.run();
  return { stop: () => loop.stop() };
}

const NOT_CONNECTED = { connected: false, reporting: false } as const;

class LinkLoop {
  readonly #options: CountyLinkOptions;
  #connection: CountyConnection | null = null;
  #state: CountyState = { ...NOT_CONNECTED, backlog: 0, clockOffsetMs: null, forked: false };
  /** Over all connections: what was sent on one may be acknowledged on the next. */
  readonly #time = new CountyTime();
  #stopping = false;
  #attempt = 0;
  #windowMs = WINDOW_MS;
  #wake: () => void = () => {};

  constructor(options: CountyLinkOptions) {
    this.#options = options;
  }

  async run(): Promise<void> {
    while (!this.#stopping) {
      const startedAtMs = this.#options.clock.bootMs();
      const end = await this.#connectOnce();
      this.#tell({ ...this.#state, ...NOT_CONNECTED });
      if (this.#stopping) return;
      if (end.windowMs !== null) this.#windowMs = end.windowMs;
      if (this.#options.clock.bootMs() - startedAtMs > STABLE_MS) this.#attempt = 0;
      await this.#pause(this.#nextDelayMs());
    }
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#wake();
    await this.#connection?.stop();
  }

  async #connectOnce(): Promise<ConnectionEnd> {
    try {
      const link = await this.#options.linkCounter.next();
      this.#connection = new CountyConnection(
        { ...this.#options, onState: this.#tell, time: this.#time },
        link,
      );
      const end = await this.#connection.ended;
      this.#options.log("county link ended", { why: end.why });
      return end;
    } catch (error) {
      // The counter could not be written (full disk): without it no will can be told from another.
      this.#options.log("county link not possible", { why: String(error) });
      return { why: "no counter", windowMs: null };
    } finally {
      this.#connection = null;
    }
  }

  #nextDelayMs(): number {
    const [byte = 0, more = 0] = this.#options.random.bytes(2);
    const delayMs = backOffMs(this.#attempt, this.#windowMs, (byte * 256 + more) / 65_536);
    this.#attempt += 1;
    return delayMs;
  }

  #pause(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, delayMs);
      timer.unref();
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  readonly #tell = (state: CountyState): void => {
    this.#state = state;
    this.#options.onState(state);
  };
}
