/** What of a lesson the registers need in words. Ids stand where a lesson is not known. */
import type { LessonManifest, Material } from "./generated/types.ts";

export interface LessonWords {
  readonly title: string;
  readonly durationMs: number;
  readonly points: Readonly<Record<string, string>>;
  /** Discussion topics by id, each with its preset points in order. */
  readonly topics: Readonly<Record<string, { text: string; points: readonly string[] }>>;
  readonly questions: Readonly<Record<string, { text: string; options: readonly string[] }>>;
  readonly tasks: Readonly<Record<string, { text: string; kind: "try" | "outing" }>>;
}

export function lessonWordsOf(
  { title, durationMs }: Pick<LessonManifest, "title" | "durationMs">,
  material: Material,
): LessonWords {
  const questions = [...(material.hint?.questions ?? []), ...(material.feedback?.questions ?? [])];
  return {
    title,
    durationMs,
    points: byId(material.points, ({ text }) => text),
    topics: byId(material.discuss?.topics, ({ text, points }) => ({ text, points })),
    questions: byId(questions, ({ text, options }) => ({ text, options })),
    tasks: byId(material.practise?.tasks, ({ text, kind }) => ({ text, kind })),
  };
}

function byId<T extends { readonly id: string }, V>(
  items: readonly T[] | undefined,
  to: (item: T) => V,
): Record<string, V> {
  return Object.fromEntries((items ?? []).map((item) => [item.id, to(item)]));
}
