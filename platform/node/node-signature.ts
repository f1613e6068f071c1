import { Buffer } from "node:buffer";
import { createPublicKey, verify } from "node:crypto";
import type { SignatureVerifier } from "../ports/signature.ts";

const SIGNATURE_BYTES = 64;

export const nodeSignatureVerifier: SignatureVerifier = {
  verify(publicKeyPem, message, signatureBase64url) {
    try {
      const key = createPublicKey(publicKeyPem);
      if (key.asymmetricKeyDetails?.namedCurve !== "prime256v1") return false;
      const signature = Buffer.from(signatureBase64url, "base64url");
      if (signature.length !== SIGNATURE_BYTES) return false;
      return verify("sha256", message, { key, dsaEncoding: "ieee-p1363" }, signature);
    } catch {
      // Not a key, or not a signature: it vouches for nothing (G2).
      return false;
    }
  },
};
