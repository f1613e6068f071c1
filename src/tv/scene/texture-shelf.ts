/**
 * Textures by what they show, so that nothing is drawn and uploaded twice: a focus that goes back,
 * a page turned back. Those of the picture stay (T1); of the others the last ones do, and all else
 * is let go at once (T2): after any number of screens there are as many as before.
 */
export interface TextureShelfOptions<Texture> {
  /** Pixels of it that are in the graphics' memory; 0 while it is not loaded. */
  pixelsOf(texture: Texture): number;
  free(texture: Texture): void;
  /** Textures that are in no picture: so many, with so many pixels, are kept. */
  readonly spareCount: number;
  readonly sparePixels: number;
}

export class TextureShelf<Texture> {
  readonly #options: TextureShelfOptions<Texture>;
  /** What was wanted last stands last. */
  readonly #kept = new Map<string, Texture>();

  constructor(options: TextureShelfOptions<Texture>) {
    this.#options = options;
  }

  take(key: string, make: () => Texture): Texture {
    const texture = this.#kept.get(key) ?? make();
    this.#kept.delete(key);
    this.#kept.set(key, texture);
    return texture;
  }

  /** @param used the keys of what the picture shows now */
  tidy(used: ReadonlySet<string>): void {
    const { pixelsOf, free, spareCount, sparePixels } = this.#options;
    const spare = [...this.#kept].filter(([key]) => !used.has(key)).reverse();
    let pixels = 0;
    spare.forEach(([key, texture], index) => {
      pixels += pixelsOf(texture);
      if (index < spareCount && pixels <= sparePixels) return;
      this.#kept.delete(key);
      free(texture);
    });
  }
}
