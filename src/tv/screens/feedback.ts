/** 信息反馈 as it looks: one question a screen, hands counted option by option. */
import type { HandCount, Question } from "../../../protocol/generated/types.ts";
import { button, ground, text } from "../parts/draw.ts";
import { handHints, handWords } from "../parts/hand-entry.ts";
import { fit } from "../parts/measure.ts";
import { narrationOf } from "../parts/narration.ts";
import { stack } from "../parts/stack.ts";
import { BODY, inRoom, type Session, stageGround } from "../parts/stage-ground.ts";
import type { Scene } from "../scene/node.ts";
import type { KeyHint, RemoteKey, Screen, ScreenContext } from "../screen.ts";
import { COLOURS, SAFE } from "../theme.ts";
import { type Speech, sentence } from "../voice/speaker.ts";
import { beginHands, type HandsState, pressHands, sumWords } from "./feedback/count-hands.ts";

const ROW = { least: 120, gap: 16, count: 470 } as const;
const SUM_TOP = 866;

export class FeedbackScreen implements Screen {
  readonly name = "feedback";
  readonly #context: ScreenContext;
  #question: number;
  #state: HandsState;
  #busy = false;

  constructor(context: ScreenContext) {
    this.#context = context;
    this.#question = context.view().session?.card ?? 0;
    this.#state = this.#begin();
  }

  get #session(): Session | null {
    return this.#context.view().session;
  }

  get #questions(): readonly Question[] {
    return this.#session?.material?.feedback?.questions ?? [];
  }

  #begin(): HandsState {
    const question = this.#questions[this.#question];
    if (question === undefined) return { option: 0, counts: [], complete: false };
    return beginHands(question, this.#session?.answers[question.id]);
  }

  draw(): Scene {
    const session = this.#session;
    if (session === null) return [ground];
    const question = this.#questions[this.#question];
    const head = stageGround(session, this.#context);
    const { sizes } = this.#context;
    if (question === undefined) {
      return [...head, ...stack([{ text: "没有要问的，按【确定】往下", size: sizes.title }], BODY)];
    }
    return [...head, ...this.#drawQuestion(question, session)];
  }

  #drawQuestion({ text: words, options }: Question, session: Session): Scene {
    const { sizes } = this.#context;
    const top = options.length > 4 ? 252 : 350;
    const pitch = Math.min(160, (SUM_TOP - top) / options.length);
    const sum = sumWords(this.#state, inRoom(session));
    const count = this.#questions.length;
    return [
      ...stack([{ text: words, size: sizes.title, lines: top > 300 ? 2 : 1 }], {
        top: 136,
        bottom: top - 12,
      }),
      ...options.flatMap((option, index) =>
        this.#drawOption(option, index, { y: top + index * pitch, h: pitch - ROW.gap }),
      ),
      text({
        y: SUM_TOP + 6,
        w: 1300,
        text: sum.words,
        size: sizes.operator,
        bold: true,
        colour: sum.agrees ? COLOURS.secondary : COLOURS.attention,
      }),
      text({
        x: 1300,
        w: SAFE.right - 1300,
        y: SUM_TOP + 6,
        text: `第 ${this.#question + 1} 问，共 ${count} 问`,
        size: sizes.hint,
        align: "right",
        colour: COLOURS.secondary,
      }),
    ];
  }

  #drawOption(words: string, index: number, { y, h }: { y: number; h: number }): Scene {
    const { audience } = this.#context.sizes;
    const focused = index === this.#state.option;
    const count = this.#state.counts[index] ?? null;
    const height = Math.max(h, ROW.least);
    const wordsWide = SAFE.width - ROW.count - 60;
    const { size } = fit(words, { from: audience, least: 48, lines: 1, w: wordsWide - 72 });
    const [plate, ...label] = button({
      x: SAFE.left,
      y,
      w: SAFE.width,
      h: height,
      text: words,
      size,
      focused,
      align: "left",
    });
    return [
      ...(plate === undefined ? [] : [plate]),
      ...label.map((node) => (node.kind === "text" ? { ...node, w: wordsWide } : node)),
      text({
        x: SAFE.right - ROW.count - 24,
        w: ROW.count,
        y: Math.round(y + (height - audience * 1.4) / 2),
        text: `${focused ? "◀ " : ""}${handWords(count)}${typeof count === "number" ? " 人" : ""}${focused ? " ▶" : ""}`,
        size: audience,
        bold: true,
        align: "right",
        colour: focused ? COLOURS.onFocus : COLOURS.text,
      }),
    ];
  }

  speech(): Speech | null {
    const session = this.#session;
    const question = this.#questions[this.#question];
    if (session === null || question === undefined) return null;
    return narrationOf(session, question.narration) ?? sentence("hands");
  }

  hints(): KeyHint[] {
    const count = this.#state.counts[this.#state.option] ?? null;
    return [
      { key: "确定", text: "记下，下一项" },
      { key: "返回", text: count === null ? "菜单" : "清除" },
      ...handHints(count),
      ...(count === null && this.#state.option > 0 ? [{ key: "◀", text: "上一项" }] : []),
    ];
  }

  onKey(key: RemoteKey): boolean {
    const session = this.#session;
    if (session === null) return false;
    const question = this.#questions[this.#question];
    if (question === undefined) {
      if (key === "ok") void this.#advance(session.at);
      return key !== "back";
    }
    const next = pressHands(this.#state, key, inRoom(session));
    if (next === null) return key !== "back";
    this.#state = next;
    if (next.complete) void this.#save(question, session.at);
    this.#context.redraw();
    return true;
  }

  async #save({ id }: Question, from: number): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    // The schema wants one count at least, which a question with options has.
    const counts = [...this.#state.counts] as [HandCount, ...HandCount[]];
    const result = await this.#context.send({ kind: "feedback", question: id, counts });
    if (!result.ok) this.#context.toast(result.error.text);
    else if (this.#question + 1 >= this.#questions.length) await this.#advance(from);
    else await this.#turn();
    this.#state = { ...this.#state, complete: false };
    this.#busy = false;
    this.#context.redraw();
  }

  async #turn(): Promise<void> {
    this.#question += 1;
    await this.#context.send({ kind: "turn", card: this.#question });
    this.#state = this.#begin();
  }

  async #advance(from: number): Promise<void> {
    const result = await this.#context.send({ kind: "advance", from });
    if (!result.ok) this.#context.toast(result.error.text);
  }
}
