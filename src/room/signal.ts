/** Something that happens again and again, and who wants to hear of it. */
export class Signal {
  readonly #listeners = new Set<() => void>();

  /** @returns the function that ends it */
  on(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
