/** A file that is whole after a power cut: the old one or the new one, never a part of one. */
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { syncFolder } from "./node-folder.ts";

export interface DurableFileOptions {
  /** Permission bits; 0o600 for what holds a secret. */
  readonly mode?: number;
}

export interface SettleOptions {
  /** Another name than `<path>.new`, in the same folder. */
  readonly aside?: string;
}

/** @throws NodeJS.ErrnoException; the old file stands then */
export async function writeDurableFile(
  path: string,
  content: string | Uint8Array,
  { mode = 0o644 }: DurableFileOptions = {},
): Promise<void> {
  await settleFile(path, async (aside) => {
    const file = await open(aside, "w", mode);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
  });
}

/**
 * `write` writes and syncs a file beside the final one; it gets its name when it is whole.
 * @throws NodeJS.ErrnoException and what `write` throws; nothing is left behind then
 */
export async function settleFile(
  path: string,
  write: (aside: string) => Promise<void>,
  { aside = `${path}.new` }: SettleOptions = {},
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  try {
    await write(aside);
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}
