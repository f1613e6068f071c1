import { createHash } from "node:crypto";
import type { Dirent } from "node:fs";
import { constants, type FileHandle, lstat, open, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { BlobDigest, BlobDisk, BlobStat } from "../ports/blob-disk.ts";
import { StorageError } from "../ports/storage-error.ts";
import { codeOf, guardStorage } from "./guard-storage.ts";
import { writeDurableFile } from "./node-durable-file.ts";
import { makeDurableFolder, syncFolder } from "./node-folder.ts";

const CHUNK_BYTES = 1024 * 1024;
/** So that a slow flash is not handed hundreds of megabytes at the end. */
const SYNC_EVERY_BYTES = 4 * CHUNK_BYTES;

/** `BlobDisk` over the file system of the operating system. */
export class NodeBlobDisk implements BlobDisk {
  list(folder: string): Promise<string[]> {
    return guardStorage(folder, () => listFiles(folder, ""));
  }

  stat(path: string): Promise<BlobStat | null> {
    return guardStorage(path, () => statFile(path));
  }

  read(path: string): Promise<Uint8Array | null> {
    return guardStorage(path, () => withFile(path, (file) => file.readFile()));
  }

  hash(path: string): Promise<BlobDigest | null> {
    return guardStorage(path, () =>
      withFile(path, (file) => readThrough(file, () => Promise.resolve())),
    );
  }

  copy(from: string, to: string, expected: BlobDigest): Promise<BlobDigest> {
    return guardStorage(to, () => copyFile(from, to, expected));
  }

  write(path: string, bytes: Uint8Array): Promise<void> {
    return guardStorage(path, async () => {
      await makeDurableFolder(dirname(path));
      await writeDurableFile(path, bytes);
    });
  }

  moveAside(path: string, folder: string): Promise<void> {
    return guardStorage(path, () => moveFile(path, folder));
  }
}

async function listFiles(folder: string, under: string): Promise<string[]> {
  const paths: string[] = [];
  for (const entry of await entriesOf(join(folder, under))) {
    const path = under === "" ? entry.name : `${under}/${entry.name}`;
    if (entry.isDirectory()) paths.push(...(await listFiles(folder, path)));
    else if (entry.isFile()) paths.push(path);
  }
  return paths.sort();
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  return (await orNull(readdir(folder, { withFileTypes: true }))) ?? [];
}

async function statFile(path: string): Promise<BlobStat | null> {
  const stats = await orNull(lstat(path, { bigint: true }));
  if (stats === null || !stats.isFile()) return null;
  // The change time is set by the kernel alone: also what puts an old mtime back moves it.
  return { bytes: Number(stats.size), stamp: `${stats.ino}-${stats.size}-${stats.ctimeNs}` };
}

async function withFile<T>(path: string, act: (file: FileHandle) => Promise<T>): Promise<T | null> {
  if ((await statFile(path)) === null) return null;
  const file = await orNull(open(path, constants.O_RDONLY | constants.O_NOFOLLOW));
  if (file === null) return null;
  try {
    return await act(file);
  } finally {
    await file.close();
  }
}

async function readThrough(
  file: FileHandle,
  take: (chunk: Uint8Array) => Promise<void>,
): Promise<BlobDigest> {
  const hash = createHash("sha256");
  const buffer = new Uint8Array(CHUNK_BYTES);
  let bytes = 0;
  for (;;) {
    const { bytesRead } = await file.read(buffer, 0, buffer.length, bytes);
    if (bytesRead === 0) return { bytes, sha256: hash.digest("hex") };
    const chunk = buffer.subarray(0, bytesRead);
    hash.update(chunk);
    await take(chunk);
    bytes += bytesRead;
  }
}

async function copyFile(from: string, to: string, expected: BlobDigest): Promise<BlobDigest> {
  const part = `${to}.part`;
  await makeDurableFolder(dirname(to));
  try {
    const copied = await withFile(from, (source) => copyInto(part, source));
    if (copied === null) throw new StorageError("io", from);
    if (copied.sha256 === expected.sha256 && copied.bytes === expected.bytes) {
      await rename(part, to);
      await syncFolder(dirname(to));
    }
    return copied;
  } finally {
    await rm(part, { force: true });
  }
}

async function copyInto(part: string, source: FileHandle): Promise<BlobDigest> {
  const target = await open(part, "w");
  let unsynced = 0;
  try {
    const copied = await readThrough(source, async (chunk) => {
      await target.writeFile(chunk);
      unsynced += chunk.length;
      if (unsynced < SYNC_EVERY_BYTES) return;
      await target.datasync();
      unsynced = 0;
    });
    await target.sync();
    return copied;
  } finally {
    await target.close();
  }
}

async function moveFile(path: string, folder: string): Promise<void> {
  if ((await orNull(lstat(path))) === null) return;
  await makeDurableFolder(folder);
  const taken = new Set((await entriesOf(folder)).map((entry) => entry.name));
  let number = 1;
  while (taken.has(`${basename(path)}.${number}`)) number += 1;
  await rename(path, join(folder, `${basename(path)}.${number}`));
  for (const changed of [folder, dirname(path)]) await syncFolder(changed);
}

async function orNull<T>(found: Promise<T>): Promise<T | null> {
  try {
    return await found;
  } catch (error) {
    if (["ENOENT", "ENOTDIR", "ELOOP"].includes(codeOf(error))) return null;
    throw error;
  }
}
