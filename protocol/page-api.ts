/**
 * What the TV page asks of the box service by HTTP, beside the web socket: lists that would make a
 * view too large. All of it is GET, JSON, and behind the page's cookie.
 *
 * | request | answer |
 * | --- | --- |
 * | `/api/lessons` | `LessonCard[]`, by number |
 * | `/api/lessons/:id` | `LessonDetail` |
 * | `/api/members` | `MemberList`: the roster as it is now |
 * | `/api/members?session=ID` | `MemberList`: who is expected in that session, welcome, a guest |
 * | `/api/sessions` | `SessionSummary[]`, newest first |
 * | `/api/sessions/:id` | `SessionDetail`: 三簿一册 of one session |
 * | `/api/books/…?year=&branch=` | the books over many sessions: `book-api.ts` |
 * | `/api/notices` | `NoticeCard[]`: the county's, that may still hold |
 * | `/api/machine` | `MachineState`: what the settings screen tells |
 */
import type { SessionEntry, When } from "./book-api.ts";
import type {
  AttendanceCounts,
  Branch,
  GuestAs,
  LessonCard,
  Material,
  Member,
  NightState,
  Notice,
  RefreshPayload,
  SupplySettings,
} from "./generated/types.ts";
import type { LessonWords } from "./lesson-words.ts";
import type { NamedMember } from "./member-directory.ts";
import type { Instant, SessionRegister } from "./register.ts";

export interface LessonDetail {
  readonly card: LessonCard;
  /** Null when the lesson cannot be opened; `why` then says it in plain Chinese. */
  readonly material: Material | null;
  readonly why?: string;
  /** Of a lesson that is not here: it may be asked for, or was. */
  readonly want?: "can" | "asked";
}

export interface MemberCard {
  readonly id: string;
  readonly no: number;
  readonly name: string;
  readonly group: string;
  readonly initials: string;
  /** Home branch; null: nobody says. */
  readonly branch: string | null;
  /** 直管 双管 协管 托管 失联; null: not in the roster any more. */
  readonly management: Member["management"] | null;
}

/** Somebody who is in no roster and was named. */
export interface GuestCard {
  readonly id: string;
  /** In the order of the session. */
  readonly no: number;
  readonly as: GuestAs;
  /** Null: erased, or not on this disk any more; `text` then stands for it. */
  readonly name: string | null;
  readonly text: string;
  /** Unit or home branch, as it was said; null: nobody said. */
  readonly unit: string | null;
}

export interface MemberList {
  /** Who is expected, in number order: the sign-in calls them. */
  readonly members: readonly MemberCard[];
  /** 双管, 协管, other branches of the room: may be marked, not in 应到. In number order. */
  readonly welcome: readonly MemberCard[];
  readonly guests: readonly GuestCard[];
  readonly branches: readonly Branch[];
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

/** One session's pages. */
export interface SessionDetail {
  readonly register: SessionRegister;
  /** Its line in a list: attendance beside coverage, what it lacks, evidence. */
  readonly entry: SessionEntry;
  readonly members: readonly { readonly id: string; readonly no: number; readonly name: string }[];
  /** Everybody whom any of its registers names, by id. */
  readonly names: Readonly<Record<string, NamedMember>>;
  readonly lessonTitles: Readonly<Record<string, string>>;
  /** By lesson id; one that is not on this machine is missing, and ids stand for its words. */
  readonly words: Readonly<Record<string, LessonWords>>;
  /** By stage id. */
  readonly stageNames: Readonly<Record<string, string>>;
}

export interface NoticeCard extends Notice {
  readonly read: boolean;
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
  /** Null: no county supplies lessons here. */
  readonly supply: SupplyState | null;
  /** What the last refreshes brought, newest first; a few. */
  readonly refreshes: readonly RefreshEntry[];
}

/** How lessons come by themselves. */
export interface SupplyState {
  readonly nights: NightState;
  /** When they may come, in minutes of the county's day. */
  readonly window: SupplySettings["window"];
}

export interface RefreshEntry {
  readonly at: When;
  readonly refresh: RefreshPayload;
}
