/**
 * Opens what a box wrote onto a stick, and believes it only when seal, signature and sum fit:
 * docs/formats/register-export.md.
 */
import {
  createDecipheriv,
  createHash,
  createPublicKey,
  diffieHellman,
  hkdfSync,
  type KeyObject,
  verify,
} from "node:crypto";
import { gunzipSync } from "node:zlib";
import { parseJson } from "../../../protocol/envelope.ts";
import type { SealedHead } from "../../../protocol/generated/types.ts";
import { isSealedHead } from "../../../protocol/generated/validators.js";
import { exportStatement, HEAD_BYTES_MAX, SEALED_SCHEMA } from "../../../protocol/sealed-export.ts";

/** A register of ten years; a bomb of zeros ends here. */
const PLAIN_BYTES_MAX = 256 * 1024 * 1024;
const KEY_BYTES = 32;

export type ExportFault = "not-export" | "damaged" | "other-county";

export type OpenedExport =
  | { readonly ok: true; readonly head: SealedHead; readonly plain: string }
  | { readonly ok: false; readonly why: ExportFault };

export interface SealingKey {
  /** Fingerprint of the public half. */
  readonly fingerprint: string;
  readonly privateKey: KeyObject;
}

export function openExport(file: Buffer, ours: SealingKey): OpenedExport {
  const end = file.subarray(0, HEAD_BYTES_MAX).indexOf(0x0a);
  const head = end < 0 ? null : parseJson(file.toString("utf8", 0, end))?.value;
  if (!isSealedHead(head)) return { ok: false, why: "not-export" };
  if (head.seal !== null && head.seal.to !== ours.fingerprint) {
    return { ok: false, why: "other-county" };
  }
  try {
    const plain = unseal(file.subarray(end + 1), head, ours);
    return isSigned(head, plain)
      ? { ok: true, head, plain: plain.toString("utf8") }
      : { ok: false, why: "damaged" };
  } catch {
    // Cut off or altered: neither the cipher, nor gzip, nor a key says more than that.
    return { ok: false, why: "damaged" };
  }
}

function statementOf({ box, sha256, seal }: SealedHead): Buffer {
  return Buffer.from(exportStatement({ box, sha256, to: seal?.to ?? null }));
}

function unseal(body: Buffer, head: SealedHead, { privateKey }: SealingKey): Buffer {
  const limits = { maxOutputLength: PLAIN_BYTES_MAX };
  const { seal } = head;
  if (seal === null) return gunzipSync(body, limits);
  const bytes = (text: string) => Buffer.from(text, "base64url");
  const epk = bytes(seal.epk);
  const publicKey = createPublicKey({ key: epk, type: "spki", format: "der" });
  const secret = diffieHellman({ privateKey, publicKey });
  const key = Buffer.from(hkdfSync("sha256", secret, epk, SEALED_SCHEMA, KEY_BYTES));
  const cipher = createDecipheriv("aes-256-gcm", key, bytes(seal.iv), { authTagLength: 16 });
  cipher.setAAD(statementOf(head)).setAuthTag(bytes(seal.tag));
  return gunzipSync(Buffer.concat([cipher.update(body), cipher.final()]), limits);
}

function isSigned(head: SealedHead, plain: Buffer): boolean {
  if (createHash("sha256").update(plain).digest("hex") !== head.sha256) return false;
  const spki = { key: Buffer.from(head.key, "base64url"), type: "spki", format: "der" } as const;
  const key = { key: createPublicKey(spki), dsaEncoding: "ieee-p1363" } as const;
  return verify("sha256", statementOf(head), key, Buffer.from(head.sig, "base64url"));
}
