import { constants, type FileHandle, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { PartDisk, PartFile } from "../ports/part-disk.ts";
import { StorageError } from "../ports/storage-error.ts";
import { guardStorage } from "./guard-storage.ts";
import { makeDurableFolder, syncFolder } from "./node-folder.ts";

const PIECE_BYTES = 1024 * 1024;
const FLAGS = constants.O_RDWR | constants.O_CREAT | constants.O_APPEND | constants.O_NOFOLLOW;

/** `PartDisk` over the file system of the operating system. */
export class NodePartDisk implements PartDisk {
  open(path: string): Promise<PartFile> {
    return guardStorage(path, async () => {
      await makeDurableFolder(dirname(path));
      const file = await open(path, FLAGS, 0o644);
      const stats = await file.stat();
      if (stats.isFile()) return new NodePartFile(path, file, stats.size);
      await file.close();
      throw new StorageError("io", path);
    });
  }

  remove(path: string): Promise<void> {
    return guardStorage(path, () => rm(path, { force: true }));
  }
}

class NodePartFile implements PartFile {
  readonly #path: string;
  readonly #file: FileHandle;
  #bytes: number;
  #isOpen = true;

  constructor(path: string, file: FileHandle, bytes: number) {
    this.#path = path;
    this.#file = file;
    this.#bytes = bytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  readThrough(take: (piece: Uint8Array) => void): Promise<void> {
    return this.#act(async () => {
      const piece = new Uint8Array(PIECE_BYTES);
      for (let at = 0; ; ) {
        const { bytesRead } = await this.#file.read(piece, 0, piece.length, at);
        if (bytesRead === 0) return;
        take(piece.subarray(0, bytesRead));
        at += bytesRead;
      }
    });
  }

  append(bytes: Uint8Array): Promise<void> {
    return this.#act(async () => {
      for (let done = 0; done < bytes.length; ) {
        const { bytesWritten } = await this.#file.write(bytes, done, bytes.length - done);
        this.#bytes += bytesWritten;
        done += bytesWritten;
      }
    });
  }

  sync(): Promise<void> {
    return this.#act(() => this.#orRemove(() => this.#file.datasync()));
  }

  restart(): Promise<void> {
    return this.#act(async () => {
      await this.#file.truncate(0);
      this.#bytes = 0;
    });
  }

  commit(target: string): Promise<void> {
    return this.#act(async () => {
      await makeDurableFolder(dirname(target));
      await this.#orRemove(async () => {
        await this.#file.sync();
        await rename(this.#path, target);
      });
      await syncFolder(dirname(target));
      await this.close();
    });
  }

  async close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await this.#file.close();
  }

  /** D3: the first failure is the last thing this handle does. */
  async #act<T>(act: () => Promise<T>): Promise<T> {
    if (!this.#isOpen) throw new StorageError("closed", this.#path);
    try {
      return await guardStorage(this.#path, act);
    } catch (error) {
      await this.close().catch(() => {});
      throw error;
    }
  }

  async #orRemove(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      await rm(this.#path, { force: true });
      throw error;
    }
  }
}
