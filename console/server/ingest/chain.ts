/** The journal's chain with Node's hash; its rule is `protocol/chain.ts`. */
import { createHash } from "node:crypto";
import { chainNext, chainStart } from "../../../protocol/chain.ts";
import type { Chain } from "./check-batch.ts";

function sha256(...parts: readonly Uint8Array[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}

export const journalChain: Chain = {
  start: (box, epoch) => chainStart(sha256, box, epoch),
  next: (previous, json) => chainNext(sha256, previous, Buffer.from(json, "utf8")),
};
