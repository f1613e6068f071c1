/** A small file that is whole after a power cut: the old one or the new one. */
import { mkdir, open, rename } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Temp file, fsync, rename, fsync of the folder; 0600 unless told. @throws NodeJS.ErrnoException
 */
export async function writeDurableFile(path: string, text: string, mode = 0o600): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const aside = `${path}.new`;
  const file = await open(aside, "w", mode);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(aside, path);
  const folder = await open(dirname(path), "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
