/**
 * The blobs of the cache: files named by their hash. Knows which of them were hashed since the
 * process started, and have not changed since.
 */
import type { BlobDisk } from "../platform/ports/blob-disk.ts";
import { StorageError } from "../platform/ports/storage-error.ts";
import type { LessonFile } from "./manifest.ts";

export type BlobCondition = "good" | "missing" | "damaged";

export interface BlobStoreOptions {
  readonly disk: BlobDisk;
  readonly cacheDir: string;
  /** For tools that only look: nothing is moved aside. */
  readonly readOnly?: boolean | undefined;
}

export const blobPath = (cacheDir: string, sha256: string) =>
  `${cacheDir}/blobs/${sha256.slice(0, 2)}/${sha256}`;
export const manifestPath = (cacheDir: string, sha256: string) =>
  `${cacheDir}/manifests/${sha256}.json`;
export const partPath = (cacheDir: string, sha256: string) => `${cacheDir}/part/${sha256}.part`;
export const quarantinePath = (cacheDir: string) => `${cacheDir}/quarantine`;

type Wanted = Pick<LessonFile, "sha256" | "bytes">;

export class BlobStore {
  readonly #disk: BlobDisk;
  readonly #cacheDir: string;
  readonly #readOnly: boolean;
  /** Hash of a blob → its stamp when it was hashed and found right. */
  readonly #verified = new Map<string, string>();
  readonly #conditions = new Map<string, BlobCondition>();
  /** Hashes of the blobs that were moved aside, now or by an earlier process. */
  #aside = new Set<string>();

  constructor({ disk, cacheDir, readOnly = false }: BlobStoreOptions) {
    this.#disk = disk;
    this.#cacheDir = cacheDir;
    this.#readOnly = readOnly;
  }

  /** As it was last seen; nothing is read. */
  condition(sha256: string): BlobCondition {
    return this.#conditions.get(sha256) ?? "missing";
  }

  /** Hashed in this process, and found right. */
  isVerified(sha256: string): boolean {
    return this.#verified.has(sha256);
  }

  path(sha256: string): string {
    return blobPath(this.#cacheDir, sha256);
  }

  read(sha256: string): Promise<Uint8Array | null> {
    return this.#disk.read(this.path(sha256));
  }

  /** Looks at name and size alone: quick, and enough to tell what is missing or cut short. */
  async look(wanted: Wanted): Promise<BlobCondition> {
    const stat = await this.#disk.stat(this.path(wanted.sha256));
    if (stat === null) {
      return this.#settle(wanted.sha256, this.#aside.has(wanted.sha256) ? "damaged" : "missing");
    }
    if (stat.bytes !== wanted.bytes) return this.#discard(wanted.sha256);
    if (this.#verified.get(wanted.sha256) !== stat.stamp) this.#verified.delete(wanted.sha256);
    return this.#settle(wanted.sha256, "good");
  }

  /** Hashes it, unless that was done and the file is the same since. */
  async verify(wanted: Wanted): Promise<BlobCondition> {
    const { sha256 } = wanted;
    const looked = await this.look(wanted);
    if (looked !== "good" || this.#verified.has(sha256)) return looked;
    // The stamp from before the hash: what changes meanwhile is hashed again next time.
    const stat = await this.#disk.stat(this.path(sha256));
    const fits = await this.#hashesTo(sha256);
    if (stat === null || !fits) return this.#discard(sha256);
    this.#verified.set(sha256, stat.stamp);
    return this.#settle(sha256, "good");
  }

  /** To be hashed again whatever its stamp says. */
  distrust(sha256: string): void {
    this.#verified.delete(sha256);
  }

  /** Remembers what was moved aside: it is damaged, which is worse than missing. */
  async recall(): Promise<void> {
    const names = await this.#disk.list(quarantinePath(this.#cacheDir));
    this.#aside = new Set(names.map((name) => name.split(".")[0] ?? ""));
  }

  async #hashesTo(sha256: string): Promise<boolean> {
    try {
      return (await this.#disk.hash(this.path(sha256)))?.sha256 === sha256;
    } catch (error) {
      // A file that cannot be read is as damaged as one that reads wrong.
      if (error instanceof StorageError) return false;
      throw error;
    }
  }

  async #discard(sha256: string): Promise<BlobCondition> {
    this.#verified.delete(sha256);
    this.#aside.add(sha256);
    this.#settle(sha256, "damaged");
    try {
      if (!this.#readOnly) {
        await this.#disk.moveAside(this.path(sha256), quarantinePath(this.#cacheDir));
      }
    } catch (error) {
      // Left where it is: it is not verified, and so it is not served either.
      if (!(error instanceof StorageError)) throw error;
    }
    return "damaged";
  }

  #settle(sha256: string, condition: BlobCondition): BlobCondition {
    this.#conditions.set(sha256, condition);
    return condition;
  }
}
