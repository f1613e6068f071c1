/** Sessions as lines of a list, and the months they lie in. */
import type { MonthLine, MonthsBook, SessionEntry } from "../book-api.ts";
import { dayText, type Instant } from "../instant.ts";
import type { SessionRegister } from "../register.ts";
import { coverageOf } from "./attendance.ts";
import { type BookSources, headOf } from "./book-sources.ts";
import { lacksOf } from "./lacks.ts";
import { type BookScope, inScope, yearOf } from "./scope.ts";

export function entryOf(session: SessionRegister, branch: string | null = null): SessionEntry {
  const { closed, ending, heads, headCode, corrections, paper, evidence } = session;
  const { counts, ...sums } = coverageOf(session, branch);
  return {
    ...headOf(session),
    closed,
    ending,
    counts,
    coverage: { expected: counts.expected, ...sums },
    heads,
    headCode,
    corrections: corrections.filter(({ stands }) => stands).length,
    paper: paper && { result: paper.result, code: paper.code },
    lacks: lacksOf(session),
    evidence,
  };
}

/** `2026-03`; null: 时间未确认. */
export function monthOf({ sure, unixMs }: Instant, utcOffsetMinutes: number): string | null {
  return sure && unixMs !== null ? dayText(unixMs, utcOffsetMinutes).slice(0, 7) : null;
}

/** Newest first. @param month null: 时间未确认; undefined: all of the scope */
export function sessionEntries(
  { sessions, scope }: Pick<BookSources, "sessions" | "scope">,
  month?: string | null,
): SessionEntry[] {
  return inScope(sessions, scope)
    .sessions.filter(
      ({ openedAt }) => month === undefined || monthOf(openedAt, scope.utcOffsetMinutes) === month,
    )
    .map((session) => entryOf(session, scope.branch))
    .reverse();
}

export function monthsBook(all: readonly SessionRegister[], scope: BookScope): MonthsBook {
  const { utcOffsetMinutes } = scope;
  const everything = inScope(all, { ...scope, year: null }).sessions;
  const years = everything.flatMap(({ openedAt }) => yearOf(openedAt, utcOffsetMinutes) ?? []);
  const months = new Map<string | null, MonthLine>();
  for (const session of inScope(all, scope).sessions) {
    const month = monthOf(session.openedAt, utcOffsetMinutes);
    const { sessions, whole } = months.get(month) ?? { sessions: 0, whole: 0 };
    const isWhole = lacksOf(session).length === 0;
    months.set(month, { month, sessions: sessions + 1, whole: whole + (isWhole ? 1 : 0) });
  }
  return {
    years: [...new Set(years)].sort((a, b) => b - a),
    months: [...months.values()].sort(newestMonthFirst),
  };
}

/** What has no date may be the newest, and must not be overlooked: first. */
function newestMonthFirst(a: MonthLine, b: MonthLine): number {
  if (a.month === null || b.month === null) return a.month === null ? -1 : 1;
  return a.month < b.month ? 1 : -1;
}
