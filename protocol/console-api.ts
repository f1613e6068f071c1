/**
 * The county console's HTTP API: what its page asks and what its server answers.
 *
 * Every answer is JSON; an error is `ApiError` with an HTTP status. All paths but `login`, `health`
 * and the boxes' own need the cookie of a login or `Authorization: Bearer <admin token>`.
 *
 * | request | answer |
 * | --- | --- |
 * | `POST /api/login` `{user, password}` | `Me`, and the cookie |
 * | `POST /api/logout` | 204 |
 * | `GET /api/me` | `Me` |
 * | `GET /api/overview` | `Overview` |
 * | `GET /api/boxes` | `BoxLine[]` |
 * | `GET /api/boxes/:id` | `BoxDetail` |
 * | `POST /api/boxes` `EnrolRequest` (admin token) | `EnrolAnswer` |
 * | `PUT /api/boxes/:id/docs/:kind` (roster, plan, method) | `{version, sha256}` |
 * | `PUT /api/lessons/:sha256` `LessonUpload` (admin token) | 204; words of an unpublished lesson |
 * | `GET /api/supply` | `SupplyState`: catalogue, settings, and how each box stands |
 * | `PUT /api/supply/settings` `SupplySettings` (administrators) | 204 |
 * | `GET /api/boxes/:id/refreshes` | `RefreshLine[]`, newest first |
 * | `POST /api/boxes/:id/looked` (administrators) | 204; its alarms call nobody any more |
 * | `POST /api/boxes/:id/refresh` | 204; the box refreshes as soon as nobody uses it |
 * | `GET /api/notices` | `NoticeLine[]` (`notice-api.ts`), newest first |
 * | `POST /api/notices` `NewNoticeRequest` | `{id, rooms}`: how many rooms are told |
 * | `GET /api/notices/:id/rooms` | `NoticeRoom[]`, those first that have not read it |
 * | `POST /api/notices/:id/withdraw` | 204 |
 * | `GET /api/sessions?box=&from=&to=&limit=&before=` | `SessionPage`, newest first |
 * | `GET /api/sessions/:box/:session` | `CountySession` |
 * | `GET /api/boxes/:id/books/:name?year=&branch=` | the books over many sessions: `book-api.ts` |
 * | `GET /api/boxes/:id/books/people` | `BookPeople` |
 * | `GET /api/boxes/:id/books/others` | `OtherSessions` |
 * | `GET /api/events` | server-sent events: `LiveEvent`, one a change |
 * | `GET /health` | `{ok, database, broker}` |
 *
 * Boxes, by HTTP Basic (box id, password): `GET /b/:id/doc/:sha256`. Anybody: `GET /origin/…`, the
 * published lessons.
 */
import type { SessionEntry } from "./book-api.ts";
import type {
  AttendanceCounts,
  BoxState,
  Branch,
  CatalogueEntry,
  Member,
  NightState,
  RefreshPayload,
  ScreenState,
  SupplySettings,
} from "./generated/types.ts";
import type { LessonWords } from "./lesson-words.ts";
import type { NamedMember } from "./member-directory.ts";
import type { SessionRegister } from "./register.ts";

export type { LessonWords } from "./lesson-words.ts";

export interface ApiError {
  /** For a program. */
  readonly code: string;
  /** Plain Chinese: what is wrong and what to do. */
  readonly text: string;
}

export interface Me {
  readonly user: string;
  readonly name: string;
  readonly role: "admin" | "staff";
}

/** What is said of a box's link. `lost`: it vanished without a word, at least 60 s ago. */
export type LinkState = "online" | "offline" | "lost" | "never";

export interface BoxLine {
  readonly id: string;
  /** Village and room, for people. */
  readonly name: string;
  readonly place: string;
  readonly link: LinkState;
  readonly state: BoxState["st"] | null;
  /** When it was last heard of, by the county's clock; null: never. */
  readonly seenAtMs: number | null;
  /** When the present link state began. */
  readonly sinceMs: number | null;
  /** What the TV shows; null when not known (a box that is not online shows its last as past). */
  readonly screen: ScreenState | null;
  readonly lessonsReady: number | null;
  readonly lessonsTotal: number | null;
  readonly cacheBytes: number | null;
  readonly diskFreeBytes: number | null;
  readonly diskTotalBytes: number | null;
  readonly software: string | null;
  /** Records that the box has and the county has not; null: not known. */
  readonly backlog: number | null;
  /** Records whose hash contradicts what the county holds. */
  readonly conflicts: number;
  /** Those that came since a person looked into them. */
  readonly conflictsNew: number;
  readonly damage: readonly string[];
  /** What the box said of itself that cannot be; oldest first. */
  readonly alarms: readonly BoxAlarm[];
}

export interface BoxAlarm {
  /**
   * - `other-key`: it signs with another key than the one the county knows: a clone, or another box
   * - `unknown-epoch`: it does not know a journal that the county has of it: wiped, or an old image
   * - `behind`: its journal ends before what the county holds: put back, or damaged
   * - `other-history`: its journal has another record than the county: put back, or cloned
   */
  readonly kind: "other-key" | "unknown-epoch" | "behind" | "other-history";
  readonly epoch: string | null;
  /** How many it lacks; of `other-history`, where they differ. */
  readonly records: number;
  readonly sinceMs: number;
  /** A person has looked into it: it is shown with the box, and nobody is called. */
  readonly looked: boolean;
}

export interface EpochLine {
  readonly epoch: string;
  /** Contiguous prefix that is committed here. */
  readonly upTo: number;
  /** What the box said it has. */
  readonly head: number;
  readonly gaps: readonly (readonly [from: number, to: number])[];
}

