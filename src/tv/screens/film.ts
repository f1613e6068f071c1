/**
 * 播放收看: the film, its captions, and the card that asks the broadcaster to explain. The page
 * plays; where the film stands, and what of it was watched, is known by the service.
 */
import type { Cue, FilmView, View } from "../../../protocol/generated/types.ts";
import { moved } from "../parts/draw.ts";
import { narrationOf } from "../parts/narration.ts";
import { type Caption, captionAt, parseCaptions } from "../player/captions.ts";
import { cueLeftAtEnd, cueMet } from "../player/cue-watch.ts";
import { FilmPlayer } from "../player/film-player.ts";
import type { Scene } from "../scene/node.ts";
import type { KeyHint, RemoteKey, Screen } from "../screen.ts";
import { PROGRESS_MS, SEEK_SETTLE_MS, SEEK_STEPS } from "../theme.ts";
import { type Speech, sentence } from "../voice/speaker.ts";
import type { FilmContext } from "./film-context.ts";
import { CUE_CHOICES, captionScene, cueScene, filmMenuScene, progressScene } from "./film-scene.ts";

const REPORT_MS = 1000;
const OWN_CUE = -1;

function seekStepMs(heldMs: number): number {
  return SEEK_STEPS.find((step) => heldMs >= step.heldMs)?.stepMs ?? 0;
}

export class FilmScreen implements Screen {
  readonly name = "film";
  readonly overFilm = true;
  readonly #context: FilmContext;
  readonly #player: FilmPlayer;
  #captions: readonly Caption[] = [];
  readonly #stops: (() => void)[] = [];
  #film: FilmView;
  #session: NonNullable<View["session"]>;
  #lastMs = 0;
  #progressUntilMs = 0;
  #seekToMs: number | null = null;
  #stopSeek: () => void = () => {};
  #choice = 0;
  /** Focus in the film's menu; null: closed. */
  #menu: number | null = null;
  #suspended = false;
  #explaining: boolean;

