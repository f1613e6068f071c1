/**
 * The live state of the one room: the session that is on, the film's place, the documents in force.
 * Intents come in one at a time, are decided by the pure machine, written, and only then answered.
 *
 * - M1. An intent is answered ok only when its record is on the disk, but for M10.
 * - M2. The same intent id again gets the same answer, and writes nothing.
 * - M3. A restart in the same boot stands where the last acknowledged record and the spot say.
 * - M4. Watched spans are recorded when they end, whatever ended them; or else at the next start.
 */

import { StorageError } from "../../platform/ports/storage-error.ts";
import type { BookAsk } from "../../protocol/books/read-book.ts";
import type {
  Intent,
  LessonCard,
  NoticeState,
  PositionMessage,
  ScreenState,
  SettingsIntent,
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
import { AfterClose, isAfterClose, isBeside } from "./after-close.ts";
import { AnswerMemory } from "./answer-memory.ts";
import { DONE, type IntentAnswer, refusal } from "./answers.ts";
import { DocumentShelf } from "./document-shelf.ts";
import type { ReadDocument, RoomDocumentKind } from "./documents.ts";
import { GuestBook } from "./guest-book.ts";
import { loadSettings, saveSettings } from "./local-settings.ts";
import { machineState } from "./machine-state.ts";
import { memberList } from "./member-lists.ts";
import { NoticeBoard } from "./notice-board.ts";
import { wantLesson } from "./offered.ts";
import { roomBook } from "./room-books.ts";
import { makeNight } from "./room-night.ts";
import type { LinkFacts, RefreshNews, RoomNight, RoomOptions, SiteSettings } from "./room-ports.ts";
import { lessonCards, lessonDetail, sessionDetail, sessionSummaries } from "./room-queries.ts";
import { confirmDate, earliestToday, isToday } from "./room-time.ts";
import { makeScreenState, makeView } from "./room-view.ts";
import { SessionDesk } from "./session-desk.ts";
import { settleLast } from "./settle-makeups.ts";
import { Signal } from "./signal.ts";
import { type DocumentSource, DocumentTaker } from "./take-documents.ts";

export class Room {
  readonly #options: RoomOptions;
  readonly #shelf: DocumentShelf;
  readonly #desk: SessionDesk;
  readonly #afterClose: AfterClose;
  readonly #guests: GuestBook;
  readonly #notices: NoticeBoard;
  readonly #taker: DocumentTaker;
  readonly #views = new Signal<View>();
  readonly #answers = new AnswerMemory();
  #site: SiteSettings;
  #link: LinkFacts = { connected: null };
  /** Somebody is there: a key that means something, a list that is looked at. */
  readonly activity = new Signal();
  #news: RefreshNews | null = null;
  #pages = 0;
  #rev = 0;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: RoomOptions) {
    this.#options = options;
    this.#site = options.site;
    this.#shelf = new DocumentShelf(options.documents, options.sha256);
    this.#guests = new GuestBook(options.documents);
    this.#notices = new NoticeBoard(options.documents, this.#shelf);
    const parts = { ...options, shelf: this.#shelf, guests: this.#guests };
    this.#desk = new SessionDesk(parts);
    this.#afterClose = new AfterClose(parts);
    const onChange = () => this.#changed();
    const isOn = () => this.#desk.isOn;
    this.#taker = new DocumentTaker({ ...parts, afterClose: this.#afterClose, isOn, onChange });
  }

  /** Reads the documents, and puts an open session back where it stood (M3). */
  async start(): Promise<void> {
    for (const text of await this.#shelf.load()) this.#options.log("document not used", { text });
    if (!(await this.#guests.load())) this.#options.log("guests' names not readable");
    await this.#notices.load();
    this.setSite(await loadSettings(this.#options.settings));
    await this.#afterClose.finishAtStart();
    await settleLast(this.#options);
    const { utcOffsetMinutes } = this.#site;
    const now = { ...this.#options, utcOffsetMinutes };
    await this.#desk.restore((openedAt) => isToday(openedAt, now));
  }

  handle(intentId: string, intent: Intent): Promise<IntentAnswer> {
    this.activity.tell();
    const result = this.#queue.then(() => this.#answerOnce(intentId, intent));
    // The next intent waits for this one, however it ends.
    this.#queue = result.catch(() => {});
    return result;
  }

  async #answerOnce(intentId: string, intent: Intent): Promise<IntentAnswer> {
    if (this.#options.register.findByIntent(intentId) !== undefined) return DONE;
    const known = this.#answers.get(intentId);
    if (known !== undefined) return known;
    const answer = await this.#answer(intentId, intent);
    // A disk that failed may do better: that answer must not stick to the intent.
    if (answer.ok || answer.error.code !== "read-only") this.#answers.remember(intentId, answer);
    return answer;
  }

  async #answer(intentId: string, intent: Intent): Promise<IntentAnswer> {
    try {
      if (intent.kind === "settings") return await this.#set(intent);
      const answer = await this.#act(intentId, intent);
      if (intent.kind === "close" && answer.ok) await settleLast(this.#options);
      await this.#taker.takeNextMethod();
      if (answer.ok) this.#changed();
      return answer;
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      this.#options.log("record not written", { why: error.message });
      this.#changed();
      return refusal("read-only");
    }
  }

  #act(
    intentId: string,
    intent: Exclude<Intent, SettingsIntent>,
  ): IntentAnswer | Promise<IntentAnswer> {
    if (this.#desk.isPractice && isBeside(intent)) return refusal("not-now");
    if (intent.kind === "read-notice") return this.#notices.read(intent.notice);
    if (intent.kind === "want-lesson") return wantLesson(intent.lesson, this.#options);
    if (intent.kind === "confirm-date") return this.#confirmDate(intentId, intent.date);
    if (isAfterClose(intent)) return this.#afterClose.act(intentId, intent);
    if (intent.kind === "paper" && !this.#desk.isOnNow(intent.session)) {
      return this.#desk.isPractice ? refusal("not-now") : this.#afterClose.act(intentId, intent);
    }
    return this.#desk.act(intentId, intent);
  }

  async #confirmDate(intentId: string, date: string | null): Promise<IntentAnswer> {
    const { utcOffsetMinutes } = this.#site;
    const d = confirmDate(date, { ...this.#options, utcOffsetMinutes });
    if (d === undefined) return refusal("bad-intent", "这个日期不对，请再选一次。");
    await this.#options.register.append({ k: "time.set", d }, { intentId });
    return DONE;
  }

  async #set(changed: SettingsIntent): Promise<IntentAnswer> {
    this.setSite(await saveSettings(this.#options.settings, changed));
    return DONE;
  }

  /** Takes a document of the county or of a file; the reason when it is not acceptable. */
  takeDocument(
    kind: RoomDocumentKind,
    bytes: Uint8Array,
    source: DocumentSource,
  ): Promise<ReadDocument<unknown>> {
    return this.#taker.take(kind, bytes, source);
  }

  sha256Of(kind: RoomDocumentKind): string | null {
    return this.#shelf.sha256Of(kind);
  }

  get rosterVersion(): number {
    return this.#shelf.roster?.document.version ?? 0;
  }

  setSite(site: Partial<SiteSettings>): void {
    this.#site = { ...this.#site, ...site };
    this.#changed();
  }

  setLink(link: LinkFacts): void {
    if (link.connected === this.#link.connected) return;
    this.#link = link;
    this.#changed();
  }

  setNews(news: RefreshNews | null): void {
    this.#news = news;
    this.#changed();
  }

  night(): RoomNight {
    const { register } = this.#options;
    const facts = { live: this.#desk.live, shelf: this.#shelf, register, site: this.#site };
    return makeNight(facts, this.view().clock);
  }

  setPages(count: number): void {
    this.#pages = count;
  }

  /** The library or the clock changed: whoever looks sees it. */
  refresh(): void {
    this.#changed();
  }

  view(): View {
    return makeView({
      ...this.#options,
      ...this.#desk.facts,
      rev: this.#rev,
      shelf: this.#shelf,
      notices: this.notices(),
      site: this.#site,
      link: this.#link,
      news: this.#news,
    });
  }

  screenState(): ScreenState {
    return makeScreenState(this.#desk.recordedLive, this.#pages);
  }

  /** The page's report of the film, each second. */
  position(message: PositionMessage): void {
    this.activity.tell();
    this.#desk.position(message);
  }

  /** Now and then: what the TV says of itself is evidence while a session is on. */
  lookAtTv(): Promise<void> {
    return this.#desk.lookAtTv();
  }

  onView(listener: (view: View) => void): () => void {
    return this.#views.on(listener);
  }

  #changed(): void {
    this.#rev += 1;
    this.#views.tell(this.view());
  }

  #sources() {
    this.activity.tell();
    const { library, register, supply } = this.#options;
    const sources = { library, fold: register.fold, shelf: this.#shelf, guests: this.#guests };
    return supply === undefined ? sources : { ...sources, supply };
  }

  lessonCards(): LessonCard[] {
    return lessonCards(this.#sources());
  }

  lesson(id: string): Promise<LessonDetail | null> {
    return lessonDetail(this.#sources(), id);
  }

  members(sessionId?: string): MemberList | null {
    return memberList(this.#desk.sourcesOf(sessionId, this.#sources()), sessionId);
  }

  sessionSummaries(): SessionSummary[] {
    return sessionSummaries(this.#sources());
  }

  sessionDetail(id: string): Promise<SessionDetail | null> {
    return sessionDetail(this.#sources(), id);
  }

  book(ask: BookAsk): Promise<unknown> {
    const { utcOffsetMinutes } = this.#site;
    const { damage } = this.#options.register;
    return roomBook(ask, { ...this.#sources(), utcOffsetMinutes, damage });
  }

  notices(): NoticeCard[] {
    const { utcOffsetMinutes } = this.#site;
    return this.#notices.shown(earliestToday({ ...this.#options, utcOffsetMinutes }));
  }

  noticeState(): NoticeState | null {
    return this.#notices.state();
  }

  machine(): Promise<MachineState> {
    return machineState({ ...this.#options, connected: this.#link.connected });
  }

  async close(): Promise<void> {
    await this.#queue;
    await this.#desk.close();
  }
}
