/**
 * In which order lessons have a right to the disk. Depends on catalogue, plan and wishes alone, not
 * on what happens to be here: so planning anew after a crash comes to the same end (P8).
 */
import type { CatalogueLesson, PlanInput, StudyDay } from "./plan-types.ts";

/** Study days whose lessons are never let go, and come before everything. */
export const PROTECTED_DAYS = 2;

export type RankClass = "study-day" | "wanted" | "planned" | "ahead";

export interface Ranked {
  readonly lesson: CatalogueLesson;
  readonly rank: RankClass;
}

/** Days to come; without a sure clock all that were not held, as they stand (P5). */
export function daysToCome({ policy, clock }: Pick<PlanInput, "policy" | "clock">): StudyDay[] {
  const { today } = clock;
  const days = policy.days.filter(({ date }) => today === null || date >= today);
  return days.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}

/** Lessons of the next study days; several entries may share a date. */
export function nextLessons(days: readonly StudyDay[]): Set<string> {
  const dates = [...new Set(days.map(({ date }) => date))].slice(0, PROTECTED_DAYS);
  return new Set(days.filter(({ date }) => dates.includes(date)).flatMap((day) => day.lessons));
}

export function rankLessons(input: PlanInput): Ranked[] {
  const { catalogue, policy, inventory } = input;
  const days = daysToCome(input);
  const next = nextLessons(days);
  const orderOf = new Map<string, number>();
  const put = (id: string): void => {
    if (!orderOf.has(id)) orderOf.set(id, orderOf.size);
  };
  for (const id of days.flatMap((day) =>
    day.lessons.some((one) => next.has(one)) ? day.lessons : [],
  )) {
    if (next.has(id)) put(id);
  }
  const afterNext = orderOf.size;
  for (const id of policy.wanted) put(id);
  const afterWanted = orderOf.size;
  for (const { lessons } of days) for (const id of lessons) put(id);
  const rankOf = (id: string): RankClass => {
    const order = orderOf.get(id);
    if (order === undefined) return "ahead";
    if (order < afterNext) return "study-day";
    return order < afterWanted ? "wanted" : "planned";
  };
  const last = orderOf.size;
  // What is compared is looked up once: there are ten times as many comparisons as lessons.
  return catalogue
    .map((lesson) => {
      const { id } = lesson;
      const order = orderOf.get(id) ?? last;
      return { lesson, rank: rankOf(id), order, use: inventory.uses.get(id) ?? 0 };
    })
    .sort(
      (a, b) =>
        a.order - b.order ||
        b.lesson.priority - a.lesson.priority ||
        b.use - a.use ||
        (a.lesson.id < b.lesson.id ? -1 : 1),
    );
}
