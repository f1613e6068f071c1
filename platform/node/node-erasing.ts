/**
 * Files whose content must be gone: overwritten before they are given back to the file system.
 * What a flash controller keeps of old blocks is beyond a program's reach.
 */
import { constants } from "node:fs";
import { open, readdir, rename, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { syncFolder } from "./node-folder.ts";

const CHUNK_BYTES = 65_536;

/** One that is not there is no error. @throws NodeJS.ErrnoException */
export async function eraseFile(path: string): Promise<void> {
  const file = await openIfThere(path);
  if (file === null) return;
  try {
    await overwrite(file);
  } finally {
    await file.close();
  }
  await unlink(path);
  await syncFolder(dirname(path));
}

type OpenFile = Awaited<ReturnType<typeof open>>;

/** Never through a link: what it points at is somebody else's. */
async function openIfThere(path: string): Promise<OpenFile | null> {
  try {
    return await open(path, constants.O_RDWR | constants.O_NOFOLLOW);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

async function overwrite(file: OpenFile): Promise<void> {
  const { size } = await file.stat();
  const zeros = new Uint8Array(CHUNK_BYTES);
  for (let at = 0; at < size; at += CHUNK_BYTES) {
    await file.write(zeros, 0, Math.min(CHUNK_BYTES, size - at), at);
  }
  await file.sync();
}

/**
 * The new content is durable under the name first; then the old one is overwritten through the
 * handle that still holds it, and so are files beside it that begin with its name.
 * @throws NodeJS.ErrnoException
 */
export async function replaceFile(path: string, content: Uint8Array): Promise<void> {
  const folder = dirname(path);
  const name = basename(path);
  // What an earlier write left behind may be an earlier generation.
  const beside = await listNames(folder, (other) => other.startsWith(`${name}.`));
  for (const other of beside) await eraseFile(join(folder, other));
  const old = await openIfThere(path);
  try {
    await writeAside(`${path}.new`, content);
    await rename(`${path}.new`, path);
    await syncFolder(folder);
    if (old !== null) await overwrite(old);
  } finally {
    await old?.close();
  }
}

async function writeAside(path: string, content: Uint8Array): Promise<void> {
  const file = await open(path, "w", 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Names in a folder; none when there is no folder. */
export async function listNames(
  folder: string,
  isWanted: (name: string) => boolean,
): Promise<string[]> {
  try {
    return (await readdir(folder)).filter(isWanted).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
