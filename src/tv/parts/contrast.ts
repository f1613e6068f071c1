/**
 * High contrast: the same picture for eyes that the ordinary one is too soft for. Pure. Screens
 * know nothing of it: what they drew is recoloured, and every card gets an edge that can be seen.
 */
import type { RectNode, Scene, SceneNode } from "../scene/node.ts";
import { COLOURS } from "../theme.ts";

const BLACK = 0xff101010;
const EDGE = { colour: COLOURS.secondary, width: 4 } as const;
/** A rectangle that is no higher carries no text: the bar of a film, a mark of the rail. */
const BAR_HEIGHT_MAX = 40;
/** 3.4:1 on black. */
const BAR = 0xff6e6e6e;

/** All within 16–235, and at least 10:1 on black for every text. */
const RECOLOURED: ReadonlyMap<number, number> = new Map([
  [COLOURS.ground, BLACK],
  [COLOURS.card, BLACK],
  [COLOURS.raised, BLACK],
  [COLOURS.captionBox, BLACK],
  [COLOURS.band, BLACK],
  [COLOURS.veil, 0xfa101010],
  [COLOURS.curtain, 0xfa101010],
  [COLOURS.secondary, COLOURS.text],
  [COLOURS.disabled, COLOURS.secondary],
  [COLOURS.present, 0xff96ebb0],
  [COLOURS.attention, 0xffebbe6e],
  [COLOURS.error, 0xffebb4ac],
]);

const CARDS: ReadonlySet<number> = new Set([COLOURS.card, COLOURS.raised, COLOURS.band]);

export function withHighContrast(scene: Scene): Scene {
  return scene.flatMap(recoloured);
}

function recoloured(node: SceneNode): Scene {
  if (node.kind === "picture") return [node];
  const isBar = node.kind === "rect" && node.colour === COLOURS.raised && node.h <= BAR_HEIGHT_MAX;
  if (isBar) return [{ ...node, colour: BAR }];
  const shown = { ...node, colour: RECOLOURED.get(node.colour) ?? node.colour };
  const isCard = node.kind === "rect" && CARDS.has(node.colour);
  return isCard ? [shown, edgeOf(node)] : [shown];
}

function edgeOf({ x, y, w, h, radius = 0 }: RectNode): SceneNode {
  return { kind: "frame", x, y, w, h, radius, ...EDGE };
}
