/**
 * Which day is it? Asked over the stage, once a boot, when the box does not know. OK alone leads
 * on: on the day that the machine proposes, or on 不知道 where it has nothing to propose.
 */
import type { View } from "../../../protocol/generated/types.ts";
import { button, centred, ground } from "../parts/draw.ts";
import { fit } from "../parts/measure.ts";
import { fullDay } from "../parts/words.ts";
import type { Scene } from "../scene/node.ts";
import type { KeyHint, RemoteKey, Screen, ScreenContext } from "../screen.ts";
import { COLOURS } from "../theme.ts";

type Question = NonNullable<View["clock"]["ask"]>;

const DAY_MS = 86_400_000;
const WEEKDAYS = "日一二三四五六";
/** A page of days; a box that lay in a cupboard is months behind. */
const PAGE_DAYS = 30;
const STEP: Partial<Record<RemoteKey, number>> = {
  up: 1,
  down: -1,
  "page-up": PAGE_DAYS,
  "page-down": -PAGE_DAYS,
};

export class ConfirmDateScreen implements Screen {
  readonly name = "confirm-date";
  readonly #context: ScreenContext;
  #day: string;
  #knows: boolean;
  #busy = false;

  constructor(context: ScreenContext) {
    this.#context = context;
    this.#day = this.#question?.start ?? "";
    this.#knows = typeof this.#question?.date === "string";
  }

  get #question(): Question | null {
    return this.#context.view().clock.ask ?? null;
  }

  draw(): Scene {
    const { sizes } = this.#context;
    const half = { y: 380, h: 300, size: sizes.audience, lines: 2 };
    const day = dayWords(this.#day);
    const { size } = fit(day, { from: sizes.audience, least: sizes.hint, lines: 2, w: 1000 });
    return [
      ground,
      centred(90, "请确认今天的日期", sizes.title),
      centred(230, "机器的时钟没有校准，日期要写进签到册", sizes.operator, {
        colour: COLOURS.secondary,
      }),
      ...button({ ...half, x: 96, w: 1080, text: day, size, focused: this.#knows }),
      ...button({ ...half, x: 1224, w: 600, text: "不知道", focused: !this.#knows }),
      centred(
        700,
        this.#knows ? "▲ 后一天    ▼ 前一天" : "不知道也能上课，日期以后再补",
        sizes.operator,
        {
          colour: COLOURS.secondary,
        },
      ),
    ];
  }

  hints(): KeyHint[] {
    if (!this.#knows) {
      return [
        { key: "确定", text: "不知道，接着走" },
        { key: "◀", text: "选日期" },
        { key: "返回", text: "菜单" },
      ];
    }
    return [
      { key: "确定", text: "就是这一天" },
      { key: "▲▼", text: "换一天" },
      { key: "▶", text: "不知道" },
      { key: "返回", text: "菜单" },
    ];
  }

  onKey(key: RemoteKey): boolean {
    if (key === "back") return false;
    const step = STEP[key];
    if (step !== undefined) this.#turn(step);
    else if (key === "left" || key === "right") this.#knows = key === "left";
    else if (key === "ok") void this.#answer();
    this.#context.redraw();
    return true;
  }

  /** The first press goes to the day, and changes none that nobody has looked at yet. */
  #turn(step: number): void {
    const question = this.#question;
    if (question !== null && this.#knows) this.#day = dayAfter(this.#day, step, question);
    this.#knows = true;
  }

  async #answer(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    await this.#context.send({ kind: "confirm-date", date: this.#knows ? this.#day : null });
    this.#busy = false;
  }
}

/** Within what is possible: not before the program was built, not years beyond. */
export function dayAfter(day: string, step: number, { first, last }: Question): string {
  const moved = new Date(Date.parse(`${day}T00:00:00Z`) + step * DAY_MS);
  const next = moved.toISOString().slice(0, 10);
  if (next < first) return first;
  return next > last ? last : next;
}

/** `2026 年 3 月 5 日 星期四` */
export function dayWords(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  return `${fullDay(day)} 星期${WEEKDAYS[date.getUTCDay()] ?? ""}`;
}
