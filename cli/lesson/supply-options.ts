/** What `lesson publish` and `lesson keys` have in common. */
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { SupplyError } from "../../console/supply/catalogue/supply-error.ts";
import { withTreeLock } from "../../console/supply/catalogue/tree-lock.ts";
import { NodeClock } from "../../platform/node/node-clock.ts";
import { sayingErrors } from "./say-error.ts";

export interface SupplyCommandOptions {
  readonly tree: string;
  readonly keys: string;
  readonly passphraseFile?: string;
  readonly json?: true;
}

export interface Supply {
  readonly tree: string;
  readonly keysFolder: string;
  readonly passphrase: string | undefined;
  readonly nowMs: number;
}

/** Runs under the tree's lock; what a person must see to is said, with exit code 1. */
export function supplying(
  options: SupplyCommandOptions,
  act: (supply: Supply) => Promise<void>,
): Promise<void> {
  return sayingErrors(async () => {
    const { passphraseFile: file } = options;
    const text = file === undefined ? undefined : await readFile(file, "utf8");
    const supply = {
      tree: resolve(options.tree),
      keysFolder: resolve(options.keys),
      passphrase: text?.trim(),
      nowMs: new NodeClock().wallUnixMs(),
    };
    try {
      await withTreeLock(supply.tree, () => act(supply));
    } catch (error) {
      if (!(error instanceof SupplyError)) throw error;
      process.stderr.write(`${error.message}\n`);
      process.exitCode = 1;
    }
  });
}
