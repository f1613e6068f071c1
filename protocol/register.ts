/**
 * What the registers say: the shapes that the fold of a journal yields. Box and county derive them
 * with the same function (`fold-session.ts`), so that a number cannot differ between the two.
 *
 * No names of people: members are ids, a roster (erasable) gives the names.
 */
import type {
  AttendanceCounts,
  AttendanceStatus,
  HandCount,
  LessonRef,
  MarkHow,
  MethodRef,
  NotePayload,
  PractisePayload,
} from "./generated/types.ts";
import type { Instant } from "./instant.ts";

export type { Instant } from "./instant.ts";

/** One line of 《党员签到册》. */
export interface MarkLine {
  readonly member: string;
  readonly status: AttendanceStatus;
  readonly how: MarkHow | null;
  readonly at: Instant | null;
  /** True when a closed session was corrected (更). */
  readonly corrected: boolean;
}

/** One stage as it was held. */
export interface StageLine {
  readonly item: number;
  readonly stage: string;
  readonly enteredAt: Instant;
  readonly ending: "done" | "cut-short" | "failed" | "skipped" | null;
}

/** One lesson of 《收看情况登记簿》. `watchedMs`: the union of the spans that really played. */
export interface ViewingLine {
  readonly item: number;
  readonly lesson: LessonRef;
  readonly watchedMs: number;
  readonly spans: readonly (readonly [fromMs: number, toMs: number])[];
  readonly cuesExplained: readonly number[];
  readonly ownExplanations: number;
}

/** One answer line of 《信息反馈簿》. */
export interface FeedbackLine {
  readonly item: number;
  readonly question: string;
  readonly counts: readonly HandCount[];
}

/** Everything the four registers (三簿一册) say of one session. */
export interface SessionRegister {
  readonly id: string;
  readonly type: string;
  readonly title: string;
  readonly branches: readonly string[];
  readonly lessons: readonly LessonRef[];
  readonly method: MethodRef;
  readonly rosterSha256: string | null;
  readonly by: string;
  readonly openedAt: Instant;
  readonly closedAt: Instant | null;
  /** Stage id it stands in, `-` on the closing sheet, null once closed. */
  readonly stage: string | null;
  readonly item: number;
  readonly paused: boolean;
  readonly closed: boolean;
  readonly ending: "done" | "abandoned" | null;
  readonly counts: AttendanceCounts;
  /** Counted heads; null: not counted, or not asked yet (`headsAsked` tells which). */
  readonly heads: number | null;
  readonly headsAsked: boolean;
  readonly marks: readonly MarkLine[];
  readonly stages: readonly StageLine[];
  readonly viewing: readonly ViewingLine[];
  readonly notes: readonly NotePayload[];
  readonly feedback: readonly FeedbackLine[];
  readonly tasks: readonly PractisePayload[];
  /** 核验码 of the closing record; null while open. */
  readonly headCode: string | null;
  /** Which evidence stands, as plain Chinese sentences. */
  readonly evidence: readonly string[];
}
