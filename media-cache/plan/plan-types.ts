/** What the planner is told, and what it answers (docs/formats/cache.md). Plain data. */

export interface PlannedFile {
  readonly sha256: string;
  readonly bytes: number;
  readonly tier: "browse" | "play";
}

/** A lesson that the county publishes, in its newest version. */
export interface CatalogueLesson {
  readonly id: string;
  readonly version: number;
  /** Of the manifest's bytes. */
  readonly manifest: string;
  /** Higher is fetched earlier. */
  readonly priority: number;
  /** Of all its files together. */
  readonly bytes: number;
  /** Null while the manifest is not here. */
  readonly files: readonly PlannedFile[] | null;
}

/** A lesson whose manifest is here, in whatever version, from the catalogue or not. */
export interface HeldLesson {
  readonly id: string;
  readonly version: number;
  readonly manifest: string;
  readonly files: readonly PlannedFile[];
}

export interface Inventory {
  readonly lessons: readonly HeldLesson[];
  /** Blobs that are here and not known to be wrong: name → bytes. */
  readonly blobs: ReadonlyMap<string, number>;
  /** Parts on their way: name → bytes. */
  readonly parts: ReadonlyMap<string, number>;
  /** Names of blobs that were moved aside. */
  readonly damaged: ReadonlySet<string>;
  /** Lesson id → logical time of its last use. */
  readonly uses: ReadonlyMap<string, number>;
}

export interface Quota {
  readonly freeBytes: number;
  /** Stays free, whatever is fetched. */
  readonly reserveBytes: number;
}

export interface StudyDay {
  /** `YYYY-MM-DD` in the county's zone. */
  readonly date: string;
  readonly lessons: readonly string[];
}

export interface PlanPolicy {
  /** Days that were not held yet, in order. */
  readonly days: readonly StudyDay[];
  readonly pins: readonly string[];
  readonly inUse: readonly { readonly id: string; readonly version: number }[];
  /** Asked for from the TV page, oldest first. */
  readonly wanted: readonly string[];
}

export interface PlanInput {
  readonly catalogue: readonly CatalogueLesson[];
  readonly inventory: Inventory;
  readonly quota: Quota;
  /** Today in the county's zone; null when the clock is not sure. */
  readonly clock: { readonly today: string | null };
  readonly policy: PlanPolicy;
}

export type FetchReason =
  | "repair"
  | "browse"
  | "study-day"
  | "wanted"
  | "begun"
  | "planned"
  | "ahead";

export type FetchStep =
  | {
      readonly kind: "manifest";
      readonly lesson: string;
      readonly version: number;
      readonly sha256: string;
      readonly why: FetchReason;
    }
  | {
      readonly kind: "blob";
      readonly lesson: string;
      readonly version: number;
      readonly sha256: string;
      readonly bytes: number;
      readonly why: FetchReason;
    };

export type EvictReason = "unreferenced" | "superseded" | "not-in-catalogue" | "no-room";

/** The manifest goes first, so that the lesson is never offered with half of its blobs. */
export interface EvictStep {
  /** Null for blobs of no lesson. */
  readonly lesson: string | null;
  readonly version: number;
  readonly manifest: string | null;
  readonly blobs: readonly { readonly sha256: string; readonly bytes: number }[];
  readonly why: EvictReason;
}

export type PlanNote =
  /** A lesson of a study day, or one that was asked for, does not fit. */
  | { readonly kind: "no-room"; readonly lesson: string; readonly missingBytes: number }
  /** A lesson of a study day that the county does not publish and that is not here. */
  | { readonly kind: "not-published"; readonly lesson: string; readonly date: string }
  /** What must stay leaves less than the reserve free. */
  | { readonly kind: "disk-full"; readonly missingBytes: number };

export interface CachePlan {
  /** Ids of the lessons that are to be whole in the end, by rank. */
  readonly keep: readonly string[];
  /** Parts that nobody wants: they go before anything else. */
  readonly drop: readonly string[];
  readonly fetch: readonly FetchStep[];
  readonly evict: readonly EvictStep[];
  readonly notes: readonly PlanNote[];
}
