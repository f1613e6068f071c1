/** Something that happens again and again, and who wants to hear of it. */
export class Signal<T = void> {
  readonly #listeners = new Set<(news: T) => void>();

  /** @returns the function that ends it */
  on(listener: (news: T) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  tell(news: T): void {
    for (const listener of this.#listeners) listener(news);
  }
}
