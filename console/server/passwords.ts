/**
 * Passwords of boxes and of people.
 *
 * A box's is 256 random bits, so one SHA-256 is enough, and cheap enough for every CONNECT of a
 * fleet. A person's is weak, so it costs: scrypt with the parameters of OWASP's cheat sheet.
 */
import { createHash, randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { newSecret } from "./keys.ts";

const SCRYPT = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 } as const;
const SCRYPT_BYTES = 32;

export const newBoxPassword = newSecret;

export function hashBoxPassword(password: string | Buffer): string {
  return createHash("sha256").update(password).digest("hex");
}

/** Equal in constant time, whatever the two are. */
export function isBoxPassword(password: string | Buffer, hash: string): boolean {
  const expected = Buffer.from(hash, "hex");
  const given = createHash("sha256").update(password).digest();
  return expected.length === given.length && timingSafeEqual(expected, given);
}

function derive(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // NFKC: the same password from another keyboard must be the same bytes.
    scrypt(password.normalize("NFKC"), salt, SCRYPT_BYTES, SCRYPT, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

/** `scrypt$<salt>$<key>`, both base64url. */
export async function hashUserPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt);
  return `scrypt$${salt.toString("base64url")}$${key.toString("base64url")}`;
}

/**
 * What a name without a user is compared with, so that the answer takes as long as for a real one.
 */
const NOBODY = `scrypt$${"A".repeat(22)}$${"A".repeat(43)}`;

export async function isUserPassword(password: string, stored: string | null): Promise<boolean> {
  const [, salt = "", key = ""] = (stored ?? NOBODY).split("$");
  const expected = Buffer.from(key, "base64url");
  const given = await derive(password, Buffer.from(salt, "base64url"));
  const same = expected.length === given.length && timingSafeEqual(expected, given);
  return same && stored !== null;
}
