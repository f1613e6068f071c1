/** What the books are made of, wherever they are read. */
import type { SessionHead } from "../book-api.ts";
import type { LessonRef } from "../generated/types.ts";
import type { Instant } from "../instant.ts";
import type { LessonWords } from "../lesson-words.ts";
import type { MemberDirectory } from "../member-directory.ts";
import type { SessionRegister } from "../register.ts";
import { sessionTypeName } from "../session-type.ts";
import type { BookScope } from "./scope.ts";

export interface KnownLesson {
  readonly title: string;
  /** Can be shown here and now. */
  readonly ready: boolean;
  /** Null: only the title is known here. */
  readonly words: LessonWords | null;
}

export interface BookSources {
  /** Oldest first. */
  readonly sessions: readonly SessionRegister[];
  readonly scope: BookScope;
  readonly directory: MemberDirectory;
  /** Null: no such lesson here. */
  lesson(ref: LessonRef): KnownLesson | null;
  stageName(id: string): string;
}

export function headOf(session: SessionRegister): SessionHead {
  const { id, type, title, branches, openedAt } = session;
  return { id, type, typeName: sessionTypeName(type), title, branches, openedAt: whenOf(openedAt) };
}

export function whenOf({ bootOrdinal: _boot, bootMs: _ms, ...known }: Instant) {
  return known;
}

/** The title of one lesson of a session; of the session itself when the lesson is not known. */
export function titleOf(
  { lesson }: Pick<BookSources, "lesson">,
  { lessons, title }: SessionRegister,
  item: number | null,
): string {
  const ref = lessons[item ?? -1];
  if (ref === undefined) return title;
  return (
    lesson(ref)?.title ?? (lessons.length === 1 ? title : `${title}（第 ${(item ?? 0) + 1} 课）`)
  );
}

/** 失联 and who has left by today's roster are scored by nobody; who is in no roster still owes. */
export function isScoredBy(directory: MemberDirectory): (member: string) => boolean {
  return (id) => {
    const known = directory.member(id);
    if (known === undefined) return !directory.isErased(id);
    return known.status === "active" && known.management !== "lost";
  };
}
