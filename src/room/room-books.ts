/** The books over many sessions, as the TV asks for them: protocol/book-api.ts. */
import type { KnownLesson } from "../../protocol/books/book-sources.ts";
import { openTasks } from "../../protocol/books/open-tasks.ts";
import { type BookAsk, readBook } from "../../protocol/books/read-book.ts";
import type { LessonRef } from "../../protocol/generated/types.ts";
import type { SessionRegister } from "../../protocol/register.ts";
import { stageNamesOf, wordsOf } from "./lesson-text.ts";
import { directoryOf, type MemberSources } from "./member-lists.ts";
import type { QuerySources } from "./room-queries.ts";

export interface RoomBookSources extends QuerySources, MemberSources {
  readonly shelf: QuerySources["shelf"];
  readonly utcOffsetMinutes: number;
  /** What recovery found, one sentence each. */
  readonly damage: readonly string[];
}

/** Null: there is no such book. */
export async function roomBook(ask: BookAsk, sources: RoomBookSources): Promise<unknown> {
  const { fold, library, shelf, utcOffsetMinutes, damage } = sources;
  const sessions = [...fold.sessions()].reverse();
  const words = await wordsOf(library, ask.name === "tasks" ? taskLessons(sessions) : []);
  const { year, branch } = ask;
  const lesson = ({ id, version }: LessonRef): KnownLesson | null => {
    const entry = library.find(id, version) ?? library.find(id);
    if (entry === undefined) return null;
    const ready = library.find(id)?.state === "ready";
    return { title: entry.manifest.title, ready, words: words[id] ?? null };
  };
  const names = stageNamesOf(shelf.method.document);
  const book = {
    sessions,
    scope: { year, branch, utcOffsetMinutes },
    directory: directoryOf(sources, [...sessions].reverse()),
    lesson,
    stageName: (id: string) => names[id] ?? id,
  };
  return readBook(book, ask, { damage });
}

function taskLessons(sessions: readonly SessionRegister[]): LessonRef[] {
  return openTasks(sessions).flatMap(({ session, task }) => session.lessons[task.item] ?? []);
}
