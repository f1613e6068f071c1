/** A screen that is only read: a heading, lines, pages turned with ▲▼ or ◀▶. */
import type { Scene } from "../scene/node.ts";
import type { KeyHint, RemoteKey, Screen, ScreenContext } from "../screen.ts";
import { centred, ground, moved } from "./draw.ts";
import { headScene } from "./list.ts";
import { linesRoom, pageScene, paginate } from "./pages.ts";

export interface LinesFacts {
  readonly heading: string;
  readonly lines: readonly string[];
}

export interface LinesOptions {
  /** Where Back leads, as a hint. */
  readonly back: string;
  /** What OK does on the last page, in two words for the bar of keys; nothing when missing. */
  readonly end?: { words(): string; act(): void };
  /** Null: it could not be read. */
  read(context: ScreenContext): Promise<LinesFacts | null>;
}

const TURNS: Partial<Record<RemoteKey, number>> = {
  up: -1,
  left: -1,
  "page-up": -1,
  ok: 1,
  down: 1,
  right: 1,
  "page-down": 1,
};

export abstract class LinesScreen implements Screen {
  abstract readonly name: string;
  readonly #context: ScreenContext;
  readonly #options: LinesOptions;
  #facts: LinesFacts | null = null;
  #loaded = false;
  #page = 0;

  constructor(context: ScreenContext, options: LinesOptions) {
    this.#context = context;
    this.#options = options;
    void this.#load();
  }

  async #load(): Promise<void> {
    this.#facts = await this.#options.read(this.#context);
    this.#loaded = true;
    this.#page = moved(this.#page, 0, this.#pages().length);
    this.#context.redraw();
  }

  /** For what changes while it is shown. */
  protected readAgain(): void {
    void this.#load();
  }

  #pages(): string[][] {
    return paginate(this.#facts?.lines ?? [], linesRoom(this.#context.sizes));
  }

  draw(): Scene {
    const { sizes } = this.#context;
    if (this.#facts === null) {
      const words = this.#loaded ? "没有读到。按【返回】再试。" : "正在读取…";
      return [ground, centred(440, words, sizes.audience)];
    }
    const pages = this.#pages();
    return [
      ground,
      ...headScene(this.#facts.heading, `第 ${this.#page + 1}/${pages.length} 页`, sizes),
      ...pageScene(pages[this.#page] ?? [], linesRoom(sizes)),
    ];
  }

  get #isAtEnd(): boolean {
    return this.#facts !== null && this.#page === this.#pages().length - 1;
  }

  hints(): readonly KeyHint[] {
    const { back: words, end } = this.#options;
    const back = { key: "返回", text: words };
    const turn = this.#pages().length > 1 ? [{ key: "▲▼", text: "翻页" }] : [];
    if (end === undefined) return [...turn, back];
    return [{ key: "确定", text: this.#isAtEnd ? end.words() : "下一页" }, back, ...turn];
  }

  onKey(key: RemoteKey): boolean {
    if (key === "ok" && this.#isAtEnd && this.#options.end !== undefined) {
      this.#options.end.act();
      return true;
    }
    const by = TURNS[key];
    if (by === undefined) return key !== "back";
    this.#page = moved(this.#page, by, this.#pages().length);
    this.#context.redraw();
    return true;
  }
}
