/** 信息反馈: one question, hands counted for one option after the other; not counted is not nought. */
import type { HandCount, Question, View } from "../../../protocol/generated/types.ts";
import { button, centred, ground, moved, text } from "../parts/draw.ts";
import { type Entered, enterNumber } from "../parts/number-entry.ts";
import { rail } from "../parts/rail.ts";
import type { Scene } from "../scene/node.ts";
import type { KeyHint, RemoteKey, Screen, ScreenContext } from "../screen.ts";
import { COLOURS, SAFE } from "../theme.ts";

/** The last option gets whoever is left, when all the others were counted. Pure. */
export function fillLast(
  counts: readonly Entered[],
  optionCount: number,
  inRoom: number,
): Entered[] {
  const before = counts.slice(0, optionCount - 1);
  if (before.length < optionCount - 1 || before.some((count) => count === null)) return [...counts];
  const rest = inRoom - before.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  return rest >= 0 ? [...before, rest] : [...counts];
}

export class FeedbackScreen implements Screen {
  readonly name = "feedback";
  readonly #context: ScreenContext;
  #question: number;
  #option = 0;
  #counts: Entered[] = [];

  constructor(context: ScreenContext) {
    this.#context = context;
    this.#question = context.view().session?.card ?? 0;
    this.#begin();
  }

  get #session(): NonNullable<View["session"]> | null {
    return this.#context.view().session;
  }

  get #questions(): readonly Question[] {
    return this.#session?.material?.feedback?.questions ?? [];
  }

  /** Also after a restart or on the way back: what was counted stands there. */
  #begin(): void {
    const question = this.#questions[this.#question];
    const known = this.#session?.answers[question?.id ?? ""] ?? [];
    this.#counts = (question?.options ?? []).map((_option, index) => asNumber(known[index]));
    this.#option = 0;
  }

  #inRoom(): number {
    const { session } = this.#context.view();
    if (session === null) return 0;
    const { counts, heads } = session;
    return heads ?? counts.P + counts.L + counts.G + counts.Q;
  }

  draw(): Scene {
    const session = this.#session;
    const question = this.#questions[this.#question];
    if (session === null) return [ground];
    const { sizes } = this.#context;
    const head = [ground, ...rail(session.flow, session.item, sizes)];
    if (question === undefined)
      return [...head, centred(420, "没有要问的,按【确定】往下", sizes.title)];
    return [
      ...head,
      centred(160, question.text, sizes.title, { lines: 2 }),
      ...question.options.flatMap((words, index) => this.#drawOption(words, index)),
      text({ y: 880, text: this.#sumWords(), size: sizes.operator, colour: COLOURS.secondary }),
    ];
  }

  #drawOption(words: string, index: number): Scene {
    const { audience } = this.#context.sizes;
    const count = this.#counts[index] ?? null;
    const focused = index === this.#option;
    const y = 400 + index * 150;
    return [
      ...button({ x: SAFE.left, y, w: 1300, text: words, size: audience, focused, align: "left" }),
      text({
        x: 1440,
        w: 384,
        y: y + 12,
        text: count === null ? "—" : `${count} 人`,
        size: audience,
        bold: true,
        align: "center",
        colour: focused ? COLOURS.focus : COLOURS.text,
      }),
    ];
  }

  #sumWords(): string {
    const counted = this.#counts.filter((count) => count !== null);
    if (counted.length === 0) return "请举手。数不清就直接按【确定】";
    const sum = counted.reduce<number>((total, count) => total + (count ?? 0), 0);
    return `合计 ${sum} 人,到场 ${this.#inRoom()} 人`;
  }

  hints(): KeyHint[] {
    return [
      { key: "◀▶", text: "加减 1" },
      { key: "▲▼", text: "加减 5" },
      { key: "确定", text: "下一项" },
      { key: "返回", text: "菜单" },
    ];
  }

  onKey(key: RemoteKey): boolean {
    if (key === "back") return false;
    if (key === "ok") this.#confirm();
    else {
      const next = enterNumber(this.#counts[this.#option] ?? null, key);
      if (next !== undefined) this.#counts[this.#option] = next;
    }
    this.#context.redraw();
    return true;
  }

  #confirm(): void {
    const question = this.#questions[this.#question];
    if (question === undefined) {
      void this.#context.send({ kind: "advance", from: this.#session?.at ?? 0 });
      return;
    }
    const last = question.options.length - 1;
    if (this.#option < last) {
      this.#option = moved(this.#option, 1, question.options.length);
      if (this.#option === last && (this.#counts[last] ?? null) === null) {
        this.#counts = fillLast(this.#counts, question.options.length, this.#inRoom());
      }
      return;
    }
    void this.#save(question);
  }

  async #save({ id, options }: Question): Promise<void> {
    const counts = options.map((_option, index): HandCount => this.#counts[index] ?? null);
    const from = this.#session?.at ?? 0;
    const result = await this.#context.send({
      kind: "feedback",
      question: id,
      counts: counts as [HandCount, ...HandCount[]],
    });
    if (!result.ok) {
      this.#context.toast(result.error.text);
      return;
    }
    if (this.#question + 1 >= this.#questions.length) {
      await this.#context.send({ kind: "advance", from });
      return;
    }
    this.#question += 1;
    await this.#context.send({ kind: "turn", card: this.#question });
    this.#begin();
    this.#context.redraw();
  }
}

function asNumber(count: HandCount | undefined): Entered {
  return typeof count === "number" ? count : null;
}