  constructor(context: FilmContext, session: NonNullable<View["session"]>, film: FilmView) {
    this.#context = context;
    this.#session = session;
    this.#film = film;
    this.#explaining = session.explaining !== null;
    this.#player = new FilmPlayer(context.video, {
      onTime: (atMs) => this.#onTime(atMs),
      onEnded: (atMs) => this.#onEnded(atMs),
      onFailed: (code, url) => this.#onFailed(code, url),
    });
    this.#player.open(film.hls, film.atMs);
    this.#lastMs = film.atMs;
    if (film.playing && !this.#explaining) this.#player.play();
    if (film.captions !== null) void this.#loadCaptions(film.captions);
    this.#stops.push(context.every(REPORT_MS, () => this.#report()));
  }

  /** A film whose captions cannot be read plays without. */
  async #loadCaptions(url: string): Promise<void> {
    const text = await this.#context.fetchText(url);
    this.#captions = text === null ? [] : parseCaptions(text);
  }

  #report(): void {
    const { id, item } = this.#session;
    this.#context.report({
      kind: "position",
      session: id,
      item,
      atMs: this.#player.atMs,
      playing: this.#player.playing,
      frames: this.#player.frames,
      rate: 1,
    });
    if (this.#progressUntilMs > 0) this.#context.redraw();
  }

  onView(view: View): void {
    const { session } = view;
    if (session === null || session.film === null) return;
    const wasExplaining = this.#explaining;
    this.#session = session;
    this.#film = session.film;
    this.#explaining = session.explaining !== null;
    if (this.#explaining) this.#player.hold();
    else if (wasExplaining) this.#goOn(session.film);
  }

  /** The service says where the film goes on after an explanation. */
  #goOn({ atMs }: FilmView): void {
    this.#choice = 0;
    this.#jump(atMs);
    if (!this.#suspended) this.#player.play();
  }

  #jump(toMs: number): void {
    this.#lastMs = toMs;
    this.#player.seek(toMs);
  }

  #onTime(atMs: number): void {
    const { cues, cuesDone } = this.#film;
    const met = cueMet({ cues, done: cuesDone, fromMs: this.#lastMs, toMs: atMs });
    this.#lastMs = atMs;
    if (met !== null && !this.#explaining) this.#stopAt(met, atMs);
    this.#context.redraw();
  }

  /** The film stands still at once; the service is told after. */
  #stopAt(cue: number, atMs: number): void {
    this.#player.hold();
    this.#explaining = true;
    this.#menu = null;
    void this.#context.send({ kind: "cue-reached", cue, atMs });
  }

  #onEnded(atMs: number): void {
    const left = cueLeftAtEnd(this.#film.cues, this.#film.cuesDone, atMs);
    if (left !== null && !this.#explaining) {
      this.#stopAt(left, atMs);
      return;
    }
    void this.#context.send({ kind: "film-ended", from: this.#session.at, atMs });
  }

  #onFailed(code: string, url: string): void {
    this.#context.toast("片子有一段放不了，先往下进行。编号 E12");
    const from = this.#session.at;
    const short = { code: code.slice(0, 40), url: url.slice(0, 300) };
    void this.#context.send({ kind: "film-failed", from, ...short, atMs: this.#player.atMs });
  }

  suspend(): void {
    this.#suspended = true;
    this.#tellPlaying(false);
  }

  resume(): void {
    this.#suspended = false;
    if (!this.#explaining) this.#tellPlaying(true);
  }

  #tellPlaying(playing: boolean): void {
    if (playing) this.#player.play();
    else this.#player.hold();
    void this.#context.send({ kind: "play", playing, atMs: this.#player.atMs });
  }

  draw(): Scene {
    const { sizes } = this.#context;
    if (this.#explaining) return cueScene(this.#cue(), this.#choice, sizes);
    // Alone: the bar and the captions below it would be seen in halves.
    if (this.#menu !== null) return filmMenuScene(this.#menuItems(), this.#menu, sizes);
    const barShown = this.#barShown();
    const atMs = this.#seekToMs ?? this.#player.atMs;
    return [
      ...captionScene(captionAt(this.#captions, this.#player.atMs)?.lines ?? [], barShown, sizes),
      ...(barShown
        ? progressScene({ film: this.#film, atMs, playing: this.#player.playing }, sizes)
        : []),
    ];
  }

  #barShown(): boolean {
    // A film that stands says so for as long as it stands.
    const fresh = this.#context.nowMs() < this.#progressUntilMs;
    return this.#menu !== null || fresh || !this.#player.playing;
  }

  #cue(): Cue {
    const index = this.#session.explaining?.cue ?? OWN_CUE;
    const own = { atMs: 0, speak: "请您讲一讲刚才这一段", text: "讲完了，我们接着看" };
    return this.#film.cues[index] ?? own;
  }

  /** Over a film that runs nothing is said; while it stands the question is. */
  speech(): Speech | null {
    if (!this.#explaining) return null;
    return narrationOf(this.#session, this.#cue().narration) ?? sentence("cue");
  }

  hints(): KeyHint[] {
    if (this.#explaining || this.#menu !== null) {
      return [
        { key: "确定", text: "选中" },
        { key: this.#explaining ? "◀▶" : "▲▼", text: "移动" },
        { key: "返回", text: this.#explaining ? "菜单" : "接着看" },
      ];
    }
    if (!this.#barShown()) return [];
    return [
      { key: "确定", text: this.#player.playing ? "暂停" : "接着放" },
      { key: "◀▶", text: "退进 10 秒" },
      { key: "▲", text: "再看一遍这一段" },
      { key: "▼", text: "停下来讲" },
      { key: "返回", text: "菜单" },
    ];
  }

  onKey(key: RemoteKey, heldMs = 0): boolean {
    this.#progressUntilMs = this.#context.nowMs() + PROGRESS_MS;
    const handled = this.#keyIn(key, heldMs);
    this.#context.redraw();
    return handled;
  }

  #keyIn(key: RemoteKey, heldMs: number): boolean {
    if (this.#explaining) return this.#cueKey(key);
    if (this.#menu !== null) return this.#menuKey(key, this.#menu);
    return this.#filmKey(key, heldMs);
  }

  #filmKey(key: RemoteKey, heldMs: number): boolean {
    if (key === "back") return false;
    if (key === "ok" || key === "play") this.#tellPlaying(!this.#player.playing);
    else if (key === "left") this.#seekBy(-seekStepMs(heldMs));
    else if (key === "right") this.#seekBy(seekStepMs(heldMs));
    else if (key === "up") this.#seekTo(this.#segmentStart());
    else if (key === "down" || key === "menu") this.#menu = 0;
    return true;
  }

  /** Start of the present segment; in its first two seconds, of the one before. */
  #segmentStart(): number {
    const atMs = this.#player.atMs - 2000;
    const starts = this.#film.segments.map(({ fromMs }) => fromMs).filter((ms) => ms <= atMs);
    return Math.max(0, ...starts);
  }

  /** Steps add up while the key is held; the film moves once they are over. */
  #seekBy(stepMs: number): void {
    const from = this.#seekToMs ?? this.#player.atMs;
    const end = Math.max(0, this.#film.durationMs - 1000);
    this.#seekToMs = Math.min(Math.max(0, from + stepMs), end);
    this.#stopSeek();
    this.#stopSeek = this.#context.after(SEEK_SETTLE_MS, () => {
      const toMs = this.#seekToMs ?? this.#player.atMs;
      this.#seekToMs = null;
      this.#seekTo(toMs);
    });
  }

  #seekTo(toMs: number): void {
    this.#jump(toMs);
    void this.#context.send({ kind: "seek", toMs: Math.round(toMs) });
    this.#context.redraw();
  }

  #menuItems(): string[] {
    const segments = this.#film.segments.slice(0, 4).map(({ title }) => `从这里看：${title}`);
    return ["停下来讲一讲", ...segments, "不放了，往下进行"];
  }

  #menuKey(key: RemoteKey, focus: number): boolean {
    const items = this.#menuItems();
    if (key === "up") this.#menu = moved(focus, -1, items.length);
    else if (key === "down") this.#menu = moved(focus, 1, items.length);
    else this.#menu = null;
    if (key === "ok") this.#chooseInMenu(focus, items.length);
    return true;
  }

  #chooseInMenu(focus: number, count: number): void {
    if (focus === 0) this.#stopAt(OWN_CUE, this.#player.atMs);
    else if (focus === count - 1) {
      void this.#context.send({ kind: "advance", from: this.#session.at });
    } else this.#seekTo(this.#film.segments[focus - 1]?.fromMs ?? 0);
  }

  #cueKey(key: RemoteKey): boolean {
    if (key === "back") return false;
    if (key === "up" || key === "left") this.#choice = moved(this.#choice, -1, CUE_CHOICES.length);
    if (key === "down" || key === "right")
      this.#choice = moved(this.#choice, 1, CUE_CHOICES.length);
    if (key === "ok") this.#explained();
    return true;
  }

  #explained(): void {
    const { explaining } = this.#session;
    const choice = CUE_CHOICES[this.#choice];
    if (explaining === null || choice === undefined) return;
    const { goOn, marked } = choice;
    // biome-ignore lint/suspicious/noThenProperty: the protocol's own word; never awaited.
    const intent = { kind: "explained", cue: explaining.cue, then: goOn, marked } as const;
    void this.#context.send(intent).then((result) => {
      if (!result.ok) this.#context.toast(result.error.text);
    });
  }

  close(): void {
    this.#stopSeek();
    for (const stop of this.#stops) stop();
    this.#player.close();
  }
}
