/** The box's own key: what it signs, and how people compare it. docs/formats/register-export.md */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from "node:crypto";
import { readFile } from "node:fs/promises";
import { writeDurableFile } from "./node-durable-file.ts";

export interface BoxKey {
  /** SubjectPublicKeyInfo, DER, base64url. */
  readonly publicKey: string;
  /** ECDSA P-256 / SHA-256, IEEE P1363, base64url. */
  sign(text: string): string;
}

/** Null: this box has never started with a program that makes keys. */
export async function loadBoxKey(path: string): Promise<BoxKey | null> {
  try {
    return toBoxKey(createPrivateKey(await readFile(path)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

export async function openBoxKey(path: string): Promise<BoxKey> {
  const known = await loadBoxKey(path);
  if (known !== null) return known;
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const pem = privateKey.export({ type: "pkcs8", format: "pem" });
  await writeDurableFile(path, pem, { mode: 0o600 });
  return toBoxKey(privateKey);
}

function toBoxKey(key: KeyObject): BoxKey {
  const der = createPublicKey(key).export({ type: "spki", format: "der" });
  return {
    publicKey: der.toString("base64url"),
    sign: (text) =>
      sign("sha256", Buffer.from(text), { key, dsaEncoding: "ieee-p1363" }).toString("base64url"),
  };
}

/** @param publicKey as in `BoxKey` */
export function fingerprintOf(publicKey: string): string {
  const digest = createHash("sha256").update(Buffer.from(publicKey, "base64url")).digest("hex");
  return digest.slice(0, 16).replace(/(.{4})(?=.)/g, "$1-");
}
