/** A narration of the lesson that is on, by its path in the package. Pure. */
import type { Speech } from "../voice/speaker.ts";
import type { Session } from "./stage-ground.ts";

/** Null: the lesson has none for this. */
export function narrationOf(
  { lessons, item }: Pick<Session, "lessons" | "item">,
  path: string | null | undefined,
): Speech | null {
  const lesson = lessons[item];
  if (path === null || path === undefined || lesson === undefined) return null;
  return { kind: "file", url: `/l/${lesson.id}/${lesson.version}/${path}` };
}
