/**
 * The lesson library over a cache folder (docs/formats/lesson.md).
 *
 * A lesson's play files are hashed once in the life of the process, when the lesson is first
 * opened, and again when their stamp has changed; its browse files, which are small, when the
 * library is opened. What was not hashed is not served.
 */
import type { BlobDisk } from "../platform/ports/blob-disk.ts";
import type { Sha256 } from "../platform/ports/sha256.ts";
import { StorageError } from "../platform/ports/storage-error.ts";
import type { LessonManifest, Material } from "../protocol/generated/types.ts";
import { isMaterial } from "../protocol/generated/validators.js";
import { BlobStore, manifestPath, quarantinePath } from "./blob-store.ts";
import type {
  BlobPlace,
  LessonEntry,
  LessonLibrary,
  LibraryUsage,
  OpenedLesson,
} from "./library.ts";
import { type ManifestReading, NEEDS_UPGRADE, parse, readManifest } from "./manifest.ts";

export interface OpenLibraryOptions {
  readonly disk: BlobDisk;
  readonly sha256: Sha256;
  readonly cacheDir: string;
  /** As `1.2.3`: lessons made for a newer one are shown, but not played. */
  readonly playerVersion?: string | undefined;
  /** For tools that only look: nothing is moved aside. */
  readonly readOnly?: boolean | undefined;
  /** Does the county's catalogue list this lesson? Absent: there is no county to ask. */
  isSupplied?(id: string): boolean;
}

/** @throws StorageError when the folder cannot be read at all. */
export async function openLibrary(options: OpenLibraryOptions): Promise<LessonLibrary> {
  const library = new DiskLibrary(options);
  await library.refresh();
  return library;
}

interface Shelved {
  readonly manifest: LessonManifest;
  readonly sha256: string;
  readonly isNewer: boolean;
}

const HASH_NAME = /^([0-9a-f]{64})\.json$/;
const ABSENT = "这台盒子里没有这个课件，请先导入。";
/** What is to be done: nothing where a county supplies. */
const DAMAGED = { byHand: "请重新导入这个课件。", bySelf: "今晚自动修复，明天再看。" };
const LACKING = { byHand: DAMAGED.byHand, bySelf: "正在下载，下完就能放。" };

class DiskLibrary implements LessonLibrary {
  readonly #options: OpenLibraryOptions;
  readonly #blobs: BlobStore;
  #shelf = new Map<string, Shelved>();
  /** A material that is whole but says nothing we understand: its lesson's manifest hash. */
  readonly #unreadable = new Set<string>();
  readonly #opening = new Map<string, Promise<OpenedLesson>>();

  constructor(options: OpenLibraryOptions) {
    this.#options = options;
    this.#blobs = new BlobStore(options);
  }

