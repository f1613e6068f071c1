/**
 * The county's signing key, and its other secrets. They are made once and lie in `<data>/keys`,
 * 0600. Boxes pin the public key when they are enrolled.
 */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeDurableFile } from "../../platform/node/node-durable-file.ts";
import type { Signed } from "../../protocol/generated/types.ts";
import { fingerprintOf } from "./import/fingerprint.ts";
import type { SealingKey } from "./import/open-export.ts";

/** Name of the first key; a second one gets another name when keys are rotated. */
const KEY_NAME = "c1";

export interface SigningKey {
  readonly kid: string;
  /** SubjectPublicKeyInfo, PEM. */
  readonly publicPem: string;
  /** Seals one message: the signature is over the exact text that is sent. */
  seal(message: object): Signed;
}

/** The key that boxes seal their exports for: never the one that signs. */
export async function openSealingKey(folder: string): Promise<CountySealingKey> {
  const privateKey = await openKey(join(folder, "seal-key.pem"));
  const publicKey = createPublicKey(privateKey);
  const der = publicKey.export({ type: "spki", format: "der" });
  return {
    privateKey,
    publicPem: publicKey.export({ type: "spki", format: "pem" }) as string,
    fingerprint: fingerprintOf(der.toString("base64url")),
  };
}

export interface CountySealingKey extends SealingKey {
  /** SubjectPublicKeyInfo, PEM. */
  readonly publicPem: string;
}

async function openKey(path: string): Promise<KeyObject> {
  const make = () => generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
  const pem = () => make().export({ type: "pkcs8", format: "pem" }) as string;
  return createPrivateKey(await readOrMake(path, pem));
}

export async function openSigningKey(folder: string): Promise<SigningKey> {
  const key = await openKey(join(folder, "county-key.pem"));
  const publicPem = createPublicKey(key).export({ type: "spki", format: "pem" }) as string;
  return {
    kid: KEY_NAME,
    publicPem,
    seal(message) {
      const m = JSON.stringify(message);
      const signature = sign("sha256", Buffer.from(m), { key, dsaEncoding: "ieee-p1363" });
      return { m, kid: KEY_NAME, sig: signature.toString("base64url") };
    },
  };
}

/** A random word of 32 bytes that stays the same from start to start. */
export async function openSecret(folder: string, name: string): Promise<string> {
  const text = await readOrMake(join(folder, name), () => `${newSecret()}\n`);
  return text.trim();
}

export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

async function readOrMake(path: string, make: () => string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const made = make();
  await writeDurableFile(path, made, { mode: 0o600 });
  return made;
}
