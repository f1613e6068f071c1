import { createHash } from "node:crypto";
import type { BlobDigest, BlobDisk, BlobStat } from "../ports/blob-disk.ts";
import { StorageError, type StorageErrorCode } from "../ports/storage-error.ts";

/** `BlobDisk` in memory, which counts what is hashed and fails on purpose. */
export class FakeBlobDisk implements BlobDisk {
  readonly files = new Map<string, Uint8Array>();
  /** How often each path was hashed, by `hash` or while it was copied. */
  readonly hashed = new Map<string, number>();
  #stamps = new WeakMap<Uint8Array, number>();
  #nextStamp = 1;
  #failAt: { left: number; code: StorageErrorCode } | null = null;
  readonly #unreadable = new Set<string>();

  /** The `at`th change from now on (from 1) fails, and so does every later one, until `mend`. */
  failChange(at: number, code: StorageErrorCode): void {
    this.#failAt = { left: at, code };
  }

  /** Reading it is an I/O error, as with a bad sector. */
  spoil(path: string): void {
    this.#unreadable.add(path);
  }

  mend(): void {
    this.#failAt = null;
    this.#unreadable.clear();
  }

  async list(folder: string): Promise<string[]> {
    const under = [...this.files.keys()].filter((path) => path.startsWith(`${folder}/`));
    return under.map((path) => path.slice(folder.length + 1)).sort();
  }

  async stat(path: string): Promise<BlobStat | null> {
    const bytes = this.files.get(path);
    if (bytes === undefined) return null;
    const stamp = this.#stamps.get(bytes) ?? this.#nextStamp;
    if (stamp === this.#nextStamp) this.#nextStamp += 1;
    this.#stamps.set(bytes, stamp);
    return { bytes: bytes.length, stamp: `${stamp}` };
  }

  async read(path: string): Promise<Uint8Array | null> {
    if (this.#unreadable.has(path)) throw new StorageError("io", path);
    return this.files.get(path)?.slice() ?? null;
  }

  async hash(path: string): Promise<BlobDigest | null> {
    const bytes = await this.read(path);
    if (bytes === null) return null;
    this.hashed.set(path, (this.hashed.get(path) ?? 0) + 1);
    return { bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
  }

  async copy(from: string, to: string, expected: BlobDigest): Promise<BlobDigest> {
    const copied = await this.hash(from);
    if (copied === null) throw new StorageError("io", from);
    this.#change(to);
    const fits = copied.sha256 === expected.sha256 && copied.bytes === expected.bytes;
    if (fits) this.files.set(to, (this.files.get(from) ?? new Uint8Array(0)).slice());
    return copied;
  }

  async write(path: string, bytes: Uint8Array): Promise<void> {
    this.#change(path);
    this.files.set(path, bytes.slice());
  }

  async moveAside(path: string, folder: string): Promise<void> {
    const bytes = this.files.get(path);
    if (bytes === undefined) return;
    this.#change(path);
    const name = path.slice(path.lastIndexOf("/") + 1);
    let number = 1;
    while (this.files.has(`${folder}/${name}.${number}`)) number += 1;
    this.files.delete(path);
    this.files.set(`${folder}/${name}.${number}`, bytes);
  }

  #change(path: string): void {
    if (this.#failAt === null) return;
    this.#failAt.left -= 1;
    if (this.#failAt.left <= 0) throw new StorageError(this.#failAt.code, path);
  }
}
