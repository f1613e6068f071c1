/**
 * The page as a whole: which screen is shown, where keys go, and what lies over every screen: the
 * bar of key hints, the toast, the pause menu and the word that the service does not answer.
 */
import type { Intent, PositionMessage, View } from "../../protocol/generated/types.ts";
import { withHighContrast } from "./parts/contrast.ts";
import { centred, ground, toastBox } from "./parts/draw.ts";
import { footer, unsavedWords } from "./parts/footer.ts";
import { PauseMenu } from "./pause-menu.ts";
import type { Scene } from "./scene/node.ts";
import type { KeyHint, Place, RemoteKey, Screen, SendResult } from "./screen.ts";
import type { FilmContext } from "./screens/film-context.ts";
import { placesAfter, type Target, targetOf } from "./target.ts";
import { COLOURS, PAGES_AFTER_MS, SCREEN, SIZES, type TextSizes, TOAST_MS } from "./theme.ts";
import { SPOKEN_LIST } from "./voice/sentences.ts";
import { Speaker, type Voice } from "./voice/speaker.ts";

/** What the page needs of the world; `main.ts` has the real one, a test its own. */
export interface AppWorld {
  readonly video: HTMLVideoElement;
  paint(scene: Scene): void;
  makeScreen(target: Target, context: FilmContext): Screen;
  send(intent: Intent): Promise<SendResult>;
  report(message: PositionMessage): void;
  fetchText(path: string): Promise<string | null>;
  fetchJson<T>(path: string): Promise<T | null>;
  /** Before the next picture; many calls may come before one. */
  nextFrame(act: () => void): void;
  every(ms: number, act: () => void): () => void;
  after(ms: number, act: () => void): () => void;
  nowMs(): number;
  readonly voice: Voice;
  chime(): void;
  unknownKeys(): readonly string[];
  /** Where the page stood before it was loaded again; home when missing. */
  readonly places?: readonly Place[];
  keepPlaces?(places: readonly Place[]): void;
  /** Keys that are held still mean the screen before. */
  screenChanged(): void;
}

export class TvApp {
  readonly #world: AppWorld;
  readonly #speaker: Speaker;
  #view: View | null = null;
  #places: readonly Place[];
  #screen: Screen | null = null;
  #target: Target | null = null;
  #menu: PauseMenu | null = null;
  #lost = false;
  /** A number key was pressed since the page was loaded. */
  #hasDigits = false;
  #toast: string | null = null;
  #stopToast: () => void = () => {};
  #frameAsked = false;
  #scene: Scene = [];

  constructor(world: AppWorld) {
    this.#world = world;
    this.#places = world.places ?? [{ kind: "home" }];
    this.#speaker = new Speaker(world.voice);
    void this.#learnToSpeak();
    this.redraw();
  }

