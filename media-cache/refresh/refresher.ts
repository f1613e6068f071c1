/**
 * One refresh: asks the planner, carries its plan out, asks again, until there is nothing to do or
 * something says stop. The decisions are the planner's; here they are acted on.
 *
 * - Z1. A lesson's manifest goes before its blobs, and the library has heard of it in between: what
 *   is being taken apart is not offered.
 * - Z2. Room is made when it is needed, not before.
 */
import type { BlobDisk } from "../../platform/ports/blob-disk.ts";
import type { DiskSpace } from "../../platform/ports/disk.ts";
import type { PartDisk } from "../../platform/ports/part-disk.ts";
import type { Random } from "../../platform/ports/random.ts";
import type { Sha256 } from "../../platform/ports/sha256.ts";
import { StorageError } from "../../platform/ports/storage-error.ts";
import type { Timer } from "../../platform/ports/timer.ts";
import { blobPath, manifestPath, partPath } from "../blob-store.ts";
import type { BlobFetcher, BlobSource, WantedBlob } from "../fetch/blob-fetcher.ts";
import { type RunEnd, runFetches } from "../fetch/fetch-run.ts";
import type { StopSignal } from "../fetch/stop.ts";
import { plan } from "../plan/plan.ts";
import type { CachePlan, EvictStep, FetchStep, PlanNote, PlanPolicy } from "../plan/plan-types.ts";
import { CacheInventory } from "./inventory.ts";
import { plannable, replacedBeyond, type TrustedLesson } from "./plannable.ts";

export interface RefreshCatalogue {
  lessons(): readonly TrustedLesson[];
  /** The manifest's bytes, as vouched for; null when they cannot be had now. */
  fetchManifest(lesson: TrustedLesson): Promise<Uint8Array | null>;
}

export interface RefresherOptions {
  readonly blobs: BlobDisk;
  readonly parts: PartDisk;
  readonly fetcher: Pick<BlobFetcher, "fetch">;
  readonly sha256: Sha256;
  readonly timer: Timer;
  readonly random: Random;
  readonly cacheDir: string;
  /** As `1.2.3`: nothing is fetched of lessons made for a newer one. */
  readonly playerVersion?: string | undefined;
  readonly catalogue: RefreshCatalogue;
  readonly sources: readonly BlobSource[];
  space(): Promise<DiskSpace>;
  /** The library looks again at what is there. */
  onChange(): Promise<void>;
}

export interface RefreshOrder {
  readonly stop: StopSignal;
  readonly bytesPerSecond: number;
  readonly budgetBytes: number;
  readonly today: string | null;
  /** False: what the catalogue says is too old to begin anything new by it. */
  readonly mayInstall: boolean;
  readonly policy: PlanPolicy;
  readonly uses: ReadonlyMap<string, number>;
}

/** How a refresh ended: as its fetching did, or for want of a catalogue to believe. */
export type RefreshEnd = RunEnd | "bad-catalogue";

export interface RefreshResult {
  readonly end: RefreshEnd;
  readonly fetchedBytes: number;
  /** Lessons that are whole now and were not before, as `id`. */
  readonly added: readonly string[];
  /** Lessons that were whole but for blobs that rotted, and are whole again. */
  readonly mended: readonly string[];
  readonly removed: readonly string[];
  readonly failed: readonly { readonly lesson: string; readonly why: string }[];
}

/** Storage that others share; AOSP warns its user at 500 MB. */
const RESERVE_MIN_BYTES = 512 * 1024 * 1024;
const RESERVE_SHARE = 0.1;
/** What others write while a plan is carried out; the next plan sees to it. */
const SLACK_BYTES = 16 * 1024 * 1024;
/** A plan brings a manifest or a lesson a round: more rounds than this is our own loop. */
const ROUNDS_MAX = 5000;

export function reserveOf({ totalBytes }: DiskSpace): number {
  return Math.max(RESERVE_MIN_BYTES, totalBytes * RESERVE_SHARE);
}

export async function refreshCache(
  options: RefresherOptions,
  order: RefreshOrder,
): Promise<RefreshResult> {
  const { blobs: disk, sha256, cacheDir, playerVersion } = options;
  const inventory = await CacheInventory.scan({ disk, sha256, cacheDir, playerVersion });
  return new Refresh(options, order, inventory).run();
}

