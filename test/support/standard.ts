/**
 * The page's standard for old eyes, measured on a scene: sizes, safe area, room, contrast. Each
 * function names what breaks it; an empty list is a pass.
 */
import { isWider, typeset } from "../../src/tv/parts/measure.ts";
import type { FrameNode, RectNode, Scene, TextNode } from "../../src/tv/scene/node.ts";
import { widthOf } from "../../src/tv/text/typeset.ts";
import { COLOURS, LINE_HEIGHT, SAFE } from "../../src/tv/theme.ts";

const SIZE_MIN_PX = 40;
/** WCAG 2.1 asks 4.5:1 of ordinary eyes; the standard here asks more. */
const CONTRAST_MIN = 7;
const TEXTURE_MAX_PX = 2048;

function luminance(argb: number): number {
  const parts = [argb >>> 16, argb >>> 8, argb].map((part) => (part & 0xff) / 255);
  const [r = 0, g = 0, b = 0] = parts.map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** WCAG 2.1, relative luminance and contrast ratio. */
export function contrast(a: number, b: number): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** Where the letters of a text really are. */
export function inkOf(node: TextNode): Box {
  const lines = typeset(node.text, node.size, node.w).slice(0, node.lines ?? 1);
  const w = Math.min(node.w, Math.max(...lines.map((line) => widthOf(line, node.size))));
  const h = lines.length * (node.lineHeight ?? node.size * LINE_HEIGHT);
  const free = node.w - w;
  const shift = { left: 0, center: free / 2, right: free }[node.align ?? "left"];
  return { x: node.x + shift, y: node.y, w, h };
}

function holds(outer: Box, inner: Box): boolean {
  const middleX = inner.x + inner.w / 2;
  const middleY = inner.y + inner.h / 2;
  return (
    middleX >= outer.x &&
    middleX <= outer.x + outer.w &&
    middleY >= outer.y &&
    middleY <= outer.y + outer.h
  );
}

/** A veil lets so little through that nobody reads it. */
const OPAQUE = 0xe0;

/** What is painted last below a text; the ground when nothing is. */
function groundOf(scene: Scene, index: number, ink: Box): number {
  const below = scene
    .slice(0, index)
    .filter((node): node is RectNode => node.kind === "rect" && node.colour >>> 24 >= OPAQUE);
  return below.filter((rect) => holds(rect, ink)).pop()?.colour ?? COLOURS.ground;
}

/** A later rectangle over it hides what was painted before: a menu, a card, a toast. */
function isHidden(scene: Scene, index: number, ink: Box): boolean {
  return scene
    .slice(index + 1)
    .some((node) => node.kind === "rect" && node.colour >>> 24 >= OPAQUE && holds(node, ink));
}

function breaches(node: TextNode): string[] {
  const { text, size, w, lines = 1 } = node;
  const ink = inkOf(node);
  const needed = typeset(text, size, w).length;
  const isOutsideSideways = ink.x < SAFE.left - 1 || ink.x + ink.w > SAFE.right + 1;
  const isOutsideUpright = ink.y < 36 || ink.y + ink.h > SAFE.bottom + 8;
  const isTooLarge = ink.h > TEXTURE_MAX_PX || ink.w > TEXTURE_MAX_PX;
  const found: [boolean, string][] = [
    [size < SIZE_MIN_PX, `${size} px`],
    [isOutsideSideways, "outside, sideways"],
    [isOutsideUpright, "outside, up or down"],
    [needed > lines, `cut off: ${needed} lines, ${lines} shown`],
    [w !== undefined && isWider(text, size, w), `wider than its ${w} px`],
    [isTooLarge, "texture too large"],
  ];
  return found.flatMap(([isSo, words]) => (isSo ? [words] : []));
}

function overlaps(a: Box, b: Box): boolean {
  // Line height holds some air: only where letters meet does it count.
  const air = 0.16;
  const aTop = a.y + a.h * air;
  const bTop = b.y + b.h * air;
  return (
    a.x < b.x + b.w - 4 &&
    b.x < a.x + a.w - 4 &&
    aTop < b.y + b.h * (1 - air) &&
    bTop < a.y + a.h * (1 - air)
  );
}

/** Every text of a scene that breaks the standard, with what breaks it. */
export function breachesOf(scene: Scene, contrastMin = CONTRAST_MIN): string[] {
  const shown = scene.flatMap((node, index) =>
    node.kind === "text" && node.text.trim() !== "" && !isHidden(scene, index, inkOf(node))
      ? [{ node, index, ink: inkOf(node) }]
      : [],
  );
  return shown.flatMap(({ node, index, ink }, at) => {
    const ratio = contrast(node.colour, groundOf(scene, index, ink));
    const found = breaches(node);
    if (ratio < contrastMin) found.push(`contrast ${ratio.toFixed(1)}`);
    for (const other of shown.slice(at + 1)) {
      if (overlaps(ink, other.ink)) found.push(`over “${other.node.text}”`);
    }
    return found.map((what) => `“${node.text}”: ${what}`);
  });
}

/** EBU R 95: what must be seen lies within 3.5 % of each edge; texts, and what has focus, in 5 %. */
const ACTION_SAFE = { left: 67, right: 1853, top: 38, bottom: 1042 } as const;

/** The filling of a button lies within its ring: only what is larger hides it. */
function isCovered(scene: Scene, index: number, { x, y, w, h }: Box): boolean {
  return scene
    .slice(index + 1)
    .some(
      (node) =>
        node.kind === "rect" &&
        node.colour >>> 24 >= OPAQUE &&
        node.x <= x &&
        node.y <= y &&
        node.x + node.w >= x + w &&
        node.y + node.h >= y + h,
    );
}

/** The rings that are seen: none of them hidden by a menu that lies over the screen. */
export function ringsOf(scene: Scene): FrameNode[] {
  return scene.flatMap((node, index) =>
    node.kind === "frame" && node.colour === COLOURS.focus && !isCovered(scene, index, node)
      ? [node]
      : [],
  );
}

/** A text begins inside a box. */
export function holdsPlace({ x, y, w, h }: Box, text: TextNode): boolean {
  return text.x >= x && text.x < x + w && text.y >= y - 40 && text.y < y + h;
}

/** What is wrong with the focus: more than one, or outside. */
export function focusBreaches(scene: Scene): string[] {
  const rings = ringsOf(scene);
  const found = rings.length > 1 ? [`${rings.length} rings`] : [];
  for (const { x, y, w, h } of rings) {
    const { left, right, top, bottom } = ACTION_SAFE;
    if (x < left || x + w > right || y < top || y + h > bottom) {
      found.push(`ring outside: ${[x, y, w, h].join(" ")}`);
    }
  }
  return found;
}

const CHOOSING = /移动|选一个|选择|选中/;

/** Where keys move a focus, or OK takes one thing of several, a ring shows which. */
export function showsFocus(scene: Scene): boolean {
  const ring = scene.some((node) => node.kind === "frame" && node.colour === COLOURS.focus);
  const hints = scene.filter((node) => node.kind === "text" && node.text.startsWith("【"));
  return ring || !hints.some((node) => node.kind === "text" && CHOOSING.test(node.text));
}
