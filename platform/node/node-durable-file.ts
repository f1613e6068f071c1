/** A small file that is whole after a power cut: the old one or the new one, never half of it. */
import { mkdir, open, rename } from "node:fs/promises";
import { dirname } from "node:path";
import { syncFolder } from "./node-folder.ts";

export interface DurableFileOptions {
  /** Permission bits; 0o600 for what holds a secret. */
  readonly mode?: number;
}

/** Temp file, fsync, rename, fsync of the folder. @throws NodeJS.ErrnoException */
export async function writeDurableFile(
  path: string,
  content: string | Uint8Array,
  { mode = 0o644 }: DurableFileOptions = {},
): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  const aside = `${path}.new`;
  const file = await open(aside, "w", mode);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(aside, path);
  await syncFolder(folder);
}
