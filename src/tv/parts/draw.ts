/** Parts that screens are drawn from: pure functions of the theme to scene nodes. */
import type { Scene, SceneNode, TextNode } from "../scene/node.ts";
import type { KeyHint } from "../screen.ts";
import {
  COLOURS,
  FOCUSABLE_HEIGHT_MIN,
  HINT_BAR,
  LINE_HEIGHT,
  RING,
  SAFE,
  SCREEN,
  type TextSizes,
} from "../theme.ts";
import { fit, linesOf } from "./measure.ts";

export const ground: SceneNode = {
  kind: "rect",
  x: 0,
  y: 0,
  w: SCREEN.width,
  h: SCREEN.height,
  colour: COLOURS.ground,
};

export interface ButtonFacts {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h?: number;
  readonly text: string;
  readonly size: number;
  readonly focused: boolean;
  readonly selected?: boolean;
  readonly lines?: number;
  readonly align?: "left" | "center";
  /** Of two lines in a low cell; 1.4 when missing, never below 1.3. */
  readonly lineHeight?: number;
  /** Hardly any air at the sides: for the cells of a pad. */
  readonly tight?: boolean;
}

const PADDING = 36;
const PADDING_TIGHT = 6;

/** Focus inverts the filling and adds a ring; selected has a tick and a green bar: never alike. */
export function button(facts: ButtonFacts): Scene {
  const { x, y, w, text, size, focused, selected = false, lines = 1, align = "center" } = facts;
  const h = facts.h ?? FOCUSABLE_HEIGHT_MIN;
  const padding = facts.tight === true ? PADDING_TIGHT : PADDING;
  const inset = selected ? padding + 24 : padding;
  const words = selected ? `✔ ${text}` : text;
  const room = w - inset - padding;
  const drawn = Math.min(lines, linesOf(words, size, room));
  const textHeight = size * (facts.lineHeight ?? LINE_HEIGHT) * drawn;
  return [
    ...(focused ? [ring(x, y, w, h)] : []),
    { kind: "rect", x, y, w, h, colour: focused ? COLOURS.focus : COLOURS.card, radius: 16 },
    ...(selected ? [selectedBar(x, y, h)] : []),
    {
      kind: "text",
      x: x + inset,
      y: Math.round(y + (h - textHeight) / 2),
      w: room,
      text: words,
      size,
      colour: focused ? COLOURS.onFocus : COLOURS.text,
      bold: focused,
      lines,
      align,
      ...(facts.lineHeight === undefined
        ? {}
        : { lineHeight: Math.round(size * facts.lineHeight) }),
    },
  ];
}

function selectedBar(x: number, y: number, h: number): SceneNode {
  return { kind: "rect", x: x + 12, y: y + 16, w: 16, h: h - 32, colour: COLOURS.present };
}

function ring(x: number, y: number, w: number, h: number): SceneNode {
  const out = RING.width + RING.gap;
  return {
    kind: "frame",
    x: x - out,
    y: y - out,
    w: w + 2 * out,
    h: h + 2 * out,
    colour: COLOURS.focus,
    width: RING.width,
    radius: 24,
  };
}

export type TextFacts = Omit<TextNode, "kind" | "colour" | "x" | "w"> & {
  readonly x?: number;
  readonly w?: number;
  readonly colour?: number;
};

/** A text over the whole safe width unless told otherwise. */
export function text(facts: TextFacts): TextNode {
  return { kind: "text", x: SAFE.left, w: SAFE.width, colour: COLOURS.text, ...facts };
}

export function centred(y: number, content: string, size: number, more: Partial<TextFacts> = {}) {
  return text({ y, text: content, size, align: "center", bold: true, ...more });
}

const ALWAYS_TOLD = ["确定", "返回"];

/** In one line: of more than fit, the last but 确定 and 返回 are left out. */
function hintWords(hints: readonly KeyHint[], size: number, w: number): string {
  const words = hints.map(({ key, text: meaning }) => `【${key}】${meaning}`).join("  ");
  const spare = hints.filter(({ key }) => !ALWAYS_TOLD.includes(key)).pop();
  if (spare === undefined || linesOf(words, size, w) === 1) return words;
  return hintWords(
    hints.filter((hint) => hint !== spare),
    size,
    w,
  );
}

/** The bar below: only keys that work now. */
export function hintBar(
  hints: readonly KeyHint[],
  sizes: TextSizes,
  w: number = SAFE.width,
): Scene {
  const words = hintWords(hints, sizes.hint, w);
  return [
    {
      kind: "rect",
      x: 0,
      y: HINT_BAR.top,
      w: SCREEN.width,
      h: SCREEN.height - HINT_BAR.top,
      colour: COLOURS.card,
    },
    text({ y: HINT_BAR.top + 6, w, text: words, size: sizes.hint, colour: COLOURS.secondary }),
  ];
}

export function toastBox(words: string, sizes: TextSizes): Scene {
  const w = 1320;
  const { size, lines } = fit(words, { from: sizes.operator, least: sizes.hint, lines: 2, w });
  const h = size * LINE_HEIGHT * lines + 48;
  const y = HINT_BAR.top - h - 24;
  return [
    { kind: "rect", x: 260, y, w: 1400, h, colour: COLOURS.raised, radius: 16 },
    text({
      x: 300,
      w,
      y: y + 24,
      text: words,
      size,
      lines,
      align: "center",
      bold: true,
    }),
  ];
}

export interface MenuFacts {
  readonly items: readonly string[];
  readonly focus: number;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly size: number;
}

const ROW = FOCUSABLE_HEIGHT_MIN + 20;
const LEAST = 40;

/** A column of choices. */
export function menu({ items, focus, x, y, w, size }: MenuFacts): Scene {
  const room = w - 2 * PADDING;
  return items.flatMap((item, index) => {
    const fitted = fit(item, { from: size, least: Math.min(size, LEAST), lines: 1, w: room });
    return button({
      x,
      y: y + index * ROW,
      w,
      text: item,
      size: fitted.size,
      focused: index === focus,
    });
  });
}

/** Focus in a list of `count`, without running off either end. */
export function moved(focus: number, by: number, count: number): number {
  return Math.min(Math.max(focus + by, 0), Math.max(count - 1, 0));
}
