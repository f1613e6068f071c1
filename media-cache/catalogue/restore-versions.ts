/** The accepted versions when the state file that held them is gone: from the metadata itself. */
import type { TufRoot } from "../../protocol/generated/types.ts";
import type { Crypto } from "./metadata.ts";
import { type Highest, highestOf, verifySnapshot, verifyTimestamp } from "./rules.ts";

export interface KeptMetadata {
  readonly timestamp: Uint8Array | null;
  readonly snapshot: Uint8Array | null;
}

/** Only from what still verifies under this root. */
export function restoreVersions(root: TufRoot, kept: KeptMetadata, crypto: Crypto): Highest {
  const own = { root: root.version };
  if (kept.timestamp === null) return own;
  const timestamp = verifyTimestamp(kept.timestamp, { root, highest: {}, crypto });
  if (!timestamp.ok) return own;
  const announced = timestamp.value.meta["snapshot.json"];
  const top = { ...own, timestamp: timestamp.value.version, snapshot: announced.version };
  if (kept.snapshot === null) return top;
  const snapshot = verifySnapshot(kept.snapshot, announced, { root, highest: {}, crypto });
  return snapshot.ok ? { ...top, ...highestOf(snapshot.value) } : top;
}
