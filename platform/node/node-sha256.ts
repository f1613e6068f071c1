import { createHash } from "node:crypto";
import type { Sha256 } from "../ports/sha256.ts";

export const nodeSha256: Sha256 = {
  digest(...parts) {
    const hash = createHash("sha256");
    for (const part of parts) hash.update(part);
    return hash.digest("hex");
  },
  begin() {
    const hash = createHash("sha256");
    return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest("hex") };
  },
};
