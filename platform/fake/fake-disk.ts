import type { AppendFile, Disk, DiskSpace } from "../ports/disk.ts";
import { StorageError, type StorageErrorCode } from "../ports/storage-error.ts";

/** What is to go wrong with one of the next writes. */
export interface PlannedFault {
  /** Counted over all appends, replaces and cuts from now on, from 1. */
  readonly atWrite: number;
  /** `cut`: the power goes. Everything after it fails until `powerOn`. */
  readonly kind: StorageErrorCode | "cut";
  /** How many bytes of that write are on the disk all the same; a cut-off is done when not 0. */
  readonly kept: number;
}

/** `Disk` in memory, which can lose power and fail on purpose. */
export class FakeDisk implements Disk {
  readonly files = new Map<string, Uint8Array>();
  freeBytes = 1e9;
  /** So many bytes more it takes; what is removed makes room again. */
  roomBytes = Number.POSITIVE_INFINITY;
  /** Pulled out, or broken for good: everything fails with this until it is null again. */
  broken: StorageErrorCode | null = null;
  #faults: PlannedFault[] = [];
  #writes = 0;
  #powerLost = false;

  plan(fault: PlannedFault): void {
    this.#faults.push({ ...fault, atWrite: fault.atWrite + this.#writes });
  }

  get powerLost(): boolean {
    return this.#powerLost;
  }

  powerOn(): void {
    this.#powerLost = false;
    this.#faults = [];
  }

  list(folder: string): Promise<string[]> {
    if (this.broken !== null) return Promise.reject(new StorageError(this.broken, folder));
    const names = [...this.files.keys()]
      .filter((path) => path.startsWith(`${folder}/`))
      .map((path) => path.slice(folder.length + 1))
      .filter((name) => !name.includes("/"));
    return Promise.resolve(names.sort());
  }

  read(path: string): Promise<Uint8Array | null> {
    if (this.broken !== null) return Promise.reject(new StorageError(this.broken, path));
    return Promise.resolve(this.files.get(path)?.slice() ?? null);
  }

  readAt(path: string, offset: number, length: number): Promise<Uint8Array> {
    const bytes = this.files.get(path);
    if (bytes === undefined || this.broken !== null) {
      return Promise.reject(new StorageError(this.broken ?? "io", path));
    }
    return Promise.resolve(bytes.slice(offset, offset + length));
  }

  openAppend(path: string): Promise<AppendFile> {
    if (this.#powerLost || this.broken !== null) {
      return Promise.reject(new StorageError(this.broken ?? "io", path));
    }
    if (!this.files.has(path)) this.files.set(path, new Uint8Array(0));
    return Promise.resolve(new FakeAppendFile(this, path));
  }

  async replace(path: string, bytes: Uint8Array): Promise<void> {
    const fault = this.#nextFault(path);
    // The rename is what makes it visible: either all of it is there or nothing (K3).
    if (fault !== null && fault.kept < bytes.length) throw this.#fail(fault, path);
    if (bytes.length > this.roomBytes) throw new StorageError("no-space", path);
    this.#setFile(path, bytes.slice());
    if (fault !== null) throw this.#fail(fault, path);
  }

  async truncate(path: string, bytes: number): Promise<void> {
    const content = this.files.get(path);
    if (content === undefined) throw new StorageError("io", path);
    const fault = this.#nextFault(path);
    if (fault === null || fault.kept > 0) this.#setFile(path, content.slice(0, bytes));
    if (fault !== null) throw this.#fail(fault, path);
  }

  async remove(path: string): Promise<void> {
    if (!this.files.has(path)) return;
    const fault = this.#nextFault(path);
    if (fault === null || fault.kept > 0) {
      this.#setFile(path, new Uint8Array(0));
      this.files.delete(path);
    }
    if (fault !== null) throw this.#fail(fault, path);
  }

  space(): Promise<DiskSpace> {
    const freeBytes = Math.min(this.freeBytes, this.roomBytes);
    return Promise.resolve({ freeBytes, totalBytes: 4e9 });
  }

  /** Called by the append handle. */
  write(path: string, bytes: Uint8Array): void {
    const fault = this.#nextFault(path);
    const kept = bytes.subarray(0, Math.min(fault?.kept ?? bytes.length, this.roomBytes));
    const before = this.files.get(path) ?? new Uint8Array(0);
    const after = new Uint8Array(before.length + kept.length);
    after.set(before);
    after.set(kept, before.length);
    this.#setFile(path, after);
    if (fault !== null) throw this.#fail(fault, path);
    if (kept.length < bytes.length) throw new StorageError("no-space", path);
  }

  #setFile(path: string, bytes: Uint8Array): void {
    this.roomBytes -= bytes.length - (this.files.get(path)?.length ?? 0);
    this.files.set(path, bytes);
  }

  #nextFault(path: string): PlannedFault | null {
    if (this.#powerLost) throw new StorageError("io", path);
    if (this.broken !== null) throw new StorageError(this.broken, path);
    this.#writes += 1;
    return this.#faults.find(({ atWrite }) => atWrite === this.#writes) ?? null;
  }

  #fail({ kind }: PlannedFault, path: string): StorageError {
    if (kind !== "cut") return new StorageError(kind, path);
    this.#powerLost = true;
    return new StorageError("io", path);
  }
}

class FakeAppendFile implements AppendFile {
  readonly #disk: FakeDisk;
  readonly #path: string;
  #dead = false;

  constructor(disk: FakeDisk, path: string) {
    this.#disk = disk;
    this.#path = path;
  }

  get size(): number {
    return this.#disk.files.get(this.#path)?.length ?? 0;
  }

  async append(bytes: Uint8Array): Promise<void> {
    if (this.#dead) throw new StorageError("closed", this.#path);
    try {
      this.#disk.write(this.#path, bytes);
    } catch (error) {
      this.#dead = true;
      throw error;
    }
  }

  close(): Promise<void> {
    this.#dead = true;
    return Promise.resolve();
  }
}
