/**
 * The session that is on: decides and writes what an intent asks, follows the film, keeps the spot.
 * One intent at a time; `room.ts` sees to that.
 */

import { StorageError } from "../../platform/ports/storage-error.ts";
import type { Intent, OpenSessionIntent, PositionMessage } from "../../protocol/generated/types.ts";
import type { Instant } from "../../protocol/register.ts";
import { type Decision, decide, type SessionIntent } from "../session/decide.ts";
import { evolve } from "../session/evolve.ts";
import { stageOf } from "../session/session.ts";
import type { AfterCloseIntent } from "./after-close.ts";
import { DONE, type IntentAnswer, refusal } from "./answers.ts";
import {
  type EndedSpan,
  FILM_WATCH_AT_START,
  type FilmChange,
  haltFilm,
  moveFilm,
  openSpan,
  reportFilm,
} from "./film-watch.ts";
import { type GuestBook, guestIdOf } from "./guest-book.ts";
import { hasMaterialIn, isFilmOn, type LiveSession, lessonOf } from "./live-session.ts";
import { type OpeningShelf, prepareSession } from "./open-session.ts";
import type { SessionBook } from "./practice.ts";
import { beginState, restoreSession } from "./restore.ts";
import type { RoomOptions } from "./room-ports.ts";
import { SpotKeeper } from "./spot-keeper.ts";
import { TvWatch } from "./tv-watch.ts";

export interface KeeperOptions
  extends Pick<RoomOptions, "library" | "clock" | "spots" | "log" | "tv" | "sha256"> {
  readonly guests: GuestBook;
  readonly register: SessionBook;
  readonly shelf: OpeningShelf;
}

/** Settings belong to the TV, the date to the register, what is wanted to the cache: not ours. */
export type RoomIntent = Exclude<
  Intent,
  { kind: "settings" | "confirm-date" | "want-lesson" | "read-notice" | AfterCloseIntent["kind"] }
>;

export class SessionKeeper {
  readonly #options: KeeperOptions;
  readonly #spots: SpotKeeper;
  readonly #tv: TvWatch | null;
  #live: LiveSession | null = null;
  #filmTrouble: string | null = null;

  constructor(options: KeeperOptions) {
    this.#options = options;
    this.#spots = new SpotKeeper(options.spots, options.log);
    const { tv, register, log } = options;
    this.#tv = tv === undefined ? null : new TvWatch({ tv, register, log });
  }

  get live(): LiveSession | null {
    return this.#live;
  }

  /** A session is open, on the screen or waiting at home. */
  get isOn(): boolean {
    return this.#live !== null && this.#live.state.ended === null;
  }

  get filmTrouble(): string | null {
    return this.#filmTrouble;
  }

