/** A film and its texts as a lesson package: docs/formats/lesson.md. Needs ffmpeg on the path. */
import type { LessonManifest } from "../../../protocol/generated/types.ts";

export interface PackOptions {
  readonly videoFile: string;
  readonly materialFile: string;
  readonly captionsFile?: string | undefined;
  /** An image; a frame of the film when absent. */
  readonly posterFile?: string | undefined;
  /** `lesson.json`: id, version, title, category, number, themes. */
  readonly lessonFile: string;
  /** Must not exist or be empty: the package appears in it whole. */
  readonly outDir: string;
  readonly onProgress?: ((progress: PackProgress) => void) | undefined;
}

export interface PackProgress {
  readonly phase: "listen" | "film" | "files";
  /** 0 to 1, over all phases. */
  readonly done: number;
}

export type PackResult =
  | { readonly ok: true; readonly manifest: LessonManifest }
  | { readonly ok: false; readonly code: string; readonly text: string };