  list(): readonly LessonEntry[] {
    const ids = new Set([...this.#shelf.values()].map(({ manifest }) => manifest.id));
    const entries = [...ids].map((id) => this.find(id));
    return entries
      .filter((entry): entry is LessonEntry => entry !== undefined)
      .sort((a, b) => (a.manifest.number < b.manifest.number ? -1 : 1));
  }

  find(id: string, version?: number): LessonEntry | undefined {
    const versions = [...this.#shelf.values()]
      .filter(({ manifest }) => manifest.id === id)
      .filter(({ manifest }) => version === undefined || manifest.version === version)
      .sort((a, b) => b.manifest.version - a.manifest.version)
      .map((shelved) => this.#entry(shelved));
    // An older version stays in use until its successor is whole.
    return versions.find(({ state }) => state === "ready") ?? versions[0];
  }

  async refresh(): Promise<void> {
    const { disk, cacheDir } = this.#options;
    const names = await disk.list(`${cacheDir}/manifests`);
    const hashes = names.flatMap((name) => HASH_NAME.exec(name)?.[1] ?? []);
    await this.#blobs.recall();
    const shelf = new Map<string, Shelved>();
    for (const sha256 of hashes) {
      const shelved = this.#shelf.get(sha256) ?? (await this.#load(sha256));
      if (shelved !== null) shelf.set(sha256, shelved);
    }
    // What is ready is looked at when it is opened; the rest may have been mended meanwhile.
    for (const shelved of shelf.values()) {
      const isKnown = this.#shelf.has(shelved.sha256);
      if (!isKnown || this.#entry(shelved).state !== "ready") await this.#lookThrough(shelved);
    }
    this.#shelf = shelf;
  }

  open(id: string, version: number): Promise<OpenedLesson> {
    const key = `${id}/${version}`;
    const running = this.#opening.get(key);
    if (running !== undefined) return running;
    const opening = this.#open(id, version).finally(() => this.#opening.delete(key));
    this.#opening.set(key, opening);
    return opening;
  }

  locate(id: string, version: number, path: string): BlobPlace | null {
    const entry = this.find(id, version);
    if (entry === undefined || entry.state === "needs-upgrade") return null;
    const file = entry.manifest.files.find((candidate) => candidate.path === path);
    if (file === undefined || !this.#blobs.isVerified(file.sha256)) return null;
    const { bytes, type, sha256 } = file;
    return { file: this.#blobs.path(sha256), bytes, type, sha256 };
  }

  async reportDamage(id: string, version: number, path: string): Promise<void> {
    const file = this.find(id, version)?.manifest.files.find((each) => each.path === path);
    if (file === undefined) return;
    this.#blobs.distrust(file.sha256);
    await this.#blobs.verify(file);
  }

  usage(): LibraryUsage {
    const sizes = new Map<string, number>();
    for (const { manifest, isNewer } of this.#shelf.values()) {
      for (const { sha256, bytes } of isNewer ? [] : manifest.files) {
        if (this.#blobs.condition(sha256) === "good") sizes.set(sha256, bytes);
      }
    }
    const entries = this.list();
    const ready = entries.filter(({ state }) => state === "ready").length;
    const bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    return { lessons: entries.length, ready, bytes };
  }

  async #load(sha256: string): Promise<Shelved | null> {
    const { disk, cacheDir, readOnly } = this.#options;
    const path = manifestPath(cacheDir, sha256);
    const reading = await this.#readTrusted(path, sha256);
    if (reading?.kind === "good") return { manifest: reading.manifest, sha256, isNewer: false };
    if (reading?.kind === "newer") {
      const { manifest } = reading;
      return manifest === null ? null : { manifest, sha256, isNewer: true };
    }
    // Not what its name says: its lesson is gone from the list until it is imported again.
    if (readOnly !== true) await disk.moveAside(path, quarantinePath(cacheDir));
    return null;
  }

  async #readTrusted(path: string, sha256: string): Promise<ManifestReading | null> {
    const { disk, sha256: hasher, playerVersion } = this.#options;
    try {
      const bytes = await disk.read(path);
      if (bytes === null || hasher.digest(bytes) !== sha256) return null;
      return readManifest(bytes, playerVersion);
    } catch (error) {
      if (error instanceof StorageError) return null;
      throw error;
    }
  }

  async #lookThrough({ manifest, isNewer }: Shelved): Promise<void> {
    if (isNewer) return;
    for (const file of manifest.files) {
      if (file.tier === "browse") await this.#blobs.verify(file);
      else await this.#blobs.look(file);
    }
  }

  #entry({ manifest, sha256, isNewer }: Shelved): LessonEntry {
    const isSupplied = this.#options.isSupplied?.(manifest.id) ?? false;
    const lesson = { manifest, sha256, isSupplied };
    if (isNewer) return { ...lesson, state: "needs-upgrade", why: NEEDS_UPGRADE };
    const remedy = isSupplied ? "bySelf" : "byHand";
    const conditions = manifest.files.map((file) => this.#blobs.condition(file.sha256));
    const damaged = conditions.filter((condition) => condition === "damaged").length;
    const missing = conditions.filter((condition) => condition === "missing").length;
    if (damaged > 0 || this.#unreadable.has(sha256)) {
      const why = `这个课件有 ${Math.max(damaged, 1)} 个文件坏了，已停用。${DAMAGED[remedy]}`;
      return { ...lesson, state: "quarantined", why };
    }
    if (missing === 0) return { ...lesson, state: "ready" };
    const why = `这个课件还缺 ${missing} 个文件。${LACKING[remedy]}`;
    if (missing === conditions.length) return { ...lesson, state: "absent", why };
    return { ...lesson, state: "partial", why, tenths: this.#tenths(manifest) };
  }

  #tenths({ files }: LessonManifest): number {
    const all = files.reduce((sum, { bytes }) => sum + bytes, 0);
    const here = files.filter(({ sha256 }) => this.#blobs.condition(sha256) === "good");
    return Math.floor((10 * here.reduce((sum, { bytes }) => sum + bytes, 0)) / all);
  }

  async #open(id: string, version: number): Promise<OpenedLesson> {
    // It may have been imported, or mended, since the library last looked.
    if (this.find(id, version)?.state !== "ready") await this.refresh();
    const found = this.find(id, version);
    if (found === undefined) return { ok: false, code: "absent", text: ABSENT };
    if (found.state === "needs-upgrade") {
      return { ok: false, code: "needs-upgrade", text: NEEDS_UPGRADE };
    }
    for (const file of found.manifest.files) await this.#blobs.verify(file);
    const material = await this.#material(found);
    const entry = this.find(id, version) ?? found;
    if (material === null || entry.state !== "ready") {
      return { ok: false, code: "damaged", text: entry.why ?? DAMAGED.byHand };
    }
    return { ok: true, entry, material };
  }

  async #material({ manifest, sha256 }: LessonEntry): Promise<Material | null> {
    const file = manifest.files.find(({ path }) => path === manifest.entry.material);
    if (file === undefined || !this.#blobs.isVerified(file.sha256)) return null;
    const bytes = await this.#blobs.read(file.sha256);
    const value = bytes === null ? undefined : parse(bytes);
    if (isMaterial(value)) return value;
    this.#unreadable.add(sha256);
    return null;
  }
}
