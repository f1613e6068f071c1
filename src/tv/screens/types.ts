/** 其他活动: which kind of meeting it is to be, and 练习. Which there are is data, not code. */
import {
  findSessionType,
  SESSION_TYPES,
  type SessionType,
} from "../../../protocol/session-type.ts";
import { button, ground, menu, moved, text } from "../parts/draw.ts";
import { fit } from "../parts/measure.ts";
import { stack } from "../parts/stack.ts";
import { moveInGrid } from "../parts/turn.ts";
import type { Scene } from "../scene/node.ts";
import type { KeyHint, RemoteKey, Screen, ScreenContext } from "../screen.ts";
import { COLOURS, SAFE } from "../theme.ts";

/** 练习 first: whoever is new looks for it. 党员电教日 is what 片库 and the plan begin. */
const LISTED: readonly SessionType[] = [...SESSION_TYPES]
  .filter(({ id }) => id !== "study-day")
  .sort((a, b) => Number(a.recorded) - Number(b.recorded));

const GRID = { columns: 3, y: 170, h: 150, gap: 32 } as const;
const CELL_W = (SAFE.width - GRID.gap * (GRID.columns - 1)) / GRID.columns;

interface Choice {
  readonly words: string;
  readonly act: () => void;
}

export class TypesScreen implements Screen {
  readonly name = "types";
  readonly #context: ScreenContext;
  #focus = 0;
  /** The type that was chosen: it is asked once more before it begins. */
  #chosen: SessionType | null = null;
  #choice = 0;

  constructor(context: ScreenContext, type?: string) {
    this.#context = context;
    this.#chosen = (type === undefined ? undefined : findSessionType(type)) ?? null;
  }

  draw(): Scene {
    return [ground, ...(this.#chosen === null ? this.#drawGrid() : this.#drawChosen(this.#chosen))];
  }

  #drawGrid(): Scene {
    const { operator, audience } = this.#context.sizes;
    const w = CELL_W - 72;
    return [
      text({ y: 60, text: "今天开展什么活动？", size: operator, bold: true }),
      ...LISTED.flatMap(({ name }, index) =>
        button({
          x: SAFE.left + (index % GRID.columns) * (CELL_W + GRID.gap),
          y: GRID.y + Math.floor(index / GRID.columns) * (GRID.h + GRID.gap),
          w: CELL_W,
          h: GRID.h,
          text: name,
          size: fit(name, { from: audience, least: 48, lines: 1, w }).size,
          focused: index === this.#focus,
        }),
      ),
    ];
  }

  #drawChosen(type: SessionType): Scene {
    const { sizes } = this.#context;
    const items = this.#choices(type).map(({ words }) => words);
    return [
      ...stack(
        [
          { text: type.name, size: sizes.title },
          { text: explain(type), size: sizes.audience, lines: 2, colour: COLOURS.secondary },
        ],
        { top: 100, bottom: 520 },
      ),
      ...menu({ items, focus: this.#choice, x: 360, y: 560, w: 1200, size: sizes.operator }),
    ];
  }

  #choices(type: SessionType): Choice[] {
    const begin = { words: "现在开始", act: () => this.#begin(type) };
    const choose = {
      words: "到片库选一个片子",
      act: () => this.#context.go({ kind: "library", type: type.id }),
    };
    if (type.lesson === "none") return [begin];
    return type.lesson === "needed"
      ? [choose]
      : [{ ...begin, words: "不放片子，现在开始" }, choose];
  }

  #begin({ id }: SessionType): void {
    void this.#context.send({ kind: "open-session", type: id, lessons: [] });
  }

  hints(): KeyHint[] {
    const up = this.#chosen === null ? "首页" : "换一个";
    return [
      { key: "确定", text: "选中" },
      { key: "▲▼◀▶", text: "移动" },
      { key: "返回", text: up },
    ];
  }

  onKey(key: RemoteKey): boolean {
    const handled = this.#chosen === null ? this.#pressGrid(key) : this.#pressChosen(key);
    this.#context.redraw();
    return handled;
  }

  #pressGrid(key: RemoteKey): boolean {
    const { columns } = GRID;
    this.#focus = moveInGrid(this.#focus, key, { count: LISTED.length, columns }) ?? this.#focus;
    if (key !== "ok") return key !== "back";
    this.#chosen = LISTED[this.#focus] ?? null;
    this.#choice = 0;
    return true;
  }

  #pressChosen(key: RemoteKey): boolean {
    const choices = this.#chosen === null ? [] : this.#choices(this.#chosen);
    const step = { up: -1, down: 1 }[key as "up"];
    if (key === "back") this.#chosen = null;
    else if (key === "ok") choices[this.#choice]?.act();
    else if (step !== undefined) this.#choice = moved(this.#choice, step, choices.length);
    return true;
  }
}

function explain({ recorded, content, lesson, stages }: SessionType): string {
  if (!recorded) return "用练习的人名走一遍全程，什么都不登记。停电、回首页就没有了。";
  if (!content) return "只登记谁到了，不记内容。";
  if (lesson === "needed") return "先选片子，再签到。";
  const own = (stages ?? []).flatMap((stage) => ("own" in stage ? [stage.own.name] : []));
  const film = lesson === "welcome" ? "可以放片子，也可以不放。" : "不放片子。";
  return `先签到${own.map((name) => `，再${name}`).join("")}，最后登记。${film}`;
}