class Refresh {
  readonly #options: RefresherOptions;
  readonly #order: RefreshOrder;
  readonly #inventory: CacheInventory;
  readonly #added = new Set<string>();
  readonly #mended = new Set<string>();
  /** Manifests of lessons that lack nothing but what was moved aside. */
  readonly #broken: ReadonlySet<string>;
  readonly #removed = new Set<string>();
  readonly #failed = new Map<string, string>();
  /** Steps that did not work out in this refresh: not tried again in it. */
  readonly #given = new Set<string>();
  #fetchedBytes = 0;

  constructor(options: RefresherOptions, order: RefreshOrder, inventory: CacheInventory) {
    this.#options = options;
    this.#order = order;
    this.#inventory = inventory;
    this.#broken = inventory.broken();
  }

  async run(): Promise<RefreshResult> {
    await this.#forget();
    const end = await this.#rounds().catch((error: unknown): RunEnd => {
      if (!(error instanceof StorageError)) throw error;
      return error.code === "no-space" ? "no-space" : "disk-failed";
    });
    return {
      end,
      fetchedBytes: this.#fetchedBytes,
      added: [...this.#added],
      mended: [...this.#mended],
      removed: [...this.#removed],
      failed: [...this.#failed].map(([lesson, why]) => ({ lesson, why })),
    };
  }

  /** What a newer program would have read, of lessons that the county has replaced since. */
  async #forget(): Promise<void> {
    const { catalogue, parts, cacheDir } = this.#options;
    for (const sha256 of replacedBeyond(catalogue.lessons(), this.#inventory)) {
      await parts.remove(manifestPath(cacheDir, sha256));
      this.#inventory.beyond.delete(sha256);
    }
  }

  async #rounds(): Promise<RunEnd> {
    for (let round = 0; round < ROUNDS_MAX && !this.#order.stop.stopped; round += 1) {
      const end = await this.#round();
      if (end !== null) return end;
    }
    return this.#order.stop.stopped ? "stopped" : "done";
  }

  /** Null: there may be more to do. */
  async #round(): Promise<RunEnd | null> {
    const planned = await this.#plan();
    for (const sha256 of planned.drop) await this.#dropPart(sha256);
    const batch = nextBatch(planned.fetch.filter((step) => this.#isOpen(step)));
    if (batch.length > 0) {
      const end = await this.#carryOut(batch, [...planned.evict]);
      return end === "done" ? null : end;
    }
    // With nothing to fetch, room is made only where others filled the disk.
    if (planned.fetch.length === 0) await this.#evictAll(planned);
    return "done";
  }

  /** A lesson begins with its manifest; what was begun may be finished, and mended, at any time. */
  #isOpen({ kind, sha256 }: FetchStep): boolean {
    return !this.#given.has(sha256) && (kind === "blob" || this.#order.mayInstall);
  }

  async #plan(): Promise<CachePlan> {
    const { today, policy, uses } = this.#order;
    const { lessons, blobs, parts, damaged } = this.#inventory;
    const now = await this.#options.space();
    const { catalogue, beyond } = plannable(this.#options.catalogue.lessons(), this.#inventory);
    const planned = plan({
      catalogue,
      inventory: { lessons: [...lessons.values()], blobs, parts, damaged, uses },
      quota: { freeBytes: now.freeBytes, reserveBytes: reserveOf(now) },
      clock: { today },
      policy,
    });
    this.#note(planned.notes);
    for (const id of beyond) this.#failed.set(id, "needs-upgrade");
    return planned;
  }

  #note(notes: readonly PlanNote[]): void {
    for (const note of notes) {
      if (note.kind !== "disk-full") this.#failed.set(note.lesson, note.kind);
    }
  }

  async #carryOut(batch: readonly FetchStep[], evict: EvictStep[]): Promise<RunEnd> {
    const [first] = batch;
    if (first?.kind === "manifest") {
      await this.#fetchManifest(first);
      return "done";
    }
    const blobs = batch.flatMap((step) => (step.kind === "blob" ? [step] : []));
    const { fetcher, sources, timer, random } = this.#options;
    const { stop, bytesPerSecond, budgetBytes } = this.#order;
    const report = await runFetches(blobs, {
      ...{ fetcher, sources, timer, random, stop, bytesPerSecond },
      budgetBytes: budgetBytes - this.#fetchedBytes,
      makeRoom: (blob) => this.#makeRoom(this.#lacking(blob), evict),
      onCommitted: ({ sha256, bytes }) => this.#committed(sha256, bytes),
    });
    this.#fetchedBytes += report.fetchedBytes;
    this.#giveUp(report.missing, "missing", blobs);
    this.#giveUp(report.left, "unreachable", blobs);
    await this.#options.onChange();
    return report.end;
  }

  #lacking({ sha256, bytes }: WantedBlob): number {
    return bytes - (this.#inventory.parts.get(sha256) ?? 0);
  }

  #giveUp(names: readonly string[], why: string, steps: readonly FetchStep[]): void {
    for (const name of names) {
      this.#given.add(name);
      const step = steps.find(({ sha256 }) => sha256 === name);
      if (step !== undefined) this.#failed.set(step.lesson, why);
    }
  }

  async #fetchManifest(step: FetchStep): Promise<void> {
    const { catalogue, blobs, cacheDir } = this.#options;
    const lesson = catalogue.lessons().find(({ manifest }) => manifest === step.sha256);
    const bytes = lesson === undefined ? null : await catalogue.fetchManifest(lesson);
    if (bytes !== null) {
      await blobs.write(manifestPath(cacheDir, step.sha256), bytes);
      this.#fetchedBytes += bytes.length;
      // Also of a newer program's: kept, it is not asked for again, and shown as what it is.
      const taken = await this.#inventory.takeManifest(step.sha256);
      if (taken === "beyond") await this.#options.onChange();
      if (taken !== "wrong") return;
    }
    this.#given.add(step.sha256);
    this.#failed.set(step.lesson, bytes === null ? "unreachable" : "bad-manifest");
  }

  async #committed(sha256: string, bytes: number): Promise<void> {
    const { blobs, parts, damaged, lessons } = this.#inventory;
    parts.delete(sha256);
    damaged.delete(sha256);
    blobs.set(sha256, bytes);
    for (const lesson of lessons.values()) {
      if (!lesson.files.some((file) => file.sha256 === sha256)) continue;
      if (!this.#inventory.isWhole(lesson)) continue;
      (this.#broken.has(lesson.manifest) ? this.#mended : this.#added).add(lesson.id);
      this.#failed.delete(lesson.id);
      await this.#options.onChange();
    }
  }

  /** Z2 */
  async #makeRoom(bytes: number, evict: EvictStep[]): Promise<boolean> {
    for (;;) {
      const space = await this.#options.space();
      if (space.freeBytes - bytes >= reserveOf(space) - SLACK_BYTES) return true;
      const step = evict.shift();
      if (step === undefined) return false;
      await this.#evict(step);
    }
  }

  async #evictAll({ evict }: CachePlan): Promise<void> {
    for (const step of evict) await this.#evict(step);
  }

  /** Z1 */
  async #evict({ lesson, manifest, blobs }: EvictStep): Promise<void> {
    const { parts, cacheDir, onChange } = this.#options;
    if (manifest !== null) {
      await parts.remove(manifestPath(cacheDir, manifest));
      this.#inventory.lessons.delete(manifest);
      if (lesson !== null) this.#removed.add(lesson);
      await onChange();
    }
    for (const { sha256 } of blobs) {
      await parts.remove(blobPath(cacheDir, sha256));
      this.#inventory.blobs.delete(sha256);
    }
  }

  async #dropPart(sha256: string): Promise<void> {
    await this.#options.parts.remove(partPath(this.#options.cacheDir, sha256));
    this.#inventory.parts.delete(sha256);
  }
}

/** What is done before the plan is asked again: one manifest, or blobs until the next manifest. */
function nextBatch(fetch: readonly FetchStep[]): readonly FetchStep[] {
  if (fetch[0]?.kind === "manifest") return fetch.slice(0, 1);
  const manifest = fetch.findIndex(({ kind }) => kind === "manifest");
  return manifest < 0 ? fetch : fetch.slice(0, manifest);
}
