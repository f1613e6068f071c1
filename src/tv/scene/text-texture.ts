/** A text as white letters: the graphics give them their colour, so one texture does for all. */
import { Lightning } from "@lightningjs/sdk";
import { typeset } from "../parts/measure.ts";
import { FONT, LINE_HEIGHT } from "../theme.ts";
import type { TextNode } from "./node.ts";

/**
 * Below the top of a line its letters and what hangs from them end here, as a share of their size;
 * the engine would leave two thirds of a line more.
 */
const LETTERS_END = 1.3;

export function textTexture(
  stage: Lightning.Stage,
  node: TextNode,
): Lightning.textures.TextTexture {
  const { w, size, bold = false, align = "left", lines = 1 } = node;
  const lineHeight = Math.round(node.lineHeight ?? size * LINE_HEIGHT);
  const set = typeset(node.text, size, w);
  return Object.assign(new Lightning.textures.TextTexture(stage), {
    // What has no room is left to the engine, which ends it in ….
    text: set.length > lines ? set.join("") : set.join("\n"),
    fontFace: [bold ? FONT.bold : FONT.regular, "sans-serif"],
    fontSize: size,
    lineHeight,
    wordWrapWidth: w,
    maxLines: lines,
    maxLinesSuffix: "…",
    textAlign: align,
    cutEy: Math.ceil((Math.min(set.length, lines) - 1) * lineHeight + size * LETTERS_END),
  });
}

/** Two texts with the same key look the same, but for their colour and their place. */
export function textKey(node: TextNode): string {
  const { text, w, size, bold = false, align = "left", lines = 1, lineHeight = 0 } = node;
  return JSON.stringify([text, w, size, bold, align, lines, lineHeight]);
}
