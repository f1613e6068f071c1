/**
 * SHA-256 (FIPS 180-4), synchronous: the journal hashes a record between two writes.
 * Digests are 64 lower-case hex digits.
 */
export interface Sha256 {
  digest(...parts: readonly Uint8Array[]): string;
  /** A rolling hash for what does not fit in memory. `digest` may be called once. */
  begin(): { update(bytes: Uint8Array): void; digest(): string };
}
