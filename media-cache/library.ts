/**
 * The lessons of this box, as everybody else sees them. A lesson is offered as ready only when
 * every file of it was hashed and fits. On disk: docs/formats/lesson.md.
 *
 * - L1. `open` says ok only when all files of the lesson are there and hash to what the manifest
 *   says.
 * - L2. `locate` never answers a path outside the cache folder, nor a file that the manifest does
 *   not list.
 * - L3. A damaged blob is moved aside, never served, and never deleted.
 */
import type { LessonCard, LessonManifest, Material } from "../protocol/generated/types.ts";

export type LessonState = LessonCard["state"];

export interface LessonEntry {
  readonly manifest: LessonManifest;
  /** Of the manifest's bytes: the lesson's identity in the registers. */
  readonly sha256: string;
  readonly state: LessonState;
  /** Of a partial lesson: tenths of its bytes that are here, 0 to 9. */
  readonly tenths?: number;
  /** The county's catalogue lists it: what lacks of it, or is damaged, comes by itself. */
  readonly isSupplied: boolean;
  /** One Chinese sentence, when the lesson cannot be played. */
  readonly why?: string;
}

export type OpenedLesson =
  | { readonly ok: true; readonly entry: LessonEntry; readonly material: Material }
  | {
      readonly ok: false;
      readonly code: "absent" | "damaged" | "needs-upgrade";
      /** Plain Chinese: what is wrong and what to do. */
      readonly text: string;
    };

/** Where the bytes of one file of a lesson lie. */
export interface BlobPlace {
  readonly file: string;
  readonly bytes: number;
  readonly type: string;
  readonly sha256: string;
}

export interface LibraryUsage {
  readonly lessons: number;
  readonly ready: number;
  readonly bytes: number;
}

export interface LessonLibrary {
  /** The newest version of every lesson that can be played, or else the newest; by number (片号). */
  list(): readonly LessonEntry[];
  /** Without a version: the newest that can be played, or else the newest. */
  find(id: string, version?: number): LessonEntry | undefined;
  /** Hashes what is not trusted yet: verified on open. */
  open(id: string, version: number): Promise<OpenedLesson>;
  locate(id: string, version: number, path: string): BlobPlace | null;
  /** The page could not play this file: hash it again, and move it aside when it is wrong. */
  reportDamage(id: string, version: number, path: string): Promise<void>;
  usage(): LibraryUsage;
  /** Looks for what was imported, mended or removed in the folder since it was last looked at. */
  refresh(): Promise<void>;
}
