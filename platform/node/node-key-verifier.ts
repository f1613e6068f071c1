import { Buffer } from "node:buffer";
import { constants, createPublicKey, type KeyObject, verify } from "node:crypto";
import type { CatalogueKey, KeyVerifier } from "../ports/key-verifier.ts";

export interface KeyVerifierOptions {
  /** RSASSA-PSS with SHA-256 too: other people's repositories use it, ours does not. */
  readonly withRsa?: boolean;
}

type Check = (key: CatalogueKey, message: Uint8Array, signature: Uint8Array) => boolean;

const HEX = /^([0-9a-f]{2})+$/i;
const ED25519_BYTES = 32;

/** Also the older name of the same kind, which some repositories still write. */
const ECDSA_KINDS = ["ecdsa/ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256/ecdsa-sha2-nistp256"];

export function nodeKeyVerifier({ withRsa = false }: KeyVerifierOptions = {}): KeyVerifier {
  const checks = new Map<string, Check>(ECDSA_KINDS.map((kind) => [kind, checkEcdsa]));
  checks.set("ed25519/ed25519", checkEd25519);
  if (withRsa) checks.set("rsa/rsassa-pss-sha256", checkRsa);
  return {
    verify(key, message, signatureHex) {
      const check = checks.get(`${key.keytype}/${key.scheme}`);
      if (check === undefined || !HEX.test(signatureHex)) return false;
      try {
        return check(key, message, Buffer.from(signatureHex, "hex"));
      } catch {
        // Not a key, or not a signature: it vouches for nothing (Y2).
        return false;
      }
    },
  };
}

const checkEcdsa: Check = ({ keyval }, message, signature) => {
  const key = createPublicKey(keyval.public);
  if (key.asymmetricKeyDetails?.namedCurve !== "prime256v1") return false;
  return verify("sha256", message, key, signature);
};

const checkEd25519: Check = ({ keyval }, message, signature) =>
  verify(null, message, ed25519Key(keyval.public), signature);

/** RFC 8037: an Ed25519 key as a JSON web key. */
function ed25519Key(hex: string): KeyObject {
  const bytes = HEX.test(hex) ? Buffer.from(hex, "hex") : Buffer.alloc(0);
  if (bytes.length !== ED25519_BYTES) throw new TypeError("not an Ed25519 key");
  const jwk = { kty: "OKP", crv: "Ed25519", x: bytes.toString("base64url") };
  return createPublicKey({ key: jwk, format: "jwk" });
}

const checkRsa: Check = ({ keyval }, message, signature) => {
  const key = createPublicKey(keyval.public);
  if (key.asymmetricKeyType !== "rsa") return false;
  const { RSA_PKCS1_PSS_PADDING: padding, RSA_PSS_SALTLEN_AUTO: saltLength } = constants;
  return verify("sha256", message, { key, padding, saltLength }, signature);
};
