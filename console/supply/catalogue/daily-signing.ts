/** The timestamp's daily signature, for whoever serves the tree and runs all the time. */
import { refreshCatalogue } from "./publish.ts";
import type { Released } from "./release.ts";
import { readTree } from "./tree.ts";
import { withTreeLock } from "./tree-lock.ts";

export interface DailySigningOptions {
  readonly tree: string;
  readonly keysFolder: string;
  readonly nowMs: number;
}

/** So that a check each hour signs once a day, at about the same time. */
const SIGNED_FOR_MS = 23.5 * 3_600_000;

/** Null: it was signed within the day. @throws SupplyError, NodeJS.ErrnoException */
export async function signIfDue(options: DailySigningOptions): Promise<Released | null> {
  const { tree, nowMs } = options;
  return withTreeLock(tree, async () => {
    const { timestamp } = await readTree(tree);
    const age = nowMs - Date.parse(timestamp["x-issued"] ?? "1970-01-01T00:00:00Z");
    // A clock that was set back signs, too: the version grows all the same.
    return age >= 0 && age < SIGNED_FOR_MS ? null : refreshCatalogue(options);
  });
}
