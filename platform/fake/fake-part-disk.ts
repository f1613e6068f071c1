import type { PartDisk, PartFile } from "../ports/part-disk.ts";
import { StorageError, type StorageErrorCode } from "../ports/storage-error.ts";

/** What is to go wrong, at the nth change (append, sync, restart, commit) from now on. */
export interface PartFault {
  readonly at: number;
  readonly kind: StorageErrorCode | "cut";
}

/**
 * `PartDisk` in memory. Shares its files with a `FakeBlobDisk`, so that what is committed is seen
 * there. A power cut loses what was not synced.
 */
export class FakePartDisk implements PartDisk {
  readonly files: Map<string, Uint8Array>;
  /** Of each part: how many bytes survive a power cut. */
  readonly #durable = new Map<string, number>();
  #fault: PartFault | null = null;
  #changes = 0;
  #powerLost = false;

  constructor(files: Map<string, Uint8Array> = new Map()) {
    this.files = files;
  }

  plan(fault: PartFault): void {
    this.#fault = { ...fault, at: this.#changes + fault.at };
  }

  get powerLost(): boolean {
    return this.#powerLost;
  }

  powerOn(): void {
    this.#powerLost = false;
    this.#fault = null;
  }

  async open(path: string): Promise<PartFile> {
    if (this.#powerLost) throw new StorageError("io", path);
    if (!this.files.has(path)) this.files.set(path, new Uint8Array(0));
    return new FakePartFile(this, path);
  }

  async remove(path: string): Promise<void> {
    if (this.#powerLost) throw new StorageError("io", path);
    this.files.delete(path);
  }

  /** Called by the parts before each change. */
  change(path: string, kind: "append" | "sync" | "restart" | "commit"): void {
    if (this.#powerLost) throw new StorageError("io", path);
    this.#changes += 1;
    if (this.#fault === null || this.#changes < this.#fault.at) return;
    if (this.#fault.kind === "cut") {
      this.#cut();
      throw new StorageError("io", path);
    }
    // A full disk stays full; anything else happens once.
    const { kind: code } = this.#fault;
    if (code !== "no-space") this.#fault = null;
    if (kind === "sync" || kind === "commit") this.files.delete(path);
    throw new StorageError(code, path);
  }

  keep(path: string, bytes: number): void {
    this.#durable.set(path, bytes);
  }

  forget(path: string): void {
    this.#durable.delete(path);
  }

  #cut(): void {
    this.#powerLost = true;
    for (const [path, bytes] of this.files) {
      if (!path.endsWith(".part")) continue;
      this.files.set(path, bytes.slice(0, this.#durable.get(path) ?? 0));
    }
  }
}

class FakePartFile implements PartFile {
  readonly #disk: FakePartDisk;
  readonly #path: string;
  #dead = false;

  constructor(disk: FakePartDisk, path: string) {
    this.#disk = disk;
    this.#path = path;
  }

  get bytes(): number {
    return this.#content.length;
  }

  get #content(): Uint8Array {
    return this.#disk.files.get(this.#path) ?? new Uint8Array(0);
  }

  async readThrough(take: (piece: Uint8Array) => void): Promise<void> {
    this.#assertAlive();
    if (this.#content.length > 0) take(this.#content.slice());
  }

  async append(bytes: Uint8Array): Promise<void> {
    this.#change("append");
    const before = this.#content;
    const after = new Uint8Array(before.length + bytes.length);
    after.set(before);
    after.set(bytes, before.length);
    this.#disk.files.set(this.#path, after);
  }

  async sync(): Promise<void> {
    this.#change("sync");
    this.#disk.keep(this.#path, this.#content.length);
  }

  async restart(): Promise<void> {
    this.#change("restart");
    this.#disk.files.set(this.#path, new Uint8Array(0));
    this.#disk.keep(this.#path, 0);
  }

  async commit(target: string): Promise<void> {
    this.#change("commit");
    this.#disk.files.set(target, this.#content);
    this.#disk.files.delete(this.#path);
    this.#disk.forget(this.#path);
    this.#dead = true;
  }

  async close(): Promise<void> {
    this.#dead = true;
  }

  #assertAlive(): void {
    if (this.#dead) throw new StorageError("closed", this.#path);
  }

  #change(kind: "append" | "sync" | "restart" | "commit"): void {
    this.#assertAlive();
    try {
      this.#disk.change(this.#path, kind);
    } catch (error) {
      this.#dead = true;
      throw error;
    }
  }
}
