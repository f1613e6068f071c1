/**
 * What the page's door needs of the room. The room fits it; nothing here knows how.
 */
import type { BookAsk } from "../../protocol/books/read-book.ts";
import type {
  AliveMessage,
  AnswerError,
  Intent,
  LessonCard,
  PositionMessage,
  View,
} from "../../protocol/generated/types.ts";
import type {
  LessonDetail,
  MachineState,
  MemberList,
  NoticeCard,
  SessionDetail,
  SessionSummary,
} from "../../protocol/page-api.ts";

export type IntentAnswer =
  | { readonly ok: true }
  | { readonly ok: false; readonly error: AnswerError };

/**
 * - D1. `handle` resolves only when what it says was saved is on the disk.
 * - D2. The same intent id again gets the same answer, and does nothing a second time.
 */
export interface RoomDoor {
  handle(intentId: string, intent: Intent): Promise<IntentAnswer>;
  position(message: PositionMessage): void;
  view(): View;
  /** Called with every new view. Returns the function that ends it. */
  onView(listener: (view: View) => void): () => void;
  lessonCards(): readonly LessonCard[];
  lesson(id: string): Promise<LessonDetail | null>;
  /** Null: no such session. */
  members(sessionId?: string): MemberList | null;
  sessionSummaries(): readonly SessionSummary[];
  sessionDetail(id: string): Promise<SessionDetail | null>;
  /** Null: no such book. Names and answers: protocol/book-api.ts. */
  book(ask: BookAsk): Promise<unknown>;
  notices(): readonly NoticeCard[];
  machine(): Promise<MachineState>;
}

/**
 * What the door tells whoever watches over the page: the heartbeat, and how many pages there are.
 */
export interface PageWatch {
  alive(message: AliveMessage): void;
  pages(count: number): void;
}
