/** 播前提示: what to look out for, one card a screen. */

import { ground } from "../parts/draw.ts";
import { narrationOf } from "../parts/narration.ts";
import { type Block, stack } from "../parts/stack.ts";
import { BODY, type Session, stageGround } from "../parts/stage-ground.ts";
import { perform } from "../parts/turn.ts";
import type { Scene } from "../scene/node.ts";
import type { KeyHint, RemoteKey, Screen, ScreenContext } from "../screen.ts";
import { COLOURS } from "../theme.ts";
import { type Speech, sentence } from "../voice/speaker.ts";
import { type Card, hintCards, pressCard } from "./hint/cards.ts";

const NUMBERS = ["零", "一", "两", "三", "四", "五", "六"] as const;

export class HintScreen implements Screen {
  readonly name = "hint";
  readonly #context: ScreenContext;
  #card: number;

  constructor(context: ScreenContext) {
    this.#context = context;
    const { session } = context.view();
    const last = session === null ? 0 : hintCards(session).length - 1;
    this.#card = Math.min(session?.card ?? 0, last);
  }

  draw(): Scene {
    const { session } = this.#context.view();
    if (session === null) return [ground];
    const card = hintCards(session)[this.#card];
    return [...stageGround(session, this.#context), ...this.#drawCard(session, card)];
  }

  #drawCard(session: Session, card: Card | undefined): Scene {
    const { sizes } = this.#context;
    if (card === undefined) return [];
    const cards = hintCards(session);
    const asks = card.options.length > 0;
    const options: Block[] = card.options.map((words) => ({
      text: `· ${words}`,
      size: sizes.audience,
    }));
    return [
      ...stack(
        [{ text: this.#heading(cards, asks), size: sizes.audience, colour: COLOURS.secondary }],
        {
          top: BODY.top,
          bottom: 280,
        },
      ),
      { kind: "rect", x: 96, y: 290, w: 1728, h: 540, colour: COLOURS.card, radius: 24 },
      ...stack(
        [
          { text: card.text, size: asks ? sizes.title : sizes.display, least: 64, lines: 3 },
          ...options,
        ],
        {
          top: 310,
          bottom: 810,
          x: 150,
          w: 1620,
          gap: 12,
        },
      ),
      ...stack(
        [
          {
            text: `第 ${this.#card + 1} 张，共 ${cards.length} 张`,
            size: sizes.operator,
            colour: COLOURS.secondary,
            bold: false,
          },
        ],
        { top: 840, bottom: BODY.bottom },
      ),
    ];
  }

  #heading(cards: readonly Card[], asks: boolean): string {
    if (asks) return "先想一想，请举手";
    const count = cards.filter(({ options }) => options.length === 0).length;
    return count === 1 ? "看的时候，请留意" : `看的时候，请留意${NUMBERS[count] ?? "几"}件事`;
  }

  #isLast(): boolean {
    const { session } = this.#context.view();
    return session !== null && this.#card >= hintCards(session).length - 1;
  }

  speech(): Speech | null {
    const { session } = this.#context.view();
    const card = session === null ? undefined : hintCards(session)[this.#card];
    if (session === null || card === undefined) return null;
    const usual = card.options.length > 0 ? "hint-question" : "hint";
    return narrationOf(session, card.narration) ?? sentence(usual);
  }

  hints(): KeyHint[] {
    return [
      { key: "确定", text: this.#isLast() ? "开始看片" : "下一张" },
      { key: "◀", text: "上一张" },
      { key: "返回", text: "菜单" },
    ];
  }

  onKey(key: RemoteKey): boolean {
    const { session } = this.#context.view();
    if (session === null) return false;
    const facts = { count: hintCards(session).length, at: session.at };
    const turn = pressCard(this.#card, key, facts);
    if (turn === null) return key !== "back";
    this.#card = turn.state;
    void perform(this.#context, turn);
    this.#context.redraw();
    return true;
  }
}
