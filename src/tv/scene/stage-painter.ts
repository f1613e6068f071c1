/**
 * Paints scenes with Lightning. What stays the same keeps its element; what only changes its colour
 * is coloured anew; no texture is made twice.
 */
import type { Lightning } from "@lightningjs/sdk";
import { inBatches } from "./batches.ts";
import type { Scene, SceneNode, TextNode } from "./node.ts";
import { pictureTexture } from "./picture-texture.ts";
import { colourShape, Shapes } from "./shapes.ts";
import { textKey, textTexture } from "./text-texture.ts";
import { TextureShelf } from "./texture-shelf.ts";

type Element = Lightning.Element;
type Texture = Lightning.Texture;

/** Some pages of the library: 8 MB in the memory of the graphics. */
const SPARE_PIXELS = 2e6;
const SPARE_COUNT = 80;

/** Colours are laid over white. */
const WHITE = 0xffffffff;
const MOUNT = { left: 0, center: 0.5, right: 1 } as const;

interface Painted {
  readonly element: Element;
  colour: number;
}

export class StagePainter {
  readonly #root: Element;
  readonly #shapes: Shapes;
  readonly #shelf = new TextureShelf<Texture>({
    pixelsOf: ({ source }) =>
      source === null ? 0 : source.getRenderWidth() * source.getRenderHeight(),
    free: (texture) => texture.free(),
    spareCount: SPARE_COUNT,
    sparePixels: SPARE_PIXELS,
  });
  /** By all that an element is but its colour; the same thing may stand in a scene twice. */
  #painted = new Map<string, Painted[]>();

  constructor(root: Element) {
    this.#root = root;
    this.#shapes = new Shapes(root.stage);
  }

  paint(scene: Scene): void {
    const before = this.#painted;
    const used = new Set<string>();
    this.#painted = new Map();
    const elements = inBatches(scene).map((node) => {
      const key = keyOf(node);
      const painted = before.get(key)?.shift() ?? { element: this.#make(node), colour: WHITE };
      this.#painted.set(key, [...(this.#painted.get(key) ?? []), painted]);
      used.add(textureKey(node));
      recolour(painted, node.kind === "picture" ? WHITE : node.colour);
      return painted.element;
    });
    this.#root.childList.patch(elements);
    this.#shelf.tidy(used);
  }

  #make(node: SceneNode): Element {
    const { stage } = this.#root;
    if (node.kind === "rect" || node.kind === "frame") return this.#shapes.make(node);
    const key = textureKey(node);
    if (node.kind === "picture") {
      const { x, y, w, h } = node;
      return stage.c({ x, y, w, h, texture: this.#take(key, () => pictureTexture(stage, node)) });
    }
    return stage.c({
      ...placeOf(node),
      texture: this.#take(key, () => textTexture(stage, node)),
    });
  }

  #take(key: string, make: () => Texture): Texture {
    return this.#shelf.take(key, make);
  }
}

function placeOf({ x, y, w, align = "left" }: TextNode) {
  const mountX = MOUNT[align];
  return { x: x + w * mountX, y, mountX };
}

function recolour(painted: Painted, colour: number): void {
  if (painted.colour === colour) return;
  painted.colour = colour;
  colourShape(painted.element, colour);
}

/** Empty: its texture is everybody's. */
function textureKey(node: SceneNode): string {
  if (node.kind === "text") return textKey(node);
  return node.kind === "picture" ? `${node.url} ${node.w} ${node.h}` : "";
}

function keyOf(node: SceneNode): string {
  const { kind, x, y } = node;
  if (kind === "text") return `${x} ${y} ${textKey(node)}`;
  const { w, h } = node;
  const more = kind === "picture" ? node.url : `${node.radius} ${kind === "frame" && node.width}`;
  return `${kind} ${x} ${y} ${w} ${h} ${more}`;
}
