import type { LessonEntry } from "../../media-cache/library.ts";
import type { LessonCard } from "../../protocol/generated/types.ts";

/** URL path of a lesson's file, as the door serves it. */
export function mediaPath({ manifest }: LessonEntry, path: string): string {
  return `/l/${manifest.id}/${manifest.version}/${path}`;
}

export function toLessonCard(entry: LessonEntry): LessonCard {
  const { id, version, title, category, number, durationMs, entry: files } = entry.manifest;
  const poster = files.poster === undefined ? null : mediaPath(entry, files.poster);
  return { id, version, title, category, number, durationMs, poster, state: entry.state };
}
