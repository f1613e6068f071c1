/** Signs an export with the box's key, and seals it for the county: register-export.md. */
import {
  createCipheriv,
  createHash,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
} from "node:crypto";
import { gzipSync } from "node:zlib";
import { type BoxKey, fingerprintOf } from "../../platform/node/node-box-key.ts";
import type { SealedHead } from "../../protocol/generated/types.ts";
import { exportStatement, SEALED_SCHEMA } from "../../protocol/sealed-export.ts";

export interface SealOptions {
  readonly box: string;
  readonly key: BoxKey;
  /** The county's sealing key, PEM; null: not known, the file stays open. */
  readonly countyPem: string | null;
}

const IV_BYTES = 12;
const KEY_BYTES = 32;

export function sealExport(plain: string, { box, key, countyPem }: SealOptions): Uint8Array {
  const sha256 = createHash("sha256").update(plain).digest("hex");
  const county = countyPem === null ? null : createPublicKey(countyPem);
  const to =
    county === null
      ? null
      : fingerprintOf(county.export({ type: "spki", format: "der" }).toString("base64url"));
  const statement = exportStatement({ box, sha256, to });
  const sealed = seal(gzipSync(plain), { county, to, statement });
  const head: SealedHead = {
    schema: SEALED_SCHEMA,
    box,
    key: key.publicKey,
    sha256,
    sig: key.sign(statement),
    seal: sealed.seal,
  };
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), sealed.body]);
}

interface Recipient {
  readonly county: ReturnType<typeof createPublicKey> | null;
  readonly to: string | null;
  readonly statement: string;
}

function seal(
  body: Uint8Array,
  { county, to, statement }: Recipient,
): { readonly body: Uint8Array; readonly seal: SealedHead["seal"] } {
  if (county === null || to === null) return { body, seal: null };
  const ours = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const epk = ours.publicKey.export({ type: "spki", format: "der" });
  const secret = diffieHellman({ privateKey: ours.privateKey, publicKey: county });
  const key = Buffer.from(hkdfSync("sha256", secret, epk, SEALED_SCHEMA, KEY_BYTES));
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(statement));
  const sealed = Buffer.concat([cipher.update(body), cipher.final()]);
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");
  return {
    body: sealed,
    seal: { to, epk: text(epk), iv: text(iv), tag: text(cipher.getAuthTag()) },
  };
}
