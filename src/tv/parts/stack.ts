/** Blocks of text below one another, in the middle of the room that is left for them. */
import type { Scene } from "../scene/node.ts";
import { LINE_HEIGHT, SAFE } from "../theme.ts";
import { text } from "./draw.ts";
import { fit } from "./measure.ts";

export interface Block {
  readonly text: string;
  readonly size: number;
  readonly least?: number;
  /** At most; fewer are drawn when fewer are needed. */
  readonly lines?: number;
  readonly colour?: number;
  readonly bold?: boolean;
  readonly align?: "left" | "center" | "right";
  /** One line of large letters needs less air than a paragraph does; 1.4 when missing. */
  readonly lineHeight?: number;
}

export interface StackFacts {
  readonly top: number;
  readonly bottom: number;
  readonly x?: number;
  readonly w?: number;
  readonly gap?: number;
}

/** The smallest text of all; room is made by shrinking to it at most. */
const LEAST = 40;
const SHRINK = 0.94;

export function stack(blocks: readonly Block[], facts: StackFacts): Scene {
  const { top, bottom, x = SAFE.left, w = SAFE.width } = facts;
  const shown = blocks.filter((block) => block.text !== "");
  let scale = 1;
  let placed = place(shown, w, scale);
  while (heightOf(placed, facts.gap) > bottom - top && scale > 0.5) {
    scale *= SHRINK;
    placed = place(shown, w, scale);
  }
  let y = Math.max(top, top + (bottom - top - heightOf(placed, facts.gap)) / 2);
  return placed.map(({ block, size, lines, height }) => {
    const { colour, bold = true, align = "center" } = block;
    const at = Math.round(y);
    y += height + (facts.gap ?? 24);
    const more = colour === undefined ? {} : { colour };
    const lineHeight = Math.round(height / lines);
    return text({ x, w, y: at, text: block.text, size, lines, lineHeight, bold, align, ...more });
  });
}

interface Placed {
  readonly block: Block;
  readonly size: number;
  readonly lines: number;
  readonly height: number;
}

function place(blocks: readonly Block[], w: number, scale: number): Placed[] {
  return blocks.map((block) => {
    const least = Math.min(block.least ?? LEAST, block.size);
    const from = Math.max(least, Math.round(block.size * scale));
    const { size, lines } = fit(block.text, { from, least, lines: block.lines ?? 1, w });
    return {
      block,
      size,
      lines,
      height: Math.round(size * (block.lineHeight ?? LINE_HEIGHT)) * lines,
    };
  });
}

function heightOf(placed: readonly Placed[], gap = 24): number {
  return placed.reduce((sum, { height }) => sum + height, 0) + gap * (placed.length - 1);
}
