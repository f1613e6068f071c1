/** What lessons and methods say in words, for books that name them by id. */
import type { LessonLibrary } from "../../media-cache/library.ts";
import type { LessonRef } from "../../protocol/generated/types.ts";
import { type LessonWords, lessonWordsOf } from "../../protocol/lesson-words.ts";

export function stageNamesOf({
  stages,
}: {
  readonly stages: readonly { readonly id: string; readonly name: string }[];
}): Record<string, string> {
  return Object.fromEntries(stages.map(({ id, name }) => [id, name]));
}

/** By lesson id; of what is not here, or is damaged, there are no words. */
export async function wordsOf(
  library: Pick<LessonLibrary, "find" | "open">,
  refs: readonly LessonRef[],
): Promise<Record<string, LessonWords>> {
  const words: Record<string, LessonWords> = {};
  for (const { id, version } of refs) {
    if (words[id] !== undefined || library.find(id, version) === undefined) continue;
    const opened = await library.open(id, version);
    if (opened.ok) words[id] = lessonWordsOf(opened.entry.manifest, opened.material);
  }
  return words;
}
