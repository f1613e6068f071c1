import * as crypto from "node:crypto";
import type { Sha256 } from "../ports/sha256.ts";

/** One call into OpenSSL instead of four; Node 18 on the boxes has no such function yet. */
const oneShot = (crypto as { readonly hash?: typeof crypto.hash }).hash;

export const nodeSha256: Sha256 = {
  digest(...parts) {
    const [first] = parts;
    if (oneShot !== undefined && parts.length === 1 && first !== undefined) {
      return oneShot("sha256", first);
    }
    const hash = crypto.createHash("sha256");
    for (const part of parts) hash.update(part);
    return hash.digest("hex");
  },
  begin() {
    const hash = crypto.createHash("sha256");
    return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest("hex") };
  },
};
