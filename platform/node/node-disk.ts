import { type FileHandle, mkdir, open, readdir, readFile, statfs, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { AppendFile, Disk, DiskSpace } from "../ports/disk.ts";
import { StorageError } from "../ports/storage-error.ts";
import { codeOf, guardStorage } from "./guard-storage.ts";
import { writeDurableFile } from "./node-durable-file.ts";
import { syncFolder } from "./node-folder.ts";

/** `Disk` over a folder of the operating system. Asynchronous: a slow flash stops no film. */
export class NodeDisk implements Disk {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  list(folder: string): Promise<string[]> {
    return guardStorage(folder, async () => {
      try {
        return (await readdir(this.#at(folder))).sort();
      } catch (error) {
        if (codeOf(error) === "ENOENT") return [];
        throw error;
      }
    });
  }

  read(path: string): Promise<Uint8Array | null> {
    return guardStorage(path, async () => {
      try {
        return await readFile(this.#at(path));
      } catch (error) {
        if (codeOf(error) === "ENOENT") return null;
        throw error;
      }
    });
  }

  readAt(path: string, offset: number, length: number): Promise<Uint8Array> {
    return guardStorage(path, async () => {
      const file = await open(this.#at(path), "r");
      try {
        const bytes = new Uint8Array(length);
        const { bytesRead } = await file.read(bytes, 0, length, offset);
        return bytes.subarray(0, bytesRead);
      } finally {
        await file.close();
      }
    });
  }

  openAppend(path: string): Promise<AppendFile> {
    return guardStorage(path, async () => {
      const full = this.#at(path);
      await mkdir(dirname(full), { recursive: true });
      const file = await open(full, "a");
      // The name itself must survive a power cut (K1), also that of a new folder.
      await syncFolder(dirname(full));
      await syncFolder(dirname(dirname(full)));
      const { size } = await file.stat();
      return new NodeAppendFile(path, file, size);
    });
  }

  replace(path: string, bytes: Uint8Array): Promise<void> {
    return guardStorage(path, () => writeDurableFile(this.#at(path), bytes));
  }

  truncate(path: string, bytes: number): Promise<void> {
    return guardStorage(path, async () => {
      const file = await open(this.#at(path), "r+");
      try {
        await file.truncate(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
    });
  }

  remove(path: string): Promise<void> {
    return guardStorage(path, async () => {
      try {
        await unlink(this.#at(path));
      } catch (error) {
        if (codeOf(error) === "ENOENT") return;
        throw error;
      }
      await syncFolder(dirname(this.#at(path)));
    });
  }

  space(): Promise<DiskSpace> {
    return guardStorage(".", async () => {
      const { bavail, blocks, bsize } = await statfs(this.#root);
      return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
    });
  }

  #at(path: string): string {
    return join(this.#root, path);
  }
}

class NodeAppendFile implements AppendFile {
  readonly #path: string;
  readonly #file: FileHandle;
  #size: number;
  #dead = false;

  constructor(path: string, file: FileHandle, size: number) {
    this.#path = path;
    this.#file = file;
    this.#size = size;
  }

  get size(): number {
    return this.#size;
  }

  async append(bytes: Uint8Array): Promise<void> {
    if (this.#dead) throw new StorageError("closed", this.#path);
    try {
      await guardStorage(this.#path, () => this.#write(bytes));
    } catch (error) {
      this.#dead = true;
      throw error;
    }
  }

  async #write(bytes: Uint8Array): Promise<void> {
    const { bytesWritten } = await this.#file.write(bytes);
    this.#size += bytesWritten;
    if (bytesWritten !== bytes.length) throw new StorageError("no-space", this.#path);
    await this.#file.datasync();
  }

  async close(): Promise<void> {
    this.#dead = true;
    await guardStorage(this.#path, () => this.#file.close());
  }
}