export interface BoxDetail extends BoxLine {
  readonly node: string | null;
  readonly memoryBytes: number | null;
  readonly clockSource: string | null;
  readonly clockOffsetMs: number | null;
  readonly bootOrdinal: number | null;
  readonly uptimeMs: number | null;
  readonly epochs: readonly EpochLine[];
  readonly rosterVersion: number | null;
  readonly configVersion: number | null;
  readonly memberCount: number | null;
  readonly sessions: readonly SessionLine[];
}

/** One session in a list. Numbers come from the same fold that the box uses. */
export interface SessionLine {
  readonly box: string;
  readonly boxName: string;
  readonly id: string;
  readonly type: string;
  readonly typeName: string;
  readonly title: string;
  /** Null: the box's clock was not sure; `receivedAtMs` is then all that is known. */
  readonly openedAtMs: number | null;
  /** The day is known, the time of the day is not. */
  readonly openedDayOnly?: boolean;
  readonly receivedAtMs: number;
  readonly stageName: string | null;
  readonly counts: AttendanceCounts;
  /** Came without being expected (双管, 协管, other branches): in the room, in no 应到. */
  readonly welcome: number;
  readonly heads: number | null;
  readonly headsAsked: boolean;
  readonly closed: boolean;
  readonly ending: "done" | "abandoned" | null;
  readonly headCode: string | null;
  /** Which facts of it stand, in plain sentences: no number is shown or filed without them. */
  readonly evidence: readonly string[];
  /** True while records of it are still missing here: the numbers may grow. */
  readonly incomplete: boolean;
}

export interface SessionPage {
  readonly lines: readonly SessionLine[];
  /** Pass as `before` for the next page; null: this is the last. */
  readonly next: string | null;
}

export interface CountyMember {
  readonly id: string;
  readonly no: number;
  /** Null when the roster no longer has the name (erased). */
  readonly name: string | null;
  /** What a book shows, also when there is no name. */
  readonly text: string;
  readonly group: string;
}

/** Who is in a room's books: its branches, and everybody whom roster or sessions name. */
export interface BookPeople {
  readonly branches: readonly Branch[];
  /** By number. */
  readonly members: readonly (NamedMember & {
    readonly branch: string | null;
    readonly management: Member["management"] | null;
  })[];
}

/** Sessions of another history of the box: kept, shown, and counted nowhere. */
export interface OtherSessions {
  readonly sessions: readonly SessionEntry[];
}

/** One session with its four registers (三簿一册). */
export interface CountySession {
  readonly line: SessionLine;
  /** Attendance beside coverage, and what is not whole about it. */
  readonly entry: SessionEntry;
  readonly register: SessionRegister;
  readonly members: readonly CountyMember[];
  /** By lesson id; a lesson the county does not know is missing. */
  readonly lessons: Readonly<Record<string, LessonWords>>;
  /** Stage names of the method that was followed, by stage id. */
  readonly stageNames: Readonly<Record<string, string>>;
  /** Names of the register's branches by id, from the roster of today; one not known is missing. */
  readonly branchNames?: Readonly<Record<string, string>>;
}

export interface Overview {
  readonly boxes: number;
  readonly online: number;
  readonly inSession: number;
  readonly sessionsToday: number;
  readonly presentToday: number;
  readonly conflicts: number;
  readonly utcOffsetMinutes: number;
  readonly nowMs: number;
}

/** A published lesson; the path's hash is of the manifest's bytes, as the registers name it. */
export interface LessonUpload {
  /** The exact manifest bytes, as text. */
  readonly manifest: string;
  readonly material: import("./generated/types.ts").Material;
}

export interface RefreshLine {
  /** By the box's clock where that was sure, else when the county got the record. */
  readonly atMs: number;
  readonly isReceiptTime: boolean;
  readonly refresh: RefreshPayload;
}

/** How one box stands with its lessons. */
export interface BoxSupply {
  readonly box: string;
  readonly name: string;
  readonly place: string;
  readonly link: LinkState;
  readonly lessonsReady: number | null;
  readonly lessonsTotal: number | null;
  /** Null: it said nothing of it, or knows of no catalogue. */
  readonly nights: NightState | null;
  /** When it said so, by the county's clock. */
  readonly heardAtMs: number | null;
  /** The newest refresh that was worth a record. */
  readonly last: RefreshLine | null;
}

export interface SupplyState {
  /** Null: nothing was published yet. */
  readonly catalogue: {
    readonly lessons: readonly CatalogueEntry[];
    readonly issuedAtMs: number | null;
    readonly expiresAtMs: number;
  } | null;
  /** Why the day could not be signed, in plain Chinese. */
  readonly trouble: string | null;
  /** What must be signed with keys that are not on this machine, before it expires. */
  readonly due: readonly { readonly role: string; readonly expires: string }[];
  readonly settings: SupplySettings;
  readonly boxes: readonly BoxSupply[];
}

export interface EnrolRequest {
  readonly box: string;
  readonly name: string;
  readonly place: string;
}

/** `enrolment` is the content of `county.json`. Enrolling again revokes the old password. */
export interface EnrolAnswer {
  readonly enrolment: import("./generated/types.ts").Enrolment;
}

/** What came of an imported file. What is neither fresh nor a conflict was held already. */
export interface ImportAnswer {
  readonly box: string;
  readonly name: string;
  /** Of the key that signed it. */
  readonly fingerprint: string;
  readonly records: number;
  readonly fresh: number;
  readonly conflicts: number;
}

/** Something changed: the page asks again for what it shows. */
export interface LiveEvent {
  readonly kind: "box" | "session";
  readonly box: string;
  readonly session: string | null;
}
