/** The library as it looks: categories or the letter pad at the left, posters with their state. */
import type { LessonCard } from "../../../protocol/generated/types.ts";
import { sessionTypeName } from "../../../protocol/session-type.ts";
import { button, centred, ground, text } from "../parts/draw.ts";
import { fit } from "../parts/measure.ts";
import { perform } from "../parts/turn.ts";
import { minutesWords, stateWords } from "../parts/words.ts";
import type { Scene } from "../scene/node.ts";
import type { KeyHint, RemoteKey, Screen, ScreenContext } from "../screen.ts";
import { COLOURS, SAFE } from "../theme.ts";
import {
  BY_LETTER,
  categoriesOf,
  PAD,
  PAD_CLEAR,
  PAD_KEYS,
  pressShelf,
  SHELF,
  SHELF_START,
  type ShelfState,
  shownOf,
} from "./library/shelf.ts";

const CARD = { w: 324, h: 372, gap: 20 } as const;
const LEFT = { y: 150, w: 340 } as const;
const GRID_X = SAFE.left + 380;
const PAD_CELL = { w: 164, h: 120, gap: 12 } as const;

export class LibraryScreen implements Screen {
  readonly name = "library";
  readonly paged = true;
  readonly #context: ScreenContext;
  /** What kind of session the lesson is chosen for. */
  readonly #type: string | undefined;
  #lessons: readonly LessonCard[] | null = null;
  #state: ShelfState = SHELF_START;

  constructor(context: ScreenContext, type?: string) {
    this.#context = context;
    this.#type = type;
    void this.#load();
  }

  async #load(): Promise<void> {
    this.#lessons = (await this.#context.fetchJson<LessonCard[]>("/api/lessons")) ?? [];
    this.#context.redraw();
  }

  draw(): Scene {
    const shown = shownOf(this.#state, this.#lessons ?? []);
    const page = Math.floor(this.#state.focus / SHELF.page);
    const first = page * SHELF.page;
    return [
      ground,
      ...this.#drawHead(shown.length, page),
      ...this.#drawLeft(),
      ...this.#drawEmpty(shown.length),
      ...shown
        .slice(first, first + SHELF.page)
        .flatMap((lesson, place) => this.#drawCard(lesson, place, first + place)),
    ];
  }

  #drawHead(count: number, page: number): Scene {
    const { sizes } = this.#context;
    const { typed, said } = this.#state;
    const pages = Math.max(1, Math.ceil(count / SHELF.page));
    const isSaying = said !== null || typed !== "";
    const words = said ?? (typed === "" ? `共 ${count} 个  第 ${page + 1}/${pages} 页` : typed);
    return [
      text({ y: 54, w: 800, text: this.#heading, size: sizes.operator, bold: true }),
      text({
        x: 900,
        w: SAFE.right - 900,
        y: 54,
        text: typed === "" ? words : `片号 ${typed.padEnd(4, "_")}`,
        size: sizes.hint,
        align: "right",
        colour: isSaying ? COLOURS.focus : COLOURS.secondary,
      }),
    ];
  }

  get #heading(): string {
    return this.#type === undefined ? "片库" : `片库：${sessionTypeName(this.#type)}`;
  }

  #drawEmpty(count: number): Scene {
    if (count > 0) return [];
    const isByLetter = this.#state.letters.length > 0;
    const none = isByLetter ? "没有这样的片子。选【清除】再找。" : "还没有片子。请联系县里。";
    const words = this.#lessons === null ? "正在读取片库…" : none;
    const { operator } = this.#context.sizes;
    return [centred(460, words, operator, { x: GRID_X, w: SAFE.right - GRID_X, lines: 2 })];
  }

  #drawLeft(): Scene {
    const names = categoriesOf(this.#lessons ?? []);
    const isByLetter = names[this.#state.category] === BY_LETTER;
    const inColumn = this.#state.part === "categories";
    if (isByLetter && !inColumn) return this.#drawPad();
    const { hint } = this.#context.sizes;
    return names.flatMap((name, index) =>
      button({
        x: SAFE.left,
        y: LEFT.y + index * 144,
        w: LEFT.w,
        text: name,
        size: fit(name, { from: hint, least: 40, lines: 1, w: LEFT.w - 130 }).size,
        focused: inColumn && index === this.#state.category,
        selected: !inColumn && index === this.#state.category,
        lines: 2,
      }),
    );
  }

  #drawPad(): Scene {
    const { sizes } = this.#context;
    const { letters, padFocus, part } = this.#state;
    const chosen = letters.map((keys) => keys.toUpperCase()).join(" ");
    const cells = [...PAD_KEYS.map((keys) => keys.toUpperCase()), "清除"];
    return [
      text({ y: LEFT.y, w: LEFT.w, text: chosen || "选首字母", size: 40, colour: COLOURS.focus }),
      ...cells.flatMap((words, index) =>
        button({
          x: SAFE.left + (index % PAD.columns) * (PAD_CELL.w + PAD_CELL.gap),
          y: LEFT.y + 80 + Math.floor(index / PAD.columns) * (PAD_CELL.h + 24),
          w: index === PAD_CLEAR ? LEFT.w : PAD_CELL.w,
          text: words,
          size: index === PAD_CLEAR ? 40 : Math.min(sizes.hint, 40),
          focused: part === "pad" && index === padFocus,
          tight: true,
        }),
      ),
    ];
  }

  #drawCard(lesson: LessonCard, place: number, index: number): Scene {
    const { hint } = this.#context.sizes;
    const x = GRID_X + (place % SHELF.columns) * (CARD.w + CARD.gap);
    const y = LEFT.y + Math.floor(place / SHELF.columns) * (CARD.h + 28);
    const focused = this.#state.part === "grid" && index === this.#state.focus;
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
    const act = { grid: "看这一个", categories: "选中", pad: "按下" }[this.#state.part];
    return [
      { key: "确定", text: act },
      { key: "▲▼◀▶", text: "移动" },
      { key: "0-9", text: "片号" },
      { key: "返回", text: this.#state.part === "pad" ? "分类" : "首页" },
    ];
  }

  onKey(key: RemoteKey): boolean {
    const turn = pressShelf(this.#state, key, this.#lessons ?? []);
    if (turn === null) return key !== "back";
    this.#state = turn.state;
    const { go } = turn;
    const isLesson = go?.kind === "lesson" && this.#type !== undefined;
    void perform(this.#context, isLesson ? { ...turn, go: { ...go, type: this.#type } } : turn);
    this.#context.redraw();
    return true;
  }
}

function posterOf({ poster }: LessonCard, x: number, y: number, w: number): Scene {
  const h = Math.round((w * 9) / 16);
  if (poster === null) return [{ kind: "rect", x, y, w, h, colour: COLOURS.raised }];
  return [{ kind: "picture", x, y, w, h, url: poster }];
}

function footOf(card: LessonCard): string {
  const { number, state, durationMs } = card;
  return `${number}  ${state === "ready" ? minutesWords(durationMs) : stateWords(card)}`;
}
