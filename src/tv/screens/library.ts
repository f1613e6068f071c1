/** The library: categories at the left, eight lessons a page, each with number and state. */
import type { LessonCard } from "../../../protocol/generated/types.ts";
import { button, centred, ground, moved, text } from "../parts/draw.ts";
import { fit } from "../parts/measure.ts";
import { minutesWords, STATE_WORDS } from "../parts/words.ts";
import type { Scene } from "../scene/node.ts";
import type { KeyHint, RemoteKey, Screen, ScreenContext } from "../screen.ts";
import { COLOURS, SAFE } from "../theme.ts";

const COLUMNS = 4;
const PAGE = COLUMNS * 2;
const CARD = { w: 324, h: 372, gap: 20 } as const;
const GRID_X = SAFE.left + 380;
const GRID_Y = 150;
const CATEGORIES_MAX = 5;

export class LibraryScreen implements Screen {
  readonly name = "library";
  readonly #context: ScreenContext;
  #lessons: readonly LessonCard[] | null = null;
  #category = 0;
  #focus = 0;
  #inCategories = false;

  constructor(context: ScreenContext) {
    this.#context = context;
    void this.#load();
  }

  async #load(): Promise<void> {
    this.#lessons = (await this.#context.fetchJson<LessonCard[]>("/api/lessons")) ?? [];
    this.#context.redraw();
  }

  #categories(): string[] {
    const names = new Set((this.#lessons ?? []).map(({ category }) => category));
    return ["全部", ...[...names].slice(0, CATEGORIES_MAX - 1)];
  }

  #shown(): readonly LessonCard[] {
    const category = this.#categories()[this.#category];
    const all = this.#lessons ?? [];
    return this.#category === 0 ? all : all.filter((lesson) => lesson.category === category);
  }

  draw(): Scene {
    const { sizes } = this.#context;
    const shown = this.#shown();
    const page = Math.floor(this.#focus / PAGE);
    const pages = Math.max(1, Math.ceil(shown.length / PAGE));
    return [
      ground,
      text({ y: 54, text: "片库", size: sizes.operator, bold: true }),
      text({
        y: 54,
        text: `共 ${shown.length} 个  第 ${page + 1}/${pages} 页`,
        size: sizes.hint,
        align: "right",
        colour: COLOURS.secondary,
      }),
      ...this.#drawCategories(),
      ...this.#drawEmpty(shown),
      ...shown
        .slice(page * PAGE, page * PAGE + PAGE)
        .flatMap((lesson, index) => this.#drawCard(lesson, index, page * PAGE + index)),
    ];
  }

  #drawEmpty(shown: readonly LessonCard[]): Scene {
    if (shown.length > 0) return [];
    const words = this.#lessons === null ? "正在读取片库…" : "这台机器上还没有片子。请联系县里。";
    const { operator } = this.#context.sizes;
    return [centred(460, words, operator, { x: GRID_X, w: SAFE.right - GRID_X })];
  }

  #drawCategories(): Scene {
    return this.#categories().flatMap((name, index) =>
      button({
        x: SAFE.left,
        y: GRID_Y + index * 144,
        w: 340,
        text: name,
        size: this.#context.sizes.hint,
        focused: this.#inCategories && index === this.#category,
        selected: !this.#inCategories && index === this.#category,
        lines: name.length > 6 ? 2 : 1,
      }),
    );
  }

  #drawCard(lesson: LessonCard, place: number, index: number): Scene {
    const { hint } = this.#context.sizes;
    const x = GRID_X + (place % COLUMNS) * (CARD.w + CARD.gap);
    const y = GRID_Y + Math.floor(place / COLUMNS) * (CARD.h + 28);
    const focused = !this.#inCategories && index === this.#focus;
    const colour = focused ? COLOURS.onFocus : COLOURS.text;
    const foot = footOf(lesson);
    const footSize = fit(foot, { from: hint, least: 40, lines: 1, w: CARD.w - 32 }).size;
    const frame = button({ x, y, w: CARD.w, h: CARD.h, text: "", size: hint, focused });
    return [
      ...frame.filter((node) => node.kind !== "text"),
      ...posterOf(lesson, x + 12, y + 12, CARD.w - 24),
      text({
        x: x + 16,
        w: CARD.w - 32,
        y: y + 196,
        text: lesson.title,
        size: hint,
        bold: true,
        colour,
        lines: 2,
        lineHeight: 54,
      }),
      text({ x: x + 16, w: CARD.w - 32, y: y + 306, text: foot, size: footSize, colour }),
    ];
  }

  hints(): KeyHint[] {
    return [
      { key: "确定", text: "看这一个" },
      { key: "▲▼◀▶", text: "移动" },
      { key: "返回", text: "首页" },
    ];
  }

  onKey(key: RemoteKey): boolean {
    if (key === "back") return false;
    if (this.#inCategories) this.#categoryKey(key);
    else this.#gridKey(key);
    this.#context.redraw();
    return true;
  }

  #categoryKey(key: RemoteKey): void {
    if (key === "right" || key === "ok") this.#inCategories = false;
    const step = key === "up" ? -1 : key === "down" ? 1 : 0;
    if (step === 0) return;
    this.#category = moved(this.#category, step, this.#categories().length);
    this.#focus = 0;
  }

  #gridKey(key: RemoteKey): void {
    const shown = this.#shown();
    const lesson = shown[this.#focus];
    if (key === "ok" && lesson !== undefined) {
      this.#context.go({ kind: "lesson", id: lesson.id });
      return;
    }
    if (key === "left" && this.#focus % COLUMNS === 0) {
      this.#inCategories = true;
      return;
    }
    const steps = {
      left: -1,
      right: 1,
      up: -COLUMNS,
      down: COLUMNS,
      "page-up": -PAGE,
      "page-down": PAGE,
    };
    const step = steps[key as keyof typeof steps];
    if (step !== undefined) this.#focus = moved(this.#focus, step, shown.length);
  }
}

function posterOf({ poster }: LessonCard, x: number, y: number, w: number): Scene {
  const h = Math.round((w * 9) / 16);
  if (poster === null) return [{ kind: "rect", x, y, w, h, colour: COLOURS.raised }];
  return [{ kind: "picture", x, y, w, h, url: poster }];
}

function footOf({ number, state, durationMs }: LessonCard): string {
  return `${number}  ${state === "ready" ? minutesWords(durationMs) : STATE_WORDS[state]}`;
}
