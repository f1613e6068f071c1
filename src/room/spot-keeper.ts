/** Saves the spot: at once when something was decided, else at most every three seconds. */
import { encodeSpot, newestSpot, type Spot, type SpotStore } from "./spot.ts";

/** A power cut then costs at most this much film (the promise is 5 s). */
const SAVE_EVERY_MS = 3000;

export class SpotKeeper {
  readonly #store: SpotStore;
  readonly #log: (event: string, facts?: Readonly<Record<string, unknown>>) => void;
  #generation = 0;
  #savedAtBootMs = Number.NEGATIVE_INFINITY;
  #saving: Promise<void> | null = null;
  #waiting: Spot | null = null;

  constructor(
    store: SpotStore,
    log: (event: string, facts?: Readonly<Record<string, unknown>>) => void,
  ) {
    this.#store = store;
    this.#log = log;
  }

  async load(): Promise<Spot | null> {
    const spot = newestSpot(await this.#store.load());
    this.#generation = spot?.generation ?? 0;
    return spot;
  }

  /** @param urgent a decision, not just the film going on */
  save(spot: Omit<Spot, "generation">, bootMs: number, urgent: boolean): void {
    if (!urgent && bootMs - this.#savedAtBootMs < SAVE_EVERY_MS) return;
    this.#savedAtBootMs = bootMs;
    this.#generation += 1;
    this.#waiting = { ...spot, generation: this.#generation };
    this.#saving ??= this.#drain();
  }

  /** One write at a time; of those that wait, only the newest is worth writing. */
  async #drain(): Promise<void> {
    for (let spot = this.#waiting; spot !== null; spot = this.#waiting) {
      this.#waiting = null;
      try {
        await this.#store.save(spot.generation % 2, encodeSpot(spot));
      } catch (error) {
        // The other generation stands; the journal, which matters, reports a full disk itself.
        this.#log("spot not saved", { why: String(error) });
      }
    }
    this.#saving = null;
  }

  async flush(): Promise<void> {
    await this.#saving;
  }
}
