/**
 * What the registers say: the shapes that the fold of a journal yields. Box and county derive them
 * with the same function (`fold-session.ts`), so that a number cannot differ between the two.
 *
 * No names of people: members are ids, a roster (erasable) gives the names.
 */
import type {
  AttendanceCounts,
  AttendanceStatus,
  FieldValue,
  FixReason,
  GuestAs,
  HandCount,
  LessonRef,
  MakesUp,
  MakeupHow,
  MarkHow,
  MethodRef,
  NotePayload,
  PaperCode,
  PaperResult,
  PractisePayload,
  SessionField,
  TaskEnding,
} from "./generated/types.ts";
import type { Instant } from "./instant.ts";

export type { Instant } from "./instant.ts";

/** One line of 《党员签到册》. */
export interface MarkLine {
  readonly member: string;
  readonly status: AttendanceStatus;
  readonly how: MarkHow | null;
  readonly at: Instant | null;
  /** `<epoch>-<s>` of the record that says so; the session's own when nobody marked. */
  readonly ref: string;
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
  /** Explanations after which the broadcaster chose 记下问题. */
  readonly questionsNoted: number;
}

/** One answer line of 《信息反馈簿》. */
export interface FeedbackLine {
  readonly item: number;
  readonly question: string;
  readonly counts: readonly HandCount[];
}

/** A correction of a closed session (更), or one that came to nothing. */
export interface CorrectionLine {
  /** `<epoch>-<s>` of the correcting record. */
  readonly record: string;
  readonly field: "mark" | SessionField;
  /** Whose mark; null for a field of the session. */
  readonly member: string | null;
  readonly from: FieldValue;
  readonly to: FieldValue;
  readonly reason: FixReason;
  readonly note: string | null;
  readonly by: string;
  readonly at: Instant;
  /** False: it did not fit what stood then, and changed nothing. */
  readonly stands: boolean;
}

/** One 补课 or 送学上门 of a missed session. */
export interface MakeupLine {
  /** `<epoch>-<s>` of its record. */
  readonly record: string;
  readonly item: number | null;
  readonly how: MakeupHow;
  readonly members: readonly string[];
  readonly stage: string | null;
  readonly day: string | null;
  readonly held: string | null;
  readonly note: string | null;
  readonly by: string;
  readonly at: Instant;
}

/** What became of a task. */
export interface TaskResultLine {
  readonly item: number;
  readonly task: string;
  readonly ending: TaskEnding;
  readonly heads: HandCount;
  /** Sign-in of an outing, apart from the session's. */
  readonly marks: readonly { readonly member: string; readonly status: AttendanceStatus }[];
  readonly guests: { readonly G: number; readonly Q: number };
  /** 做到了, 还没做到; nobody asked: empty. */
  readonly did: readonly string[];
  readonly notYet: readonly string[];
  readonly day: string | null;
  readonly note: string | null;
  readonly by: string;
  readonly at: Instant;
  /** There was another result before (更). */
  readonly corrected: boolean;
}

/** Who a member is to a session, as its opening says it. */
export interface MemberPlace {
  /** Null: the opening does not say. */
  readonly no: number | null;
  readonly branch: string | null;
  /** False: welcome, and counted apart. */
  readonly expected: boolean;
}

/** Somebody who is in no roster and was named: 流动党员, 列席人员, 群众. */
export interface GuestLine {
  /** An id of its own; the name lies beside the journal, erasable. */
  readonly id: string;
  /** 1, 2 … in the order of this session; one that was struck out keeps its number. */
  readonly no: number;
  readonly as: GuestAs;
  readonly at: Instant;
}

/** How the marks compare with the paper 签到册. */
export interface PaperLine {
  readonly result: PaperResult;
  /** Signatures counted; null: nobody counted. */
  readonly signed: number | null;
  /** Marked as there, and did not sign. */
  readonly missing: readonly string[];
  /** Signed, and not marked as there. */
  readonly extra: readonly string[];
  /** The 核验码 on the sheet; null: not looked at. */
  readonly code: PaperCode | null;
  readonly by: string;
  readonly at: Instant;
  /** It was compared before, with another result. */
  readonly corrected: boolean;
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
  /** Of who was expected or welcome, by member id. */
  readonly people: Readonly<Record<string, MemberPlace>>;
  readonly corrections: readonly CorrectionLine[];
  readonly makeups: readonly MakeupLine[];
  readonly results: readonly TaskResultLine[];
  /** Named guests; they are among G and Q of `counts`. */
  readonly guests: readonly GuestLine[];
  /** Null: not compared with paper. */
  readonly paper: PaperLine | null;
  /** For 补课: what each of `lessons` pays for. Empty: an ordinary session. */
  readonly makesUp: readonly MakesUp[];
  /** 核验码 of the closing record; null while open. */
  readonly headCode: string | null;
  /** Which evidence stands, as plain Chinese sentences. */
  readonly evidence: readonly string[];
}
