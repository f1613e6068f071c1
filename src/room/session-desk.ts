/**
 * Which session the TV is about: the one that is recorded, or a 练习. Both are the same machine;
 * a practice runs on a book in memory.
 *
 * - M7. A practice writes nothing: no record, no spot, no word to the county. It ends with its
 *   closing sheet, on the way home, or with the power, and is then gone.
 */
import type { PositionMessage } from "../../protocol/generated/types.ts";
import type { Instant } from "../../protocol/register.ts";
import { findSessionType } from "../../protocol/session-type.ts";
import { type IntentAnswer, refusal } from "./answers.ts";
import { LeadingBook, type WrittenBook } from "./leading-book.ts";
import type { LiveSession } from "./live-session.ts";
import type { MemberSources } from "./member-lists.ts";
import { NO_SPOTS, PracticeBook, practiceGuests, practiceRoster } from "./practice.ts";
import { type KeeperOptions, type RoomIntent, SessionKeeper } from "./session-keeper.ts";

export interface DeskOptions extends KeeperOptions {
  readonly register: WrittenBook;
}

interface Practice {
  readonly keeper: SessionKeeper;
  readonly options: KeeperOptions;
}

export class SessionDesk {
  readonly #options: DeskOptions;
  readonly #recorded: SessionKeeper;
  #practice: Practice | null = null;

  constructor(options: DeskOptions) {
    this.#options = options;
    const register = new LeadingBook(options.register, options.clock);
    this.#recorded = new SessionKeeper({ ...options, register });
  }

  get #keeper(): SessionKeeper {
    return this.#practice?.keeper ?? this.#recorded;
  }

  get live(): LiveSession | null {
    return this.#keeper.live;
  }

  /** The session that is recorded; a practice is nobody's business but the room's. */
  get recordedLive(): LiveSession | null {
    return this.#recorded.live;
  }

  get isOn(): boolean {
    return this.#keeper.isOn;
  }

  /** This session is open, whether it is recorded or not. */
  isOnNow(session: string): boolean {
    return this.isOn && this.live?.state.id === session;
  }

  get isPractice(): boolean {
    return this.#practice !== null;
  }

  get filmTrouble(): string | null {
    return this.#keeper.filmTrouble;
  }

  /** What the view is made of. */
  get facts() {
    const { live, filmTrouble, isPractice } = this;
    const { register } = this.#practice?.options ?? this.#options;
    return { live, filmTrouble, isPractice, liveFold: register.fold };
  }

  /** Where the people of a session are found: those of a practice are nowhere else. */
  sourcesOf(sessionId: string | undefined, usual: MemberSources): MemberSources {
    if (this.#practice === null || sessionId !== this.live?.state.id) return usual;
    const { register, shelf, guests } = this.#practice.options;
    return { fold: register.fold, shelf, guests };
  }

  restore(isToday: (openedAt: Instant) => boolean): Promise<void> {
    return this.#recorded.restore(isToday);
  }

  async act(intentId: string, intent: RoomIntent): Promise<IntentAnswer> {
    if (intent.kind === "open-session" && findSessionType(intent.type)?.recorded === false) {
      return this.#openPractice(intentId, intent);
    }
    if (this.#practice === null) return this.#recorded.act(intentId, intent);
    const { keeper } = this.#practice;
    const answer = await keeper.act(intentId, intent);
    const isLeft = answer.ok && intent.kind === "pause";
    if (isLeft || keeper.live === null) this.#practice = null;
    return answer;
  }

  async #openPractice(intentId: string, intent: RoomIntent): Promise<IntentAnswer> {
    if (this.#keeper.live !== null) {
      return refusal("not-now", "还有一场没有收场。请先收场，再练习。");
    }
    const { register, shelf, sha256 } = this.#options;
    const options = {
      ...this.#options,
      register: new PracticeBook(register.bootOrdinal),
      spots: NO_SPOTS,
      guests: practiceGuests(),
      shelf: { roster: practiceRoster(sha256), method: shelf.method },
    };
    const keeper = new SessionKeeper(options);
    const answer = await keeper.act(intentId, intent);
    if (answer.ok) this.#practice = { keeper, options };
    return answer;
  }

  position(message: PositionMessage): void {
    this.#keeper.position(message);
  }

  lookAtTv(): Promise<void> {
    return this.#keeper.lookAtTv();
  }

  close(): Promise<void> {
    return this.#recorded.close();
  }
}
