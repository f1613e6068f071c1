/** How people compare a key: docs/formats/register-export.md. */
import { createHash } from "node:crypto";

/** @param key SubjectPublicKeyInfo, DER, base64url */
export function fingerprintOf(key: string): string {
  const digest = createHash("sha256").update(Buffer.from(key, "base64url")).digest("hex");
  return digest.slice(0, 16).replace(/(.{4})(?=.)/g, "$1-");
}
