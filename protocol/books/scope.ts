/** Which sessions a book is about: a year, a branch, one session. docs/formats/registers.md. */
import type { Instant } from "../instant.ts";
import type { SessionRegister } from "../register.ts";
import { SESSION_TYPES } from "../session-type.ts";

export interface BookScope {
  readonly utcOffsetMinutes: number;
  /** Null: every year, and those sessions whose date is not known. */
  readonly year: number | null;
  /** Null: all of the room. */
  readonly branch: string | null;
}

export const CHINA_OFFSET_MINUTES = 480;
export const EVERYTHING: BookScope = {
  utcOffsetMinutes: CHINA_OFFSET_MINUTES,
  year: null,
  branch: null,
};

/** Null: 时间未确认, so no year. */
export function yearOf({ sure, unixMs }: Instant, utcOffsetMinutes: number): number | null {
  if (!sure || unixMs === null) return null;
  return new Date(unixMs + utcOffsetMinutes * 60_000).getUTCFullYear();
}

/** 练习 writes nothing into any register. */
function isRecorded({ type }: SessionRegister): boolean {
  return SESSION_TYPES.find(({ id }) => id === type)?.recorded ?? true;
}

export interface ScopedSessions {
  /** In the order they came. */
  readonly sessions: readonly SessionRegister[];
  /** So many more may belong to the year: nobody knows. */
  readonly undated: number;
}

export function inScope(all: readonly SessionRegister[], scope: BookScope): ScopedSessions {
  const { branch, year, utcOffsetMinutes } = scope;
  const own = all.filter((session) => isRecorded(session) && isOfBranch(session, branch));
  if (year === null) return { sessions: own, undated: 0 };
  const years = own.map(({ openedAt }) => yearOf(openedAt, utcOffsetMinutes));
  return {
    sessions: own.filter((_session, index) => years[index] === year),
    undated: years.filter((one) => one === null).length,
  };
}

/** Held for the branch; or somebody of it was there as a guest of another one. */
function isOfBranch({ branches, people, marks }: SessionRegister, branch: string | null): boolean {
  if (branch === null || branches.includes(branch)) return true;
  return marks.some(({ member }) => people[member]?.branch === branch);
}
