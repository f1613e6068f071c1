/**
 * What lies in the cache's folders: looked through once, and kept up with afterwards. Nothing is
 * hashed here; sizes are compared, and what has the wrong one is moved aside.
 */
import type { BlobDisk } from "../../platform/ports/blob-disk.ts";
import type { Sha256 } from "../../platform/ports/sha256.ts";
import { StorageError } from "../../platform/ports/storage-error.ts";
import { blobPath, manifestPath, partPath, quarantinePath } from "../blob-store.ts";
import { readManifest } from "../manifest.ts";
import type { HeldLesson, PlannedFile } from "../plan/plan-types.ts";

export interface InventoryOptions {
  readonly disk: BlobDisk;
  readonly sha256: Sha256;
  readonly cacheDir: string;
  /** As `1.2.3`. */
  readonly playerVersion?: string | undefined;
}

const NAME = /^[0-9a-f]{64}$/;

/** Hashes that files are named after, in whatever folder, whatever comes after a dot. */
function namesIn(paths: readonly string[]): string[] {
  const names = paths.map((path) => path.slice(path.lastIndexOf("/") + 1).split(".")[0] ?? "");
  return names.filter((name) => NAME.test(name));
}

export class CacheInventory {
  readonly lessons = new Map<string, HeldLesson>();
  readonly blobs = new Map<string, number>();
  readonly parts = new Map<string, number>();
  readonly damaged = new Set<string>();
  /** Manifests made for a newer program: kept unread. */
  readonly beyond = new Set<string>();
  readonly #options: InventoryOptions;

  private constructor(options: InventoryOptions) {
    this.#options = options;
  }

  /** @throws StorageError when the folder cannot be read at all */
  static async scan(options: InventoryOptions): Promise<CacheInventory> {
    const inventory = new CacheInventory(options);
    await inventory.#scanManifests();
    await inventory.#scanBlobs();
    await inventory.#scanParts();
    return inventory;
  }

  isWhole({ files }: HeldLesson): boolean {
    return files.every(({ sha256 }) => this.blobs.has(sha256));
  }

  /** Manifests of lessons that lack nothing but what was moved aside. */
  broken(): Set<string> {
    const found = [...this.lessons.values()].filter(({ files }) => {
      const missing = files.filter(({ sha256 }) => !this.blobs.has(sha256));
      return missing.length > 0 && missing.every(({ sha256 }) => this.damaged.has(sha256));
    });
    return new Set(found.map(({ manifest }) => manifest));
  }

  async takeManifest(sha256: string): Promise<"held" | "beyond" | "wrong"> {
    const { disk, cacheDir, sha256: hasher, playerVersion } = this.#options;
    const bytes = await readOrNull(disk, manifestPath(cacheDir, sha256));
    if (bytes === null || hasher.digest(bytes) !== sha256) return "wrong";
    const reading = readManifest(bytes, playerVersion);
    if (reading.kind === "wrong") return "wrong";
    if (reading.kind === "newer") {
      this.beyond.add(sha256);
      return "beyond";
    }
    const { id, version, files } = reading.manifest;
    const planned = files.map(({ sha256: name, bytes: size, tier }): PlannedFile => {
      return { sha256: name, bytes: size, tier };
    });
    this.lessons.set(sha256, { id, version, manifest: sha256, files: planned });
    return "held";
  }

  async #scanManifests(): Promise<void> {
    const { disk, cacheDir } = this.#options;
    for (const sha256 of namesIn(await disk.list(`${cacheDir}/manifests`))) {
      await this.takeManifest(sha256);
    }
  }

  async #scanBlobs(): Promise<void> {
    const { disk, cacheDir } = this.#options;
    const files = [...this.lessons.values()].flatMap((lesson) => lesson.files);
    const expected = new Map(files.map(({ sha256, bytes }) => [sha256, bytes]));
    for (const sha256 of namesIn(await disk.list(`${cacheDir}/blobs`))) {
      await this.#scanBlob(sha256, expected.get(sha256));
    }
    for (const sha256 of namesIn(await disk.list(quarantinePath(cacheDir)))) {
      if (!this.blobs.has(sha256)) this.damaged.add(sha256);
    }
  }

  async #scanBlob(sha256: string, expected: number | undefined): Promise<void> {
    const { disk, cacheDir } = this.#options;
    const path = blobPath(cacheDir, sha256);
    const bytes = (await disk.stat(path))?.bytes ?? 0;
    if (bytes === (expected ?? bytes)) this.blobs.set(sha256, bytes);
    else await disk.moveAside(path, quarantinePath(cacheDir));
  }

  async #scanParts(): Promise<void> {
    const { disk, cacheDir } = this.#options;
    for (const sha256 of namesIn(await disk.list(`${cacheDir}/part`))) {
      const stat = await disk.stat(partPath(cacheDir, sha256));
      if (stat !== null) this.parts.set(sha256, stat.bytes);
    }
  }
}

async function readOrNull(disk: BlobDisk, path: string): Promise<Uint8Array | null> {
  try {
    return await disk.read(path);
  } catch (error) {
    if (error instanceof StorageError) return null;
    throw error;
  }
}
