/**
 * Whether a message was signed by the owner of a key: ECDSA on P-256 with SHA-256, the signature
 * as IEEE P1363 (r and s, 64 bytes) in base64url without padding.
 *
 * - G1. Says true only for a signature over exactly these bytes by exactly this key.
 * - G2. Never throws: a key or a signature that is not one vouches for nothing.
 */
export interface SignatureVerifier {
  /** @param publicKeyPem SubjectPublicKeyInfo, PEM */
  verify(publicKeyPem: string, message: Uint8Array, signatureBase64url: string): boolean;
}
