/**
 * A box's cache as plain data: the catalogue that is offered, what is here, and plans carried out.
 */
import { plan } from "../../media-cache/plan/plan.ts";
import type {
  CachePlan,
  CatalogueLesson,
  HeldLesson,
  PlanInput,
  PlannedFile,
  PlanPolicy,
} from "../../media-cache/plan/plan-types.ts";

export interface WorldLesson extends HeldLesson {
  readonly priority: number;
}

/** A lesson as the catalogue offers it: what it is made of is known with its manifest only. */
interface Offers {
  readonly known: CatalogueLesson;
  readonly unknown: CatalogueLesson;
}

/** Lessons never change, and years of nights ask for the same thousands again and again. */
const OFFERS = new WeakMap<WorldLesson, Offers>();

function offersOf(lesson: WorldLesson): Offers {
  const found = OFFERS.get(lesson);
  if (found !== undefined) return found;
  const { files, ...rest } = lesson;
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const offers = { known: { ...rest, bytes, files }, unknown: { ...rest, bytes, files: null } };
  OFFERS.set(lesson, offers);
  return offers;
}

export class CacheWorld {
  /** Newest versions, as published. */
  published: readonly WorldLesson[] = [];
  readonly held = new Map<string, HeldLesson>();
  readonly blobs = new Map<string, number>();
  readonly parts = new Map<string, number>();
  readonly damaged = new Set<string>();
  readonly uses = new Map<string, number>();
  readonly pins: string[] = [];
  readonly wanted: string[] = [];
  inUse: PlanPolicy["inUse"] = [];
  days: PlanPolicy["days"] = [];
  today: string | null = null;
  freeBytes = 0;
  reserveBytes = 0;

  input(): PlanInput {
    return {
      catalogue: this.published.map((lesson) => this.#catalogued(lesson)),
      inventory: {
        lessons: [...this.held.values()],
        blobs: this.blobs,
        parts: this.parts,
        damaged: this.damaged,
        uses: this.uses,
      },
      quota: { freeBytes: this.freeBytes, reserveBytes: this.reserveBytes },
      clock: { today: this.today },
      policy: { days: this.days, pins: this.pins, inUse: this.inUse, wanted: this.wanted },
    };
  }

  #catalogued(lesson: WorldLesson): CatalogueLesson {
    const { known, unknown } = offersOf(lesson);
    return this.held.has(lesson.manifest) ? known : unknown;
  }

  copy(): CacheWorld {
    const copy = new CacheWorld();
    Object.assign(copy, { ...this });
    for (const name of ["held", "blobs", "parts", "uses"] as const) {
      Object.assign(copy, { [name]: new Map<unknown, unknown>(this[name]) });
    }
    return Object.assign(copy, { damaged: new Set(this.damaged) });
  }

  /** Every change that a plan asks for, one by one, in the order of the runner. */
  *changes({ drop, evict, fetch }: CachePlan): Generator<() => void> {
    for (const sha256 of drop) yield () => this.#dropPart(sha256);
    for (const { manifest, blobs } of evict) {
      if (manifest !== null) yield () => void this.held.delete(manifest);
      for (const { sha256 } of blobs) yield () => this.#remove(sha256);
    }
    for (const step of fetch) {
      if (step.kind === "manifest") yield () => this.#takeManifest(step.sha256);
      else yield () => this.put(step);
    }
  }

  #takeManifest(sha256: string): void {
    const lesson = this.published.find(({ manifest }) => manifest === sha256);
    if (lesson !== undefined) this.held.set(sha256, lesson);
  }

  #dropPart(sha256: string): void {
    this.freeBytes += this.parts.get(sha256) ?? 0;
    this.parts.delete(sha256);
  }

  #remove(sha256: string): void {
    this.freeBytes += this.blobs.get(sha256) ?? 0;
    this.blobs.delete(sha256);
  }

  put({ sha256, bytes }: Pick<PlannedFile, "sha256" | "bytes">): void {
    this.#dropPart(sha256);
    this.#remove(sha256);
    this.damaged.delete(sha256);
    this.blobs.set(sha256, bytes);
    this.freeBytes -= bytes;
  }

  isWhole({ files }: HeldLesson): boolean {
    return files.every(({ sha256 }) => this.blobs.has(sha256));
  }

  /** Plans and carries out until there is nothing left to do; answers how many rounds it took. */
  settle(roundsMax = 10): number {
    for (let round = 0; round < roundsMax; round += 1) {
      const changes = [...this.changes(plan(this.input()))];
      if (changes.length === 0) return round;
      for (const change of changes) change();
    }
    return roundsMax;
  }
}
