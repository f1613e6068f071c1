/**
 * What the TV page asks of the box service by HTTP, beside the web socket: lists that would make a
 * view too large. All of it is GET, JSON, and behind the page's cookie.
 *
 * | request | answer |
 * | --- | --- |
 * | `/api/lessons` | `LessonCard[]`, by number |
 * | `/api/lessons/:id` | `LessonDetail` |
 * | `/api/members` | `MemberList`: the roster as it is now |
 * | `/api/members?session=ID` | `MemberList`: who is expected in that session |
 * | `/api/sessions` | `SessionSummary[]`, newest first |
 * | `/api/sessions/:id` | `SessionDetail` |
 * | `/api/machine` | `MachineState`: what the settings screen tells |
 */
import type { AttendanceCounts, LessonCard, Material } from "./generated/types.ts";
import type { Instant, SessionRegister } from "./register.ts";

export interface LessonDetail {
  readonly card: LessonCard;
  /** Null when the lesson cannot be opened; `why` then says it in plain Chinese. */
  readonly material: Material | null;
  readonly why?: string;
}

export interface MemberCard {
  readonly id: string;
  readonly no: number;
  readonly name: string;
  readonly group: string;
  readonly initials: string;
}

export interface MemberList {
  /** In number order. */
  readonly members: readonly MemberCard[];
}

export interface SessionSummary {
  readonly id: string;
  readonly type: string;
  readonly typeName: string;
  readonly title: string;
  /** `unixMs` null: 时间未确认. */
  readonly openedAt: Omit<Instant, "bootOrdinal" | "bootMs">;
  readonly stage: string | null;
  readonly counts: AttendanceCounts;
  readonly heads: number | null;
  readonly closed: boolean;
  readonly ending: "done" | "abandoned" | null;
  readonly headCode: string | null;
}

export interface SessionDetail {
  readonly register: SessionRegister;
  readonly members: readonly { readonly id: string; readonly no: number; readonly name: string }[];
  readonly lessonTitles: Readonly<Record<string, string>>;
}

export interface MachineState {
  readonly software: string;
  readonly boxId: string;
  /** Null: this box has no county yet. */
  readonly connected: boolean | null;
  readonly recordCount: number;
  readonly lessons: { readonly ready: number; readonly total: number; readonly bytes: number };
  /** Null when the disk did not say. */
  readonly disk: { readonly freeBytes: number; readonly totalBytes: number } | null;
  /** What recovery found, one sentence each. */
  readonly damage: readonly string[];
}
