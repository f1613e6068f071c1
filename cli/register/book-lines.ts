/** What every line of every book is made of. */
import type { BookScope } from "../../protocol/books/scope.ts";
import type { Roster } from "../../protocol/generated/types.ts";
import type { MemberDirectory } from "../../protocol/member-directory.ts";
import type { SessionRegister } from "../../protocol/register.ts";
import { writeInstant } from "./words.ts";

export interface BookSources {
  /** Oldest first. */
  readonly sessions: readonly SessionRegister[];
  readonly scope: BookScope;
  readonly directory: MemberDirectory;
  readonly roster: Roster | null;
  /** For 《党员收视手册》. */
  readonly member: string | null;
}

export type BookLine = Readonly<Record<string, string | number | null>>;
export type Book = (sources: BookSources) => BookLine[];

/** What every line begins with. */
export function headOf(session: SessionRegister): BookLine {
  return { 场次: session.id, 时间: writeInstant(session.openedAt), 题目: session.title };
}

/** Of whom nobody knows the branch belongs to every one. */
export function isOf({ people }: SessionRegister, member: string, branch: string | null): boolean {
  const home = people[member]?.branch ?? null;
  return branch === null || home === null || home === branch;
}
