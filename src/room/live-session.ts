/** The session that is on, with what belongs to it and is no record: lessons, card, film. */
import type { LessonEntry } from "../../media-cache/library.ts";
import type { LessonRef, Material, Method } from "../../protocol/generated/types.ts";
import type { FlowItem, HasMaterial } from "../session/flow.ts";
import { type SessionState, stageOf } from "../session/session.ts";
import type { FilmWatch } from "./film-watch.ts";

export interface LiveLesson {
  readonly ref: LessonRef;
  /** Null when the lesson was removed from this machine: its place in the session stays. */
  readonly entry: LessonEntry | null;
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

/** The film can move: it is on the screen, in its own stage. */
export function isFilmOn({ state, held }: LiveSession): boolean {
  return state.ended === null && !state.paused && !held && stageOf(state).kind === "watch";
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
  watch: (lesson) => (lesson?.entry ?? null) !== null,
  discuss: (lesson) => (lesson?.material?.discuss?.topics.length ?? 0) > 0,
  feedback: (lesson) => (lesson?.material?.feedback?.questions.length ?? 0) > 0,
  practise: (lesson) => (lesson?.material?.practise?.tasks.length ?? 0) > 0,
};
