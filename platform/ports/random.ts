/**
 * Unpredictable bytes, for identities and tokens. A fake is seeded, so that a run can be replayed.
 */
export interface Random {
  bytes(count: number): Uint8Array;
}
