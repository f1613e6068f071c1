/** What Back opens inside a session. Nothing here loses anything, and the first choice goes on. */
import type { Intent, View } from "../../protocol/generated/types.ts";
import { menu, moved, text } from "./parts/draw.ts";
import type { Scene } from "./scene/node.ts";
import type { KeyHint, RemoteKey } from "./screen.ts";
import { COLOURS, SCREEN, type TextSizes } from "./theme.ts";

export interface MenuActs {
  close(): void;
  openLate(): void;
  send(intent: Intent): void;
}

export interface MenuFacts {
  readonly session: NonNullable<View["session"]>;
  readonly isSaved: boolean;
}

interface Item {
  readonly words: string;
  readonly act: () => void;
}

const WIDTH = 960;

export class PauseMenu {
  readonly #acts: MenuActs;
  readonly #session: NonNullable<View["session"]>;
  readonly #isSaved: boolean;
  #focus = 0;
  #confirming = false;

  constructor({ session, isSaved }: MenuFacts, acts: MenuActs) {
    this.#session = session;
    this.#isSaved = isSaved;
    this.#acts = acts;
  }

  #items(): Item[] {
    const { close, openLate, send } = this.#acts;
    const leave = (intent: Intent) => () => {
      close();
      send(intent);
    };
    if (this.#confirming) {
      const stay = () => {
        this.#confirming = false;
        this.#focus = 0;
      };
      return [
        { words: "不结束，接着学", act: stay },
        { words: "结束本场", act: leave({ kind: "abandon" }) },
      ];
    }
    const { at, flow } = this.#session;
    const watching = flow[at]?.kind === "watch";
    return [
      { words: watching ? "接着看" : "接着学", act: close },
      // Home is never more than four presses away, from anywhere: one to close what lies over it.
      {
        words: this.#homeWords,
        act: leave({ kind: "pause" }),
      },
      { words: "补签到", act: openLate },
      ...(at > 0 ? [{ words: "回到上一步", act: leave({ kind: "retreat", from: at }) }] : []),
      {
        words: watching ? "不看了，往下进行" : "跳到下一步",
        act: leave({ kind: "advance", from: at }),
      },
      { words: "结束本场…", act: () => this.#confirm() },
    ].slice(0, ITEMS_MAX);
  }

  #confirm(): void {
    this.#confirming = true;
    this.#focus = 0;
  }

  get #endingWords(): string {
    return this.#session.practice ? "现在就结束练习吗？" : "现在就结束本场吗？已记的都留着";
  }

  get #pausedWords(): string {
    if (this.#session.practice) return "先停一停（练习）";
    return this.#isSaved ? "先停一停（已保存）" : "先停一停（请用纸质签到）";
  }

  get #homeWords(): string {
    if (this.#session.practice) return "回首页（练习到此为止）";
    return this.#isSaved ? "回首页（会保存）" : "回首页";
  }

  draw(sizes: TextSizes): Scene {
    const items = this.#items().map(({ words }) => words);
    const x = (SCREEN.width - WIDTH) / 2;
    const heading = this.#confirming ? this.#endingWords : this.#pausedWords;
    return [
      { kind: "rect", x: 0, y: 0, w: SCREEN.width, h: SCREEN.height, colour: COLOURS.curtain },
      text({ y: 54, text: heading, size: sizes.hint, align: "center", bold: true }),
      ...menu({ items, focus: this.#focus, x, y: 124, w: WIDTH, size: sizes.operator }),
    ];
  }

  hints(): KeyHint[] {
    return [
      { key: "▲▼", text: "选择" },
      { key: "确定", text: "就这样" },
      { key: "返回", text: this.#confirming ? "不结束" : "接着学" },
    ];
  }

  onKey(key: RemoteKey): void {
    const items = this.#items();
    if (key === "up") this.#focus = moved(this.#focus, -1, items.length);
    else if (key === "down") this.#focus = moved(this.#focus, 1, items.length);
    else if (key === "ok") items[this.#focus]?.act();
    else if (key === "back" && this.#confirming) items[0]?.act();
    else if (key === "back") this.#acts.close();
  }
}

/** So many rows of 140 px fit between the heading and the bar of key hints. */
const ITEMS_MAX = 6;
