/**
 * The books as pages read them: on the TV (`/api/books/…` of the box) and in the county's console.
 * Made by the same functions (`protocol/books/`), so that a number cannot differ between the two.
 *
 * | request | answer |
 * | --- | --- |
 * | `books/makeup` | `MakeupBook`: who owes which lesson, what a unit owes, what was made up |
 * | `books/months` | `MonthsBook`: the months that have sessions, the newest first |
 * | `books/sessions?month=2026-03` | `SessionEntry[]`, newest first; `month=none`: 时间未确认 |
 * | `books/member/:id` | `MemberBook`: one member's 《党员收视手册》 |
 * | `books/counts` | `CountsBook`: 三会一课, 民主生活会 and every other type |
 * | `books/inspect` | `InspectorBook`: all that an inspector asks for on one page |
 * | `books/tasks` | `TaskLine[]`: 课后实践 that comes back at the next session |
 *
 * Each takes `year=2026` and `branch=ID`; without them it is about everything.
 */
import type { MeetingCounts, TypeCount } from "./books/year-counts.ts";
import type {
  AttendanceCounts,
  AttendanceStatus,
  HandCount,
  MakeupHow,
  Member,
  PaperCode,
  PaperResult,
  TaskEnding,
} from "./generated/types.ts";
import type { NamedMember } from "./member-directory.ts";
import type { Instant } from "./register.ts";

/** A moment without the stamp of the boot: `unixMs` null is 时间未确认. */
export type When = Omit<Instant, "bootOrdinal" | "bootMs">;

/** What every line says of its session. */
export interface SessionHead {
  readonly id: string;
  readonly type: string;
  readonly typeName: string;
  readonly title: string;
  readonly openedAt: When;
  readonly branches: readonly string[];
}

/** Attendance (到课) beside coverage (全覆盖). */
export interface CoverageSums {
  readonly expected: number;
  readonly attended: number;
  readonly madeUp: number;
  readonly broughtHome: number;
  readonly covered: number;
  readonly welcome: number;
}

export interface SessionEntry extends SessionHead {
  readonly closed: boolean;
  readonly ending: "done" | "abandoned" | null;
  readonly counts: AttendanceCounts;
  readonly coverage: CoverageSums;
  readonly heads: number | null;
  readonly headCode: string | null;
  /** 更: corrections that stand. */
  readonly corrections: number;
  readonly paper: { readonly result: PaperResult; readonly code: PaperCode | null } | null;
  /** What is not whole about it, in plain sentences; empty: all of it is there. */
  readonly lacks: readonly string[];
  readonly evidence: readonly string[];
}

export interface MonthLine {
  /** `2026-03`; null: 时间未确认. */
  readonly month: string | null;
  readonly sessions: number;
  /** Sessions that lack nothing. */
  readonly whole: number;
}

export interface MonthsBook {
  /** Years that have sessions, the newest first. */
  readonly years: readonly number[];
  readonly months: readonly MonthLine[];
}

/** One missed lesson with everybody who owes it. */
export interface OwedLesson {
  readonly session: SessionHead;
  /** Null: a session without a lesson, owed as a whole. */
  readonly item: number | null;
  readonly lesson: string | null;
  readonly title: string;
  /** The lesson can be shown here and now. */
  readonly ready: boolean;
  readonly people: readonly (NamedMember & { readonly status: AttendanceStatus })[];
}

/** A stage that the whole unit owes. */
export interface OwedStage {
  readonly session: SessionHead;
  readonly item: number;
  readonly lesson: string | null;
  readonly stage: string;
  readonly stageName: string;
  readonly ending: "cut-short" | "failed";
  readonly ready: boolean;
}

export interface MadeUp {
  /** `<epoch>-<s>` of its record: what a correction names. */
  readonly record: string;
  readonly session: SessionHead;
  readonly title: string;
  readonly how: MakeupHow;
  readonly people: readonly NamedMember[];
  readonly stage: string | null;
  /** The day as it was said; null: that of the record. */
  readonly day: string | null;
  readonly at: When;
  /** The session it was made up in; null: outside of one. */
  readonly held: string | null;
}

export interface MakeupBook {
  readonly lessons: readonly OwedLesson[];
  readonly stages: readonly OwedStage[];
  readonly made: readonly MadeUp[];
  readonly undated: number;
}

export interface MemberLine {
  readonly session: SessionHead;
  readonly status: AttendanceStatus;
  readonly expected: boolean;
  readonly corrected: boolean;
  readonly watchedMs: number | null;
  readonly makeups: readonly { readonly how: MakeupHow; readonly day: string | null }[];
  /** Titles of lessons still owed. */
  readonly owed: readonly string[];
  /** Topics on which the member spoke. */
  readonly spoke: number;
  /** Tasks taken on, and outings joined. */
  readonly tasks: number;
}

export interface MemberBook {
  readonly member: NamedMember;
  readonly branch: string | null;
  readonly management: Member["management"] | null;
  readonly lines: readonly MemberLine[];
  readonly expected: number;
  readonly attended: number;
  readonly covered: number;
  readonly undated: number;
}

export interface CountsBook {
  readonly types: readonly (TypeCount & { readonly typeName: string })[];
  readonly meetings: MeetingCounts;
  readonly undated: number;
}

export interface InspectorBook {
  readonly counts: CountsBook;
  /** Newest first. */
  readonly sessions: readonly SessionEntry[];
  /** People and lessons that are owed, and stages that a unit owes. */
  readonly owed: { readonly people: number; readonly lessons: number; readonly stages: number };
  readonly openTasks: number;
  /** What is wrong with the journal, one sentence each; empty: the chain fits and is whole. */
  readonly damage: readonly string[];
}

export interface TaskLine {
  readonly session: SessionHead;
  readonly item: number;
  readonly task: string;
  readonly text: string;
  readonly kind: "try" | "outing";
  readonly heads: HandCount;
  readonly people: readonly NamedMember[];
  /** 有困难 */
  readonly hindered: readonly NamedMember[];
  /** Null: no date, or nobody knows when it was given. */
  readonly dueUnixMs: number | null;
  /** Null: nothing was reported yet. */
  readonly ending: TaskEnding | null;
}
