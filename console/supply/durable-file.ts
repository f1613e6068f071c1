/** A file that is whole after a power cut: the old one or the new one, never a part of one. */
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

export interface DurableFileOptions {
  /** 0600 unless told. */
  readonly mode?: number;
  /** Of folders that have to be made for it. */
  readonly folderMode?: number;
}

export interface SettleOptions extends Pick<DurableFileOptions, "folderMode"> {
  /** Another name than `<path>.new`, in the same folder. */
  readonly aside?: string;
}

/** @throws NodeJS.ErrnoException; the old file stands then */
export async function writeDurableFile(
  path: string,
  content: string | Uint8Array,
  { mode = 0o600, folderMode = 0o700 }: DurableFileOptions = {},
): Promise<void> {
  await settleFile(path, { folderMode }, async (aside) => {
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
  { folderMode = 0o700, aside = `${path}.new` }: SettleOptions,
  write: (aside: string) => Promise<void>,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: folderMode });
  try {
    await write(aside);
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
