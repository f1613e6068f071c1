/**
 * Drawing by code: a few shapes of SVG, on a canvas of 1280 x 720, and one palette for all films.
 */

export const WIDTH_PX = 1280;
export const HEIGHT_PX = 720;
/** Captions lie over the lowest quarter of the film: no text and no fine detail below this line. */
export const GROUND_PX = 548;

export const COLOR = {
  ink: "#16233B",
  cream: "#FFF8E7",
  paper: "#F3E6C8",
  gold: "#EBC53C",
  orange: "#E58A3A",
  red: "#C8402F",
  brown: "#7A4B2A",
  soil: "#9A7350",
  grass: "#8CC474",
  leaf: "#5FA85A",
  deepLeaf: "#3C7F49",
  forest: "#2C6140",
  sky: "#BFE2F0",
  pale: "#EAF5F1",
  water: "#7DBBD6",
  blue: "#3B7DB8",
  deepBlue: "#26558A",
  grey: "#9AA5B1",
  darkGrey: "#55606E",
  skin: "#E9B98D",
  white: "#FBFBF7",
} as const;

export type Attributes = Readonly<Record<string, string | number>>;
export interface Point2 {
  readonly x: number;
  readonly y: number;
}

function attributes(values: Attributes): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${value}"`)
    .join("");
}

export function element(name: string, values: Attributes, content = ""): string {
  return `<${name}${attributes(values)}>${content}</${name}>`;
}

export function path(d: string, fill: string, more: Attributes = {}): string {
  return element("path", { d, fill, ...more });
}

/** An open stroke with round ends: limbs, stems, wires. */
export function line(d: string, stroke: string, width: number, more: Attributes = {}): string {
  return element("path", {
    d,
    fill: "none",
    stroke,
    "stroke-width": width,
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
    ...more,
  });
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  readonly r?: number;
}

export function box(at: Box, fill: string, more: Attributes = {}): string {
  return element("rect", {
    x: at.x,
    y: at.y,
    width: at.w,
    height: at.h,
    rx: at.r ?? 0,
    fill,
    ...more,
  });
}

export function disc(at: Point2 & { readonly r: number }, fill: string, more: Attributes = {}) {
  return element("circle", { cx: at.x, cy: at.y, r: at.r, fill, ...more });
}

export function oval(at: Box, fill: string, more: Attributes = {}): string {
  const shape = { cx: at.x, cy: at.y, rx: at.w / 2, ry: at.h / 2, fill };
  return element("ellipse", { ...shape, ...more });
}

export function group(parts: readonly string[], more: Attributes = {}): string {
  return element("g", more, parts.join(""));
}

export function moved(x: number, y: number, parts: readonly string[], scale = 1): string {
  return group(parts, { transform: `translate(${x} ${y}) scale(${scale})` });
}

export function turned(degrees: number, parts: readonly string[]): string {
  return group(parts, { transform: `rotate(${degrees})` });
}

/** The parts when they are to be seen yet, else nothing. */
export function when(shown: boolean, ...parts: readonly string[]): string {
  return shown ? parts.join("") : "";
}

export interface TextLook {
  readonly size?: number;
  readonly fill?: string;
  readonly weight?: 500 | 700;
  readonly anchor?: "start" | "middle" | "end";
}

export function text(x: number, y: number, words: string, look: TextLook = {}): string {
  const values = {
    x,
    y,
    "font-family": "Noto Sans SC",
    "font-size": look.size ?? 48,
    "font-weight": look.weight ?? 700,
    "text-anchor": look.anchor ?? "start",
    fill: look.fill ?? COLOR.ink,
  };
  return element("text", values, words.replace(/&/g, "&amp;").replace(/</g, "&lt;"));
}

/** Width of a line of text: a Chinese character is one em wide, Latin ones a little over half. */
export function textWidth(words: string, size: number): number {
  const ems = [...words].map((char) => ((char.codePointAt(0) ?? 0) < 0x2e80 ? 0.6 : 1));
  return ems.reduce((sum, em) => sum + em, 0) * size;
}

export interface TagLook {
  readonly size?: number;
  readonly fill?: string;
  readonly ink?: string;
}

/** A word on a rounded plate, centred at (x, y). */
export function tag(x: number, y: number, words: string, look: TagLook = {}): string {
  const size = look.size ?? 44;
  const w = textWidth(words, size) + size;
  const h = size * 1.5;
  return group([
    box({ x: x - w / 2, y: y - h / 2, w, h, r: h / 3 }, look.fill ?? COLOR.cream),
    text(x, y + size * 0.36, words, { size, fill: look.ink ?? COLOR.ink, anchor: "middle" }),
  ]);
}

/** The band along the top with the name of the scene; `no` is the number of a step. */
export function heading(words: string, no?: string): string {
  const start = no === undefined ? 92 : 168;
  return group([
    box({ x: 0, y: 0, w: WIDTH_PX, h: 108 }, COLOR.ink),
    box({ x: 0, y: 108, w: WIDTH_PX, h: 6 }, COLOR.gold),
    no === undefined
      ? box({ x: 56, y: 30, w: 14, h: 52, r: 7 }, COLOR.gold)
      : group([
          disc({ x: 104, y: 55, r: 38 }, COLOR.gold),
          text(104, 73, no, { size: 50, anchor: "middle" }),
        ]),
    text(start, 76, words, { size: 58, fill: COLOR.cream }),
  ]);
}

export function cross(x: number, y: number, r: number): string {
  const d = r * 0.62;
  return group([
    disc({ x, y, r: r * 1.16 }, COLOR.white),
    disc({ x, y, r }, COLOR.red),
    line(`M${x - d / 1.4} ${y - d / 1.4}l${d * 1.43} ${d * 1.43}`, COLOR.white, r * 0.26),
    line(`M${x + d / 1.4} ${y - d / 1.4}l${-d * 1.43} ${d * 1.43}`, COLOR.white, r * 0.26),
  ]);
}

export function tick(x: number, y: number, r: number): string {
  return group([
    disc({ x, y, r: r * 1.16 }, COLOR.white),
    disc({ x, y, r }, COLOR.deepLeaf),
    line(
      `M${x - r * 0.45} ${y}l${r * 0.33} ${r * 0.36}l${r * 0.6} ${-r * 0.7}`,
      COLOR.white,
      r * 0.24,
    ),
  ]);
}

export function arrow(from: Point2, to: Point2, color: string, width = 10): string {
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const wing = (turn: number) => {
    const x = to.x - Math.cos(angle + turn) * width * 2.6;
    const y = to.y - Math.sin(angle + turn) * width * 2.6;
    return `M${to.x} ${to.y}L${x.toFixed(1)} ${y.toFixed(1)}`;
  };
  return line(`M${from.x} ${from.y}L${to.x} ${to.y}${wing(0.6)}${wing(-0.6)}`, color, width);
}

export function cloud(x: number, y: number, scale: number, fill: string = COLOR.white): string {
  const d = "M-70 30a34 34 0 0 1 4-66a52 52 0 0 1 96-14a40 40 0 0 1 44 80z";
  return moved(x, y, [path(d, fill)], scale);
}

/** Numbers between 0 and 1, always the same ones for the same seed: a picture never changes. */
export function scatter(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

export function picture(parts: readonly string[]): string {
  const view = `viewBox="0 0 ${WIDTH_PX} ${HEIGHT_PX}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${view}>${parts.join("")}</svg>`;
}
