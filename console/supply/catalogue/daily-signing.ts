/** The timestamp's daily signature, for whoever serves the tree and runs all the time. */
import { readKeys } from "./key-folder.ts";
import { type Released, release } from "./release.ts";
import { readTree } from "./tree.ts";
import { withTreeLock } from "./tree-lock.ts";

export interface SigningOptions {
  readonly tree: string;
  readonly keysFolder: string;
  readonly passphrase?: string | undefined;
  readonly nowMs: number;
}

/** So that a check each hour signs once a day, at about the same time. */
const SIGNED_FOR_MS = 23.5 * 3_600_000;

/** Null: it was signed within the day. @throws SupplyError, NodeJS.ErrnoException */
export async function signIfDue(options: SigningOptions): Promise<Released | null> {
  const { tree } = options;
  // Looked at without the lock first: most looks find nothing to do, and publishers go before.
  if (!(await isDue(options))) return null;
  return withTreeLock(tree, async () =>
    (await isDue(options)) ? refreshCatalogue(options) : null,
  );
}

async function isDue({ tree, nowMs }: SigningOptions): Promise<boolean> {
  const { timestamp } = await readTree(tree);
  const age = nowMs - Date.parse(timestamp["x-issued"] ?? "1970-01-01T00:00:00Z");
  // A clock that was set back signs, too: the version grows all the same.
  return age < 0 || age >= SIGNED_FOR_MS;
}

/**
 * Signs the timestamp: boxes see that the origin is alive, and learn the day. What is about to
 * expire is signed too, as far as its keys are here. @throws SupplyError
 */
export async function refreshCatalogue(options: SigningOptions): Promise<Released> {
  const { tree, nowMs } = options;
  const before = await readTree(tree);
  const keys = await readKeys(options.keysFolder, options.passphrase);
  return release({ tree, keys, nowMs, before });
}
