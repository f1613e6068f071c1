/**
 * What the county vouches for: the lessons of the signed catalogue (docs/formats/catalogue.md), as
 * those who plan and fetch see them.
 *
 * - Q1. `lessons` answers only what the trusted metadata lists, each lesson in its newest version.
 * - Q2. `fetchManifest` answers only bytes with the length and the hash that were signed.
 */

export interface CatalogueLesson {
  readonly id: string;
  readonly version: number;
  /** SHA-256 of the manifest's bytes: the lesson's identity in registers and cache. */
  readonly manifest: string;
  readonly manifestBytes: number;
  /** 片号. */
  readonly number: string;
  readonly title: string;
  readonly category: string;
  /** First letters of the title's pinyin; empty when the publisher gave none. */
  readonly initials: string;
  /** 0: the publisher did not say. */
  readonly durationMs: number;
  /** Higher is fetched earlier. */
  readonly priority: number;
  /** Of all its files together. */
  readonly bytes: number;
  /** The entry is of a newer format: it needs a newer program, and only its name is known. */
  readonly isBeyond?: boolean;
}

export interface Catalogue {
  lessons(): readonly CatalogueLesson[];
  /** Null when it cannot be had now. */
  fetchManifest(lesson: Pick<CatalogueLesson, "manifest">): Promise<Uint8Array | null>;
}
