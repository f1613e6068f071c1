/**
 * 播放收看 and 播中解释: the film with its captions, and over it the cue card when the film has
 * stopped for the broadcaster to explain. It starts by itself; OK alone leads through it.
 */
import type { FilmView, PositionMessage, View } from "../../../protocol/generated/types.ts";
import { moved } from "../parts/draw.ts";
import type { Caption } from "../player/captions.ts";
import { captionAt, parseCaptions } from "../player/captions.ts";
import { cueLeftAtEnd, cueMet } from "../player/cue-watch.ts";
import type { Scene } from "../scene/node.ts";
import type { KeyHint, RemoteKey, Screen, ScreenContext } from "../screen.ts";
import { PROGRESS_MS, SEEK_SETTLE_MS, SEEK_STEP_MS } from "../theme.ts";
import * as look from "./film-look.ts";

/** What the film screen needs of a player; `FilmPlayer` is the real one. */
export interface Film {
  open(url: string, atMs: number): void;
  play(): void;
  hold(): void;
  seek(atMs: number): void;
  close(): void;
  readonly atMs: number;
  readonly playing: boolean;
  readonly frames: number;
}

export interface FilmHands {
  open(events: {
    onTime(atMs: number): void;
    onEnded(atMs: number): void;
    onFailed(code: string, url: string): void;
  }): Film;
  report(message: PositionMessage): void;
  fetchText(url: string): Promise<string | null>;
}

type Session = NonNullable<View["session"]>;
/** What lies over the picture. `segments` and `failed` are the page's own affair. */
type Over = "nothing" | "cue" | "segments" | "failed";

export class FilmScreen implements Screen {
  readonly name = "film";
  readonly overFilm = true;
  readonly #context: ScreenContext;
  readonly #hands: FilmHands;
  readonly #at: number;
  readonly #stops: (() => void)[] = [];
  #film: Film | null = null;
  #captions: readonly Caption[] = [];
  #lastMs = 0;
  /** The cue the page has stopped at and the service has not yet heard of. */
  #pending: { readonly cue: number; readonly atMs: number } | null = null;
  #explaining = false;
  #over: Over = "nothing";
  #focus = 0;
  #marked = false;
  #failure: { readonly code: string; readonly url: string } | null = null;
  #wantsPlay = true;
  #covered = false;
  #seekTo: number | null = null;
  #stopSeek: () => void = () => {};
  #progressUntilMs = Number.NEGATIVE_INFINITY;

  constructor(context: ScreenContext, hands: FilmHands) {
    this.#context = context;
    this.#hands = hands;
    this.#at = context.view().session?.at ?? 0;
    const film = this.#view();
    this.#explaining = this.#session()?.explaining != null;
    if (this.#explaining) this.#over = "cue";
    if (film !== null) {
      this.#open(film.atMs);
      void this.#loadCaptions(film.captions);
    }
    this.#stops.push(context.every(1000, () => this.#report()));
  }

  #session(): Session | null {
    return this.#context.view().session;
  }

