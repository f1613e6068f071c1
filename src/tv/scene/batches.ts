/**
 * The order in which a scene is drawn. The graphics are called once for all shapes that follow one
 * another, and once more for each text or picture between them; so shapes are drawn as early as
 * what lies under them allows. Pure. What overlaps keeps its order: the picture is the same.
 */
import { linesOf } from "../parts/measure.ts";
import { COLOURS, LINE_HEIGHT } from "../theme.ts";
import type { PictureNode, RectNode, Scene, SceneNode, TextNode } from "./node.ts";

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

interface Placed {
  readonly node: SceneNode;
  readonly box: Box;
  /** Shapes of a layer come before its texts and pictures. */
  readonly layer: number;
}

/** A shape ends a pixel beyond its place. */
const BEYOND = 1;

function boxOf(node: SceneNode): Box {
  const { x, y, w } = node;
  const h = node.kind === "text" ? heightOf(node) : node.h;
  return {
    left: x - BEYOND,
    top: y - BEYOND,
    right: x + w + BEYOND,
    bottom: y + h + BEYOND,
  };
}

function heightOf({ text, w, size, lines = 1, lineHeight = size * LINE_HEIGHT }: TextNode): number {
  const drawn = lines === 1 ? 1 : Math.min(lines, linesOf(text, size, w));
  return lineHeight * (drawn - 1) + size * LINE_HEIGHT;
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

const isShape = ({ kind }: SceneNode) => kind === "rect" || kind === "frame";

/** What has not come yet, or never will, is a plain field. */
function fieldOf({ x, y, w, h }: PictureNode): RectNode {
  return { kind: "rect", x, y, w, h, colour: COLOURS.raised };
}

function layerOf(node: SceneNode, box: Box, before: readonly Placed[]): number {
  let layer = 0;
  for (const under of before) {
    if (!overlap(box, under.box)) continue;
    const isAbove = isShape(node) && !isShape(under.node);
    layer = Math.max(layer, under.layer + Number(isAbove));
  }
  return layer;
}

export function inBatches(scene: Scene): Scene {
  const placed: Placed[] = [];
  for (const node of scene) {
    for (const part of node.kind === "picture" ? [fieldOf(node), node] : [node]) {
      const box = boxOf(part);
      placed.push({ node: part, box, layer: layerOf(part, box, placed) });
    }
  }
  const rank = ({ node, layer }: Placed) => 2 * layer + Number(!isShape(node));
  const places = placed.map((each, index) => ({ each, index }));
  places.sort((a, b) => rank(a.each) - rank(b.each) || a.index - b.index);
  return places.map(({ each }) => each.node);
}
