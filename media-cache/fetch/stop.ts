/** One reason to stop, heard by everything that waits. */
export interface StopSignal {
  readonly stopped: boolean;
  /** Called once when it stops, at once when it has. Answers how to stop listening. */
  onStop(act: () => void): () => void;
}

export class Stop implements StopSignal {
  readonly #listeners = new Set<() => void>();
  #stopped = false;

  get stopped(): boolean {
    return this.#stopped;
  }

  stop(): void {
    this.#stopped = true;
    for (const act of [...this.#listeners]) act();
    this.#listeners.clear();
  }

  onStop(act: () => void): () => void {
    if (this.#stopped) act();
    else this.#listeners.add(act);
    return () => this.#listeners.delete(act);
  }
}
