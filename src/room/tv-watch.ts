/**
 * Writes down what the TV says of itself: at the opening of a session, whenever it changes, and
 * before the close. A set that says nothing is written down as unknown; nothing is ever guessed.
 */
import { StorageError } from "../../platform/ports/storage-error.ts";
import type { TvPower, TvReading } from "../../platform/ports/tv-power.ts";
import type { SessionBook } from "./practice.ts";

export interface TvWatchOptions {
  readonly register: Pick<SessionBook, "append">;
  readonly tv: TvPower;
  log(event: string, facts?: Readonly<Record<string, unknown>>): void;
}

const NOT_ASKED: TvReading = { power: "unknown", how: "not-asked" };

export class TvWatch {
  readonly #options: TvWatchOptions;
  #last = NOT_ASKED;
  /** What was last written, of the session that is on. */
  #written: { readonly session: string; readonly power: TvReading["power"] } | null = null;

  constructor(options: TvWatchOptions) {
    this.#options = options;
  }

  /**
   * Asks the TV, and writes it down when it is news.
   * @param session that is on now; asked again after the answer, for it may have ended meanwhile
   */
  async look(session: () => string | null): Promise<void> {
    this.#last = await this.#options.tv.read();
    const id = session();
    if (id === null) return;
    const known = this.#written?.session === id ? this.#written.power : null;
    if (known !== this.#last.power) await this.#write(id, this.#last);
  }

  /** The session is about to be closed: what is known by now, without waiting for a slow set. */
  async closing(session: string): Promise<void> {
    await this.#write(session, this.#last);
  }

  async #write(session: string, { power, how }: TvReading): Promise<void> {
    this.#written = { session, power };
    const d = { session, device: "tv", power, how } as const;
    try {
      await this.#options.register.append({ k: "device", d });
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      // Evidence the less; what the broadcaster is doing must not fail for it.
      this.#options.log("tv not written", { why: error.message });
    }
  }
}