  /**
   * Puts an open session back where it stood (M3).
   * @param isToday whether a moment is surely of today
   */
  async restore(isToday: (openedAt: Instant) => boolean): Promise<void> {
    const { register, library, shelf } = this.#options;
    const spot = await this.#spots.load();
    const [open] = register.fold.sessions({ closed: false, limit: 1 });
    if (open === undefined) return;
    this.#live = await restoreSession({
      id: open.id,
      records: register.fold.records(open.id),
      spot,
      method: shelf.method.document,
      library,
      held: open.openedAt.bootOrdinal !== register.bootOrdinal && !isToday(open.openedAt),
    });
    if (this.#live === null) return;
    const span = openSpan(this.#live.film);
    this.#live = { ...this.#live, film: { ...this.#live.film, spanFromMs: null } };
    await this.#recordSpan(span).catch((error: unknown) => this.#logLostSpan(error));
  }

  /** A disk that cannot be written must not keep the film from going on. */
  #logLostSpan(error: unknown): void {
    if (!(error instanceof StorageError)) throw error;
    this.#options.log("span not written", { why: error.message });
  }

  act(intentId: string, intent: RoomIntent): IntentAnswer | Promise<IntentAnswer> {
    if (intent.kind === "open-session") return this.#open(intentId, intent);
    const live = this.#live;
    if (live === null) return refusal("not-now");
    switch (intent.kind) {
      case "leave-closed":
        return this.#leave(live);
      case "turn":
        return this.#turn(live, intent.card);
      case "play":
        return this.#play(live, intent.playing, intent.atMs);
      case "seek":
        return this.#moveTo(live, { atMs: intent.toMs, playing: live.film.playing });
      default:
        return this.#decide(live, intentId, intent);
    }
  }

  async #open(intentId: string, intent: OpenSessionIntent): Promise<IntentAnswer> {
    if (this.isOn) return refusal("not-now", "上次的活动还没有收场。请先接着看，或收场。");
    const { register, library, shelf } = this.#options;
    const prepared = await prepareSession(intent, { shelf, library, fold: register.fold });
    if (!prepared.ok) return prepared;
    const { payload, lessons } = prepared;
    const by = intent.by ?? this.#lastBroadcaster();
    const stored = await register.append({ k: "session.open", d: payload }, { intentId, by });
    const method = this.#options.shelf.method.document;
    if (stored === null) return refusal("read-only");
    const state = beginState(`${stored.e}-${stored.s}`, payload, method);
    const film = { ...FILM_WATCH_AT_START, playing: stageOf(state).kind === "watch" };
    this.#filmTrouble = null;
    this.#live = { state, method, title: payload.title, lessons, card: 0, film, held: false };
    this.#saveSpot(true);
    void this.lookAtTv();
    return DONE;
  }

  /** Now and then while a session is on: is the TV on? */
  async lookAtTv(): Promise<void> {
    if (this.isOn) await this.#tv?.look(() => (this.isOn ? (this.#live?.state.id ?? null) : null));
  }

  /** Whoever led last time, else the roster's first broadcaster. */
  #lastBroadcaster(): string {
    const [last] = this.#options.register.fold.sessions({ limit: 1 });
    if (last !== undefined && last.by !== "-") return last.by;
    const members = this.#options.shelf.roster?.document.members ?? [];
    return members.find(({ roles }) => roles.includes("broadcaster"))?.id ?? "-";
  }

  #leave({ state }: LiveSession): IntentAnswer {
    if (state.ended === null) return refusal("not-now");
    this.#live = null;
    return DONE;
  }

  #turn(live: LiveSession, card: number): IntentAnswer {
    this.#live = { ...live, card };
    this.#saveSpot(true);
    return DONE;
  }

  #play(live: LiveSession, playing: boolean, atMs: number): Promise<IntentAnswer> {
    const halted = haltFilm(live.film, atMs, this.#options.clock.bootMs());
    const film = { ...halted.film, playing, spanFromMs: playing ? atMs : null };
    return this.#takeFilm(live, { film, ended: halted.ended });
  }

  #moveTo(live: LiveSession, to: { atMs: number; playing: boolean }): Promise<IntentAnswer> {
    return this.#takeFilm(live, moveFilm(live.film, to));
  }

  async #takeFilm(live: LiveSession, { film, ended }: FilmChange): Promise<IntentAnswer> {
    // A page that is one step behind: nothing of it is worth an error on the screen.
    if (!isFilmOn(live)) return DONE;
    this.#live = { ...live, film };
    await this.#recordSpan(ended);
    this.#saveSpot(true);
    return DONE;
  }

  async #decide(live: LiveSession, intentId: string, intent: SessionIntent): Promise<IntentAnswer> {
    const lesson = lessonOf(live);
    const newGuest = guestIdOf(this.#options.sha256, intentId);
    const decision = decide(live.state, intent, {
      material: lesson?.material ?? null,
      hasMaterial: hasMaterialIn(live.lessons),
      filmAtMs: live.film.atMs,
      newGuest,
    });
    if (!decision.ok) return refusal(decision.code);
    await this.#options.guests.before(intent, newGuest);
    const before = stageOf(live.state);
    await this.#prepare(live, intent, decision);
    const state = await this.#write(live, { intentId, draft: decision.draft });
    const moved = stageOf(state) !== before;
    const film = decision.film && { ...FILM_WATCH_AT_START, ...decision.film };
    const now = this.#live ?? live;
    this.#live = { ...now, state, held: false, card: moved ? 0 : now.card, film: film ?? now.film };
    this.#saveSpot(true);
    await this.#options.guests.after(intent);
    return DONE;
  }

  /** What must be done, or be on its way, before the record of a decision is written. */
  async #prepare(
    live: LiveSession,
    intent: SessionIntent,
    { film, draft }: Extract<Decision, { ok: true }>,
  ): Promise<void> {
    if (intent.kind === "film-failed") this.#reportFilm(live, intent.url ?? "");
    if (film !== undefined) await this.#endSpan(live, intent);
    if (draft?.k === "session.close") await this.#tv?.closing(live.state.id);
  }

  /** The film stops here or leaves: what really played up to now is recorded first. */
  async #endSpan(live: LiveSession, intent: SessionIntent): Promise<void> {
    const atMs = "atMs" in intent ? intent.atMs : live.film.atMs;
    const { film, ended } = haltFilm(live.film, atMs, this.#options.clock.bootMs());
    this.#live = { ...live, film };
    await this.#recordSpan(ended);
  }

  async #write(
    live: LiveSession,
    {
      intentId,
      draft,
    }: { intentId: string; draft: Parameters<RoomOptions["register"]["append"]>[0] | null },
  ): Promise<LiveSession["state"]> {
    if (draft === null) return live.state;
    const { register } = this.#options;
    await register.append(draft, { intentId, by: this.#broadcaster(live) });
    return evolve(live.state, draft);
  }

  #broadcaster(live: LiveSession): string {
    return this.#options.register.fold.session(live.state.id)?.by ?? "-";
  }

  /** Hashing takes its time on a slow stick: the session goes on meanwhile. */
  #reportFilm(live: LiveSession, url: string): void {
    const entry = lessonOf(live)?.entry ?? null;
    if (entry === null) return;
    const then = entry.isSupplied ? "机器今晚自己修好" : "请报告县里，重新导入";
    this.#filmTrouble = `片子有一段放不了，先往下进行；${then}。`;
    const { id, version } = entry.manifest;
    const path = url.split(`/l/${id}/${version}/`)[1];
    if (path === undefined) return;
    const { library, log } = this.#options;
    library.reportDamage(id, version, path).catch((error: unknown) => {
      log("film not examined", { path, why: String(error) });
    });
  }

  async #recordSpan(span: EndedSpan): Promise<void> {
    const live = this.#live;
    if (span === null || live === null) return;
    const d = { session: live.state.id, item: stageOf(live.state).item, ...span, rate: 1 } as const;
    const whole = { ...d, fromMs: Math.round(span.fromMs), toMs: Math.round(span.toMs) };
    await this.#options.register.append({ k: "play", d: whole }, { by: this.#broadcaster(live) });
  }

  /** The page's report of the film, each second. */
  position(message: PositionMessage): void {
    const live = this.#live;
    if (live?.state.id !== message.session || !isFilmOn(live)) return;
    if (stageOf(live.state).item !== message.item || live.state.explaining !== null) return;
    const { film, ended } = reportFilm(live.film, message, this.#options.clock.bootMs());
    this.#live = { ...live, film };
    this.#saveSpot(false);
    this.#recordSpan(ended).catch((error: unknown) => this.#logLostSpan(error));
  }

  #saveSpot(urgent: boolean): void {
    const live = this.#live;
    if (live === null) return;
    const { atMs, playing, spanFromMs } = live.film;
    const film = { atMs, playing, spanFromMs };
    const spot = { session: live.state.id, at: live.state.at, card: live.card, film };
    this.#spots.save(spot, this.#options.clock.bootMs(), urgent);
  }

  /** The open span stays in the spot, and is recorded at the next start. */
  async close(): Promise<void> {
    this.#saveSpot(true);
    await this.#spots.flush();
  }
}