  /** A build without an engine has no list, and no voice. */
  async #learnToSpeak(): Promise<void> {
    this.#speaker.know((await this.#world.fetchJson<string[]>(SPOKEN_LIST)) ?? []);
    this.redraw();
  }

  get view(): View | null {
    return this.#view;
  }

  get place(): string {
    if (this.#menu !== null) return "pause-menu";
    return this.#screen?.name ?? "starting";
  }

  get scene(): Scene {
    return this.#scene;
  }

  get #sizes(): TextSizes {
    return SIZES[this.#view?.site.scale ?? "standard"];
  }

  show(view: View): void {
    this.#places = placesAfter(this.#places, this.#view, view);
    this.#view = view;
    const kept = this.#screen;
    this.#enter(view);
    if (this.#screen === kept) this.#screen?.onView?.(view);
    this.redraw();
  }

  setLost(lost: boolean): void {
    this.#lost = lost;
    this.redraw();
  }

  /** Makes another screen when another is due, and only then. */
  #enter(view: View): void {
    this.#world.keepPlaces?.(this.#places);
    const target = targetOf(view, this.#places);
    if (target.key === this.#target?.key) return;
    this.#screen?.close?.();
    this.#menu = null;
    this.#target = target;
    this.#world.screenChanged();
    this.#screen = this.#world.makeScreen(target, this.#context());
  }

  #context(): FilmContext {
    const world = this.#world;
    const app = this;
    return {
      video: world.video,
      get sizes() {
        return app.#sizes;
      },
      view: () => app.#shownView(),
      send: (intent) => app.#send(intent),
      report: (message) => world.report(message),
      fetchJson: (path) => world.fetchJson(path),
      fetchText: (path) => world.fetchText(path),
      go: (place) => app.#go([...app.#places, place]),
      back: () => app.#back(),
      redraw: () => app.redraw(),
      toast: (text) => app.say(text),
      every: (ms, act) => world.every(ms, act),
      after: (ms, act) => world.after(ms, act),
      nowMs: () => world.nowMs(),
      chime: () => world.chime(),
      unknownKeys: () => world.unknownKeys(),
    };
  }

  /** Screens are made only after the first view. */
  #shownView(): View {
    if (this.#view === null) throw new Error("a screen was made before the first view");
    return this.#view;
  }

  async #send(intent: Intent): Promise<SendResult> {
    const result = await this.#world.send(intent);
    // Stale: the page was behind, and the view that is on its way says more than words would.
    if (!result.ok && result.error.code !== "stale") this.say(result.error.text);
    return result;
  }

  #go(places: readonly Place[]): void {
    this.#places = places;
    this.#enter(this.#shownView());
    this.redraw();
  }

  #back(): void {
    if (this.#places.length > 1) this.#go(this.#places.slice(0, -1));
  }

  /** A sentence for a few seconds, over whatever is shown. */
  say(text: string): void {
    this.#toast = text;
    this.#stopToast();
    this.#stopToast = this.#world.after(TOAST_MS, () => {
      this.#toast = null;
      this.redraw();
    });
    this.redraw();
  }

  /** @param heldMs how long the key has been held; 0 for a press */
  onKey(key: RemoteKey, heldMs = 0): void {
    if (this.#view === null || this.#lost) return;
    this.#noteDigits(key);
    if (this.#menu !== null) this.#menu.onKey(key);
    else if (this.#press(key, heldMs) === false && key === "back") this.#goUp();
    this.redraw();
  }

  /** A number key came: this remote has them, whatever was said at the set-up. */
  #noteDigits(key: RemoteKey): void {
    if (!key.startsWith("digit-") || this.#hasDigits) return;
    this.#hasDigits = true;
    if (this.#view?.site.hasDigits !== true) {
      void this.#world.send({ kind: "settings", hasDigits: true });
    }
  }

  #press(key: RemoteKey, heldMs: number): boolean | undefined {
    const screen = this.#screen;
    const turned = heldMs >= PAGES_AFTER_MS ? PAGE_KEY[key] : undefined;
    return screen?.onKey(screen.paged === true ? (turned ?? key) : key, heldMs);
  }

  /** A key that no table knows: only a screen that teaches keys wants it. */
  onUnknownKey(raw: string): void {
    this.#screen?.onUnknownKey?.(raw);
    this.redraw();
  }

  /** Back that no screen wanted: one place up, or the pause menu. On home it does nothing. */
  #goUp(): void {
    const { session } = this.#shownView();
    if (this.#target?.kind !== "stage" || session === null) this.#back();
    else if (session.closed !== null) void this.#send({ kind: "leave-closed" });
    else this.#openMenu(session);
  }

  #openMenu(session: NonNullable<View["session"]>): void {
    this.#screen?.suspend?.();
    const isSaved = unsavedWords(this.#view) === null;
    this.#menu = new PauseMenu(
      { session, isSaved },
      {
        close: () => {
          this.#menu = null;
          this.#screen?.resume?.();
        },
        openLate: () => this.#go([...this.#places, { kind: "late" }]),
        // What leads away from the film does not let it run for another moment.
        send: (intent) => {
          this.#menu = null;
          void this.#send(intent).then((result) => {
            if (!result.ok) this.#screen?.resume?.();
          });
        },
      },
    );
  }

  redraw(): void {
    if (this.#frameAsked) return;
    this.#frameAsked = true;
    this.#world.nextFrame(() => {
      this.#frameAsked = false;
      const scene = this.#draw();
      const isHigh = this.#view?.site.contrast === "high";
      this.#scene = isHigh ? withHighContrast(scene) : scene;
      this.#world.paint(this.#scene);
      this.#speak();
    });
  }

  /** Under the pause menu, and while the service is away, nothing is said. */
  #speak(): void {
    const isQuiet = this.#menu !== null || this.#lost;
    const speech = isQuiet ? null : (this.#screen?.speech?.() ?? null);
    this.#speaker.hear(speech, this.#view?.site.voice !== false);
  }

  /** Number keys are not named on a remote that has none. */
  #possible(hints: readonly KeyHint[]): readonly KeyHint[] {
    const { hasDigits } = this.#view?.site ?? {};
    return hasDigits === false ? hints.filter(({ key }) => key !== "0-9") : hints;
  }

  #draw(): Scene {
    const screen = this.#screen;
    const sizes = this.#sizes;
    if (screen === null) {
      const words = this.#lost ? LOST : "正在启动……";
      return [ground, centred(440, words, sizes.audience, { lines: 2 })];
    }
    const hints = this.#possible((this.#menu ?? screen).hints());
    const bare = screen.overFilm === true && hints.length === 0;
    return [
      ...screen.draw(),
      ...(this.#menu === null ? [] : this.#menu.draw(sizes)),
      ...footer({ hints, bare, unsaved: unsavedWords(this.#view) }, sizes),
      ...(this.#toast === null ? [] : toastBox(this.#toast, sizes)),
      ...(this.#lost ? lostPanel(sizes) : []),
    ];
  }
}

const PAGE_KEY: Partial<Record<RemoteKey, RemoteKey>> = { up: "page-up", down: "page-down" };

const LOST = "本机服务没有响应，正在重新连接……";

function lostPanel(sizes: TextSizes): Scene {
  const y = 360;
  return [
    { kind: "rect", x: 0, y: 0, w: SCREEN.width, h: SCREEN.height, colour: COLOURS.veil },
    { kind: "rect", x: 96, y, w: 1728, h: 360, colour: COLOURS.card, radius: 24 },
    centred(y + 60, LOST, sizes.audience, { x: 130, w: 1660, lines: 2, colour: COLOURS.attention }),
    centred(y + 250, "已经记下的都在，请稍等", sizes.operator),
  ];
}
