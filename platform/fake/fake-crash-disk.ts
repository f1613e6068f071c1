import type { AppendFile, Disk, DiskSpace } from "../ports/disk.ts";
import { StorageError } from "../ports/storage-error.ts";
import { type Chance, CrashFile, crashContent } from "./fake-crash-file.ts";

/** What goes wrong at one call of the operating system. `sync`: only at an fsync, else `io`. */
export type CallFault = "io" | "no-space" | "sync";

type NameChange =
  | { readonly kind: "link"; readonly path: string; readonly file: CrashFile }
  | { readonly kind: "unlink"; readonly path: string }
  | {
      readonly kind: "rename";
      readonly from: string;
      readonly path: string;
      readonly file: CrashFile;
    };

/**
 * `Disk` in memory that keeps a write list, as SQLite's crash VFS does (src/test6.c there): what
 * was not synced may be there after a power cut, or not, or be garbage, sector by sector; names
 * and renames too, until their folder is synced. Its calls are those of `NodeDisk`.
 */
export class FakeCrashDisk implements Disk {
  freeBytes = 0;
  /** Before each call of the operating system; a power cut may come there. */
  onCall: (() => Promise<void>) | null = null;
  calls = 0;
  readonly #names = new Map<string, CrashFile>();
  readonly #durableNames = new Map<string, CrashFile>();
  #pending: NameChange[] = [];
  readonly #faults = new Map<number, CallFault>();

  /** @param atCall counted from now on, from 1 */
  plan(atCall: number, fault: CallFault): void {
    this.#faults.set(this.calls + atCall, fault);
  }

  /**
   * What is on the disk when the power goes now. Synced bytes are never touched but by garbage.
   * @param image an empty disk that becomes it
   */
  crash(chance: Chance, image: FakeCrashDisk = new FakeCrashDisk()): FakeCrashDisk {
    const names = new Map(this.#durableNames);
    for (const change of this.#pending) {
      if (chance.below(2) === 0) apply(change, names);
    }
    for (const [path, file] of names) image.put(path, crashContent(file, chance));
    return image;
  }

  /** Puts a durable file there, without any call. */
  put(path: string, content: Uint8Array): void {
    const file = new CrashFile(content);
    this.#names.set(path, file);
    this.#durableNames.set(path, file);
  }

  /** Everything as reads see it. */
  contents(): Map<string, Uint8Array> {
    return new Map([...this.#names].map(([path, { cache }]) => [path, cache]));
  }

  list(folder: string): Promise<string[]> {
    const names = [...this.#names.keys()]
      .filter((path) => path.startsWith(`${folder}/`))
      .map((path) => path.slice(folder.length + 1))
      .filter((name) => !name.includes("/"));
    return Promise.resolve(names.sort());
  }

  read(path: string): Promise<Uint8Array | null> {
    return Promise.resolve(this.#names.get(path)?.cache.slice() ?? null);
  }

  readAt(path: string, offset: number, length: number): Promise<Uint8Array> {
    const file = this.#names.get(path);
    if (file === undefined) return Promise.reject(new StorageError("io", path));
    return Promise.resolve(file.cache.slice(offset, offset + length));
  }

  async openAppend(path: string): Promise<AppendFile> {
    await this.call(path);
    let file = this.#names.get(path);
    if (file === undefined) {
      file = new CrashFile(new Uint8Array(0));
      this.#change({ kind: "link", path, file });
    }
    await this.syncFolder(path);
    return new CrashAppendFile(this, path, file);
  }

  async replace(path: string, bytes: Uint8Array): Promise<void> {
    const aside = `${path}.new`;
    await this.call(path);
    const file = new CrashFile(new Uint8Array(0));
    this.#change({ kind: "link", path: aside, file });
    await this.call(path);
    file.write(0, bytes);
    await this.sync(path, file);
    await this.call(path);
    this.#change({ kind: "rename", from: aside, path, file });
    await this.syncFolder(path);
  }

  async truncate(path: string, bytes: number): Promise<void> {
    const file = this.#names.get(path);
    if (file === undefined) throw new StorageError("io", path);
    await this.call(path);
    file.truncate(bytes);
    await this.sync(path, file);
  }

  async remove(path: string): Promise<void> {
    if (!this.#names.has(path)) return;
    await this.call(path);
    this.#change({ kind: "unlink", path });
    await this.syncFolder(path);
  }

  space(): Promise<DiskSpace> {
    return Promise.resolve({ freeBytes: this.freeBytes, totalBytes: 4e9 });
  }

  #change(change: NameChange): void {
    apply(change, this.#names);
    this.#pending.push(change);
  }

  /** Names are durable from then on. */
  protected async syncFolder(path: string): Promise<void> {
    await this.call(path);
    for (const change of this.#pending) apply(change, this.#durableNames);
    this.#pending = [];
  }

  async sync(path: string, file: CrashFile): Promise<void> {
    const fault = await this.#next();
    // The kernel marks the pages clean: the next sync will say that all is well.
    if (fault !== null) file.syncFails();
    if (fault !== null) throw new StorageError("io", path);
    file.sync();
  }

  async call(path: string): Promise<void> {
    const fault = await this.#next();
    if (fault !== null) throw new StorageError(fault === "sync" ? "io" : fault, path);
  }

  async #next(): Promise<CallFault | null> {
    await this.onCall?.();
    this.calls += 1;
    return this.#faults.get(this.calls) ?? null;
  }
}

function apply(change: NameChange, names: Map<string, CrashFile>): void {
  if (change.kind === "rename") names.delete(change.from);
  if (change.kind === "unlink") names.delete(change.path);
  else names.set(change.path, change.file);
}

class CrashAppendFile implements AppendFile {
  readonly #disk: FakeCrashDisk;
  readonly #path: string;
  readonly #file: CrashFile;
  #dead = false;

  constructor(disk: FakeCrashDisk, path: string, file: CrashFile) {
    this.#disk = disk;
    this.#path = path;
    this.#file = file;
  }

  get size(): number {
    return this.#file.cache.length;
  }

  async append(bytes: Uint8Array): Promise<void> {
    if (this.#dead) throw new StorageError("closed", this.#path);
    try {
      await this.#write(bytes);
      await this.#disk.sync(this.#path, this.#file);
    } catch (error) {
      this.#dead = true;
      throw error;
    }
  }

  async #write(bytes: Uint8Array): Promise<void> {
    try {
      await this.#disk.call(this.#path);
    } catch (error) {
      // A write that fails may have written a part.
      this.#file.write(this.size, bytes.subarray(0, bytes.length >> 1));
      throw error;
    }
    this.#file.write(this.size, bytes);
  }

  close(): Promise<void> {
    this.#dead = true;
    return Promise.resolve();
  }
}
