/** The trust state in memory and, before anybody acts on it, on the disk. */
import {
  firstState,
  type GenerationStore,
  readTrustState,
  type TrustState,
} from "./trust-state.ts";

export class TrustKeeper {
  readonly #store: GenerationStore;
  #state: TrustState;
  /** Both generations were there and neither could be read: an alarm, not a first start. */
  readonly isLost: boolean;

  private constructor(store: GenerationStore, state: TrustState, isLost: boolean) {
    this.#store = store;
    this.#state = state;
    this.isLost = isLost;
  }

  /** Null: a newer program wrote it, and nothing may be touched. */
  static async open(store: GenerationStore, programFloorMs: number): Promise<TrustKeeper | null> {
    const { newest, damaged } = await store.load();
    const first = firstState(programFloorMs);
    if (newest === null) return new TrustKeeper(store, first, damaged > 0);
    const reading = readTrustState(newest.body, programFloorMs);
    if (reading.kind === "newer") return null;
    return reading.kind === "good"
      ? new TrustKeeper(store, reading.state, false)
      : new TrustKeeper(store, first, true);
  }

  get state(): TrustState {
    return this.#state;
  }

  /** Durable when it resolves. @throws StorageError; nothing has changed then */
  async change(changes: Partial<TrustState>): Promise<void> {
    const next = { ...this.#state, ...changes };
    if (JSON.stringify(next) === JSON.stringify(this.#state)) return;
    await this.#store.save(next);
    this.#state = next;
  }
}
