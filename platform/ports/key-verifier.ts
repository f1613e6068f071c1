/**
 * Whether a signature of the catalogue's metadata is that of a key (docs/formats/catalogue.md,
 * Keys and signatures).
 *
 * - Y1. Says true only for a signature over exactly these bytes by exactly this key.
 * - Y2. Never throws: a key of an unknown kind, or what is no signature, vouches for nothing.
 */
export interface KeyVerifier {
  verify(key: CatalogueKey, message: Uint8Array, signatureHex: string): boolean;
}

export interface CatalogueKey {
  readonly keytype: string;
  readonly scheme: string;
  /** `public`: PEM, or hex for Ed25519. */
  readonly keyval: { readonly public: string };
}
