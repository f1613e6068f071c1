/** The session that is on, with what belongs to it and is no record: lessons, card, film. */
import type { LessonEntry } from "../../media-cache/library.ts";
import type { Material, Method } from "../../protocol/generated/types.ts";
import type { FlowItem, HasMaterial } from "../session/flow.ts";
import { type SessionState, stageOf } from "../session/session.ts";
import type { FilmWatch } from "./film-watch.ts";

export interface LiveLesson {
  readonly entry: LessonEntry;
  /** Null when the lesson cannot be opened any more. */
  readonly material: Material | null;
}

export interface LiveSession {
  readonly state: SessionState;
  readonly method: Method;
  readonly title: string;
  readonly lessons: readonly LiveLesson[];
  readonly card: number;
  readonly film: FilmWatch;
  /** Found open after a power cut on another day: home asks before it goes on. */
  readonly held: boolean;
}

export function lessonOf({ lessons, state }: LiveSession): LiveLesson | undefined {
  return lessons[stageOf(state).item];
}

/** Which stages have something to show. A stage of an unlisted kind needs no material. */
export function hasMaterialIn(lessons: readonly LiveLesson[]): HasMaterial {
  return ({ kind, item }: FlowItem) => {
    const lesson = lessons[item];
    return MATERIAL_COUNT[kind]?.(lesson) ?? true;
  };
}

const MATERIAL_COUNT: Readonly<Record<string, (lesson: LiveLesson | undefined) => boolean>> = {
  hint: (lesson) => (lesson?.material?.hint?.cards.length ?? 0) > 0,
  watch: (lesson) => lesson !== undefined,
  discuss: (lesson) => (lesson?.material?.discuss?.topics.length ?? 0) > 0,
  feedback: (lesson) => (lesson?.material?.feedback?.questions.length ?? 0) > 0,
  practise: (lesson) => (lesson?.material?.practise?.tasks.length ?? 0) > 0,
};
