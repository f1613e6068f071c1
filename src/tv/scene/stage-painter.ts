/** Paints scenes with Lightning: the only file that knows how its elements are made. */
import { Lightning } from "@lightningjs/sdk";
import { typeset } from "../parts/measure.ts";
import { COLOURS, FONT, LINE_HEIGHT } from "../theme.ts";
import type { FrameNode, PictureNode, Scene, SceneNode, TextNode } from "./node.ts";

type Template = Record<string, unknown>;

/** Elements are exchanged one by one: what did not change keeps its element and its texture. */
export class StagePainter {
  readonly #root: Lightning.Element;
  #drawn: string[] = [];

  constructor(root: Lightning.Element) {
    this.#root = root;
  }

  paint(scene: Scene): void {
    const { childList, stage } = this.#root;
    const wanted = scene.map((node) => JSON.stringify(node));
    for (let index = 0; index < wanted.length; index += 1) {
      const node = scene[index];
      if (node === undefined || wanted[index] === this.#drawn[index]) continue;
      const element = stage.c(toTemplate(node) as never) as Lightning.Element;
      if (index < childList.length) childList.removeAt(index);
      childList.addAt(element, index);
    }
    while (childList.length > wanted.length) childList.removeAt(childList.length - 1);
    this.#drawn = wanted;
  }
}

function toTemplate(node: SceneNode): Template {
  switch (node.kind) {
    case "rect":
      return rectTemplate(node);
    case "frame":
      return frameTemplate(node);
    case "text":
      return textTemplate(node);
    case "picture":
      return pictureTemplate(node);
  }
}

function rectTemplate({ x, y, w, h, colour, radius }: Extract<SceneNode, { kind: "rect" }>) {
  if (radius === undefined) return { x, y, w, h, rect: true, color: colour };
  const texture = Lightning.Tools.getRoundRect(w, h, radius, 0, 0, true, colour);
  return { x, y, texture };
}

function frameTemplate({ x, y, w, h, width, radius, colour }: FrameNode): Template {
  const texture = Lightning.Tools.getRoundRect(w, h, radius, width, colour, false, 0);
  return { x, y, texture };
}

/** What has not come yet, or never will, is a plain field. */
function pictureTemplate({ x, y, w, h, url }: PictureNode): Template {
  return { x, y, w, h, rect: true, color: COLOURS.raised, Picture: { w, h, src: url } };
}

const MOUNT = { left: 0, center: 0.5, right: 1 } as const;

function textTemplate(node: TextNode): Template {
  const { x, y, w, size, colour, bold = false, align = "left", lines = 1 } = node;
  const set = typeset(node.text, size, w);
  // What has no room is left to the engine, which ends it in ….
  const text = set.length > lines ? set.join("") : set.join("\n");
  const mountX = MOUNT[align];
  return {
    x: x + w * mountX,
    y,
    mountX,
    text: {
      text,
      fontFace: [bold ? FONT.bold : FONT.regular, "sans-serif"],
      fontSize: size,
      textColor: colour,
      lineHeight: Math.round(node.lineHeight ?? size * LINE_HEIGHT),
      wordWrapWidth: w,
      maxLines: lines,
      maxLinesSuffix: "…",
      textAlign: align,
    },
  };
}