  #view(): FilmView | null {
    return this.#session()?.film ?? null;
  }

  #open(atMs: number): void {
    const film = this.#view();
    if (film === null) return;
    this.#failure = null;
    this.#lastMs = atMs;
    this.#film = this.#hands.open({
      onTime: (ms) => this.#onTime(ms),
      onEnded: (ms) => this.#onEnded(ms),
      onFailed: (code, url) => this.#onFailed(code, url),
    });
    this.#film.open(film.hls, atMs);
    this.#wantsPlay = true;
    this.#obey();
  }

  async #loadCaptions(url: string | null): Promise<void> {
    const text = url === null ? null : await this.#hands.fetchText(url);
    if (text !== null) this.#captions = parseCaptions(text);
    this.#context.redraw();
  }

  /** The one place that decides whether the film runs. */
  #obey(): void {
    const runs = this.#wantsPlay && !this.#covered && this.#over !== "cue";
    if (runs) this.#film?.play();
    else this.#film?.hold();
  }

  #onTime(atMs: number): void {
    const film = this.#view();
    const fromMs = this.#lastMs;
    this.#lastMs = atMs;
    if (film !== null && this.#over !== "cue" && this.#seekTo === null) {
      const cue = cueMet({ cues: film.cues, done: film.cuesDone, fromMs, toMs: atMs });
      if (cue !== null) this.#stopAt(cue, atMs);
    }
    this.#context.redraw();
  }

  #stopAt(cue: number, atMs: number): void {
    this.#pending = { cue, atMs: Math.round(atMs) };
    this.#showCue();
    void this.#context
      .send({ kind: "cue-reached", cue, atMs: Math.round(atMs) })
      .then((result) => {
        if (!result.ok) this.#hideCue();
      });
  }

  #showCue(): void {
    this.#over = "cue";
    this.#focus = 0;
    this.#marked = false;
    this.#obey();
  }

  #hideCue(): void {
    this.#pending = null;
    if (this.#over === "cue") this.#over = "nothing";
    this.#obey();
    this.#context.redraw();
  }

  #onEnded(atMs: number): void {
    const film = this.#view();
    const left = film === null ? null : cueLeftAtEnd(film.cues, film.cuesDone, atMs);
    if (left !== null) this.#stopAt(left, atMs);
    else void this.#context.send({ kind: "film-ended", from: this.#at, atMs: Math.round(atMs) });
  }

  #onFailed(code: string, url: string): void {
    this.#failure = { code, url };
    this.#over = "failed";
    this.#focus = 0;
    this.#context.redraw();
  }

  #report(): void {
    const session = this.#session();
    const film = this.#film;
    if (session === null || film === null || this.#failure !== null) return;
    const { atMs, playing, frames } = film;
    const { id, item } = session;
    this.#hands.report({ kind: "position", session: id, item, atMs, playing, frames, rate: 1 });
    if (this.#progressUntilMs > Number.NEGATIVE_INFINITY) this.#context.redraw();
  }

  onView(): void {
    const explaining = this.#session()?.explaining != null;
    if (explaining && !this.#explaining) {
      if (this.#over !== "cue") this.#showCue();
    } else if (!explaining && this.#explaining) {
      const atMs = this.#view()?.atMs ?? this.#lastMs;
      this.#moveTo(atMs);
      this.#wantsPlay = true;
      this.#hideCue();
    }
    this.#explaining = explaining;
  }

  /** The pause menu lies over the film, or does no longer. */
  cover(covered: boolean): void {
    this.#covered = covered;
    this.#obey();
    this.#tellPlay();
  }

  #tellPlay(): void {
    const film = this.#film;
    if (film === null || this.#over === "cue" || this.#failure !== null) return;
    const playing = this.#wantsPlay && !this.#covered;
    void this.#context.send({ kind: "play", playing, atMs: film.atMs });
  }

  draw(): Scene {
    const session = this.#session();
    const film = this.#view();
    const { sizes } = this.#context;
    if (session === null || film === null) return look.noFilm(sizes);
    const progress = this.#showsProgress();
    switch (this.#over) {
      case "cue":
        return this.#drawCue(film);
      case "segments":
        return look.segments({ items: this.#segmentItems(film), focus: this.#focus, sizes });
      case "failed":
        return look.failed({ code: this.#failure?.code ?? "", focus: this.#focus, sizes });
      case "nothing": {
        const caption = captionAt(this.#captions, this.#lastMs);
        const atMs = this.#seekTo ?? this.#lastMs;
        const held = !this.#wantsPlay;
        return [
          ...look.caption(caption, sizes, progress),
          ...(progress ? look.progress({ film, atMs, held, sizes }) : []),
          ...(held ? look.heldMark(sizes) : []),
        ];
      }
    }
  }

  #drawCue(film: FilmView): Scene {
    const at = this.#session()?.explaining ?? this.#pending;
    const cue = film.cues[at?.cue ?? -1];
    const { sizes } = this.#context;
    return look.cueCard({ cue, focus: this.#focus, marked: this.#marked, sizes });
  }

  #showsProgress(): boolean {
    return !this.#wantsPlay || this.#context.nowMs() < this.#progressUntilMs;
  }

  hints(): KeyHint[] {
    if (this.#over === "cue") return look.CUE_HINTS;
    if (this.#over === "segments" || this.#over === "failed") return look.LIST_HINTS;
    return this.#showsProgress() ? look.filmHints(this.#wantsPlay) : [];
  }

  onKey(key: RemoteKey): boolean {
    this.#progressUntilMs = this.#context.nowMs() + PROGRESS_MS;
    this.#context.redraw();
    if (this.#over === "cue") return this.#onCueKey(key);
    if (this.#over === "segments") return this.#onSegmentsKey(key);
    if (this.#over === "failed") return this.#onFailedKey(key);
    return this.#onFilmKey(key);
  }

  #onFilmKey(key: RemoteKey): boolean {
    if (key === "ok" || key === "play") {
      this.#wantsPlay = !this.#wantsPlay;
      this.#obey();
      this.#tellPlay();
    } else if (key === "left") this.#seekBy(-SEEK_STEP_MS);
    else if (key === "right") this.#seekBy(SEEK_STEP_MS);
    else if (key === "up") this.#replaySegment();
    else if (key === "down" || key === "menu") {
      this.#over = "segments";
      this.#focus = 0;
    } else return key !== "back";
    return true;
  }

  #onCueKey(key: RemoteKey): boolean {
    if (key === "left") this.#focus = moved(this.#focus, -1, look.CUE_CHOICES.length);
    else if (key === "right") this.#focus = moved(this.#focus, 1, look.CUE_CHOICES.length);
    else if (key === "ok") this.#chooseAtCue();
    else return key !== "back";
    return true;
  }

  #chooseAtCue(): void {
    const choice = look.CUE_CHOICES[this.#focus]?.id;
    const at = this.#session()?.explaining ?? this.#pending;
    if (choice === undefined || at === null || at === undefined) return;
    if (choice === "mark") {
      this.#marked = !this.#marked;
      this.#focus = 0;
      return;
    }
    const marked = this.#marked ? { marked: true } : {};
    void this.#context.send({ kind: "explained", cue: at.cue, then: choice, ...marked });
  }

  #segmentItems(film: FilmView): string[] {
    return ["停下来讲一讲", ...film.segments.map(({ title }, index) => `${index + 1} ${title}`)];
  }

  #onSegmentsKey(key: RemoteKey): boolean {
    const film = this.#view();
    const count = film === null ? 1 : this.#segmentItems(film).length;
    if (key === "up") this.#focus = moved(this.#focus, -1, count);
    else if (key === "down") this.#focus = moved(this.#focus, 1, count);
    else if (key === "back") this.#over = "nothing";
    else if (key === "ok") this.#chooseSegment(film);
    return true;
  }

  #chooseSegment(film: FilmView | null): void {
    const segment = film?.segments[this.#focus - 1];
    this.#over = "nothing";
    if (this.#focus === 0) this.#stopAt(-1, this.#film?.atMs ?? this.#lastMs);
    else if (segment !== undefined) this.#seekNow(segment.fromMs);
  }

  #onFailedKey(key: RemoteKey): boolean {
    if (key === "up" || key === "left") this.#focus = 0;
    else if (key === "down" || key === "right") this.#focus = 1;
    else if (key === "ok" && this.#focus === 1) this.#tryAgain();
    else if (key === "ok") this.#giveUp();
    else return key !== "back";
    return true;
  }

  #tryAgain(): void {
    this.#film?.close();
    this.#film = null;
    this.#over = "nothing";
    this.#open(this.#lastMs);
  }

  #giveUp(): void {
    const { code, url } = this.#failure ?? { code: "unknown", url: "" };
    const atMs = Math.max(0, Math.round(this.#lastMs));
    const facts = { code: code.slice(0, 40), url: url.slice(0, 300), atMs };
    void this.#context.send({ kind: "film-failed", from: this.#at, ...facts });
  }

  /** Several presses become one seek: cheap decoders freeze on quick ones. */
  #seekBy(byMs: number): void {
    const endMs = (this.#view()?.durationMs ?? 0) - 1000;
    const to = (this.#seekTo ?? this.#film?.atMs ?? this.#lastMs) + byMs;
    this.#seekTo = Math.min(Math.max(to, 0), Math.max(endMs, 0));
    this.#stopSeek();
    const settle = this.#context.every(SEEK_SETTLE_MS, () => {
      settle();
      if (this.#seekTo !== null) this.#seekNow(this.#seekTo);
    });
    this.#stopSeek = settle;
  }

  #replaySegment(): void {
    const atMs = this.#film?.atMs ?? this.#lastMs;
    const starts = (this.#view()?.segments ?? []).map(({ fromMs }) => fromMs);
    this.#seekNow(starts.filter((fromMs) => fromMs < atMs).reduce((a, b) => Math.max(a, b), 0));
  }

  #seekNow(toMs: number): void {
    this.#moveTo(toMs);
    void this.#context.send({ kind: "seek", toMs: Math.round(toMs) });
  }

  #moveTo(toMs: number): void {
    this.#seekTo = null;
    this.#lastMs = toMs;
    this.#film?.seek(toMs);
  }

  close(): void {
    this.#stopSeek();
    for (const stop of this.#stops) stop();
    this.#film?.close();
    this.#film = null;
  }
}
