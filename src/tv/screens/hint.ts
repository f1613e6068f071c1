/** 播前提示: what to look out for, one card a screen. */
import type { View } from "../../../protocol/generated/types.ts";
import { centred, ground } from "../parts/draw.ts";
import { rail } from "../parts/rail.ts";
import type { Scene } from "../scene/node.ts";
import type { KeyHint, RemoteKey, Screen, ScreenContext } from "../screen.ts";
import { COLOURS } from "../theme.ts";

/** Words of the cards: the hint cards, then one for each pre-question. */
export function hintCards(session: NonNullable<View["session"]>): string[] {
  const hint = session.material?.hint;
  const questions = (hint?.questions ?? []).map(
    ({ text, options }) => `想一想:${text}\n${options.join("  ")}`,
  );
  const cards = [...(hint?.cards ?? []).map(({ text }) => text), ...questions];
  return cards.length > 0 ? cards : [`《${session.title}》\n看完我们一起说一说`];
}

export class HintScreen implements Screen {
  readonly name = "hint";
  readonly #context: ScreenContext;
  #card: number;

  constructor(context: ScreenContext) {
    this.#context = context;
    this.#card = context.view().session?.card ?? 0;
  }

  draw(): Scene {
    const { session } = this.#context.view();
    if (session === null) return [ground];
    const { sizes } = this.#context;
    const cards = hintCards(session);
    return [
      ground,
      ...rail(session.flow, session.item, sizes),
      centred(170, "看片之前,请留意", sizes.audience, { colour: COLOURS.secondary }),
      { kind: "rect", x: 96, y: 280, w: 1728, h: 520, colour: COLOURS.card, radius: 24 },
      centred(350, cards[this.#card] ?? "", sizes.title, { x: 150, w: 1620, lines: 4 }),
      centred(830, `第 ${this.#card + 1} 张,共 ${cards.length} 张`, sizes.operator, {
        colour: COLOURS.secondary,
      }),
    ];
  }

  hints(): KeyHint[] {
    return [
      { key: "确定", text: "下一张" },
      { key: "◀", text: "上一张" },
      { key: "返回", text: "菜单" },
    ];
  }

  onKey(key: RemoteKey): boolean {
    if (key === "ok" || key === "right") this.#next();
    else if (key === "left") this.#turn(Math.max(0, this.#card - 1));
    else return key !== "back";
    this.#context.redraw();
    return true;
  }

  #next(): void {
    const { session } = this.#context.view();
    if (session === null) return;
    if (this.#card + 1 < hintCards(session).length) this.#turn(this.#card + 1);
    else void this.#context.send({ kind: "advance", from: session.at });
  }

  #turn(card: number): void {
    this.#card = card;
    void this.#context.send({ kind: "turn", card });
  }
}
