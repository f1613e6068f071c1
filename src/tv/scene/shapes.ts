/**
 * Rectangles, with round corners or without, and frames: all cut from one small sheet of white
 * shapes, stretched between their corners and coloured by the graphics. Nothing is uploaded for
 * them but that sheet, once; and because they share it, any number of them is one call.
 */
import { Lightning } from "@lightningjs/sdk";
import { RING } from "../theme.ts";
import type { FrameNode, RectNode } from "./node.ts";

type Stage = Lightning.Stage;
type Texture = Lightning.textures.StaticCanvasTexture;

/** A look of corners: their radius, and the width of a line; without one the shape is filled. */
interface Corners {
  readonly radius: number;
  readonly line: number;
}

/** All that the page has; `painter.test.ts` knows when one is missing. */
const SHEET: readonly Corners[] = [
  { radius: 16, line: 0 },
  { radius: 24, line: 0 },
  { radius: 24, line: RING.width },
  // The edge of the picture, in the settings.
  { radius: 0, line: 6 },
  // The edges of high contrast.
  { radius: 0, line: 4 },
  { radius: 16, line: 4 },
  { radius: 24, line: 4 },
];
/** A margin, the radius, the line, and a pixel in the straight part: of the largest. */
const CORNER = 36;
/** Two corners, and a pixel between them that is stretched. */
const CELL = 2 * CORNER + 2;

/** A pixel of nothing on each side makes edges soft where a pixel of the screen is cut. */
const MARGIN = 1;

function drawSheet(canvas: HTMLCanvasElement): HTMLCanvasElement {
  canvas.width = CELL * (SHEET.length + 1);
  canvas.height = CELL;
  const pen = canvas.getContext("2d");
  if (pen === null) throw new Error("the page has no 2D canvas");
  pen.fillStyle = "white";
  pen.strokeStyle = "white";
  pen.fillRect(0, 0, CELL, CELL);
  SHEET.forEach(({ radius, line }, index) => {
    // A line is drawn around its middle: it lies within the shape.
    const inset = MARGIN + line / 2;
    const left = (index + 1) * CELL + inset;
    const right = (index + 2) * CELL - inset;
    const bottom = CELL - inset;
    pen.beginPath();
    pen.moveTo(left + radius, inset);
    pen.arcTo(right, inset, right, bottom, radius);
    pen.arcTo(right, bottom, left, bottom, radius);
    pen.arcTo(left, bottom, left, inset, radius);
    pen.arcTo(left, inset, right, inset, radius);
    pen.closePath();
    pen.lineWidth = line;
    if (line === 0) pen.fill();
    else pen.stroke();
  });
  return canvas;
}

/** From where to where in a cell, and in a shape of that length: corner, middle, corner. */
function thirds(length: number): readonly Third[] {
  const corner = Math.min(CORNER, length / 2);
  return [
    { from: 0, take: CORNER, at: 0, size: corner },
    { from: CORNER, take: 1, at: corner, size: length - 2 * corner },
    { from: CELL - CORNER, take: CORNER, at: length - corner, size: corner },
  ];
}

interface Third {
  readonly from: number;
  readonly take: number;
  readonly at: number;
  readonly size: number;
}

export class Shapes {
  readonly #stage: Stage;
  readonly #parts = new Map<string, Texture>();

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** One element, or one with nine parts; `colourShape` gives it its colour. */
  make(node: RectNode | FrameNode): Lightning.Element {
    const { x, y, w, h } = node;
    const corners = cornersOf(node);
    const cell = cellOf(corners);
    if (isPlain(corners))
      return this.#stage.c({ x, y, w, h, texture: this.#part(0, WHITE, WHITE) });
    if (cell < 0) return this.#stage.c(drawnAlone(node, corners));
    const columns = thirds(w + 2 * MARGIN);
    const rows = thirds(h + 2 * MARGIN);
    const children = rows.flatMap((row) =>
      columns.map((column) => ({
        x: column.at,
        y: row.at,
        w: column.size,
        h: row.size,
        texture: this.#part(cell + 1, column, row),
      })),
    );
    return this.#stage.c({ x: x - MARGIN, y: y - MARGIN, children });
  }

  #part(cell: number, column: Pick<Third, "from" | "take">, row: typeof column): Texture {
    const key = `${cell} ${column.from} ${row.from}`;
    const known = this.#parts.get(key);
    if (known !== undefined) return known;
    const texture = new Lightning.textures.StaticCanvasTexture(this.#stage);
    texture.content = {
      factory: (done, stage) => done(null, drawSheet(stage.platform.getDrawingCanvas())),
      lookupId: "one-room-shapes",
    };
    texture.enableClipping(cell * CELL + column.from, row.from, column.take, row.take);
    this.#parts.set(key, texture);
    return texture;
  }
}

/** What the sheet does not have costs a texture as large as itself, and looks the same. */
function drawnAlone({ x, y, w, h }: RectNode | FrameNode, { radius, line }: Corners) {
  const [width, height] = [w - line, h - line];
  const isFilled = line === 0;
  const white = 0xffffffff;
  const { Tools } = Lightning;
  const texture = Tools.getRoundRect(width, height, radius, line, white, isFilled, white);
  return { x: x - MARGIN, y: y - MARGIN, texture };
}

const WHITE = { from: CORNER, take: 1 } as const;

export function colourShape(element: Lightning.Element, colour: number): void {
  const parts = element.children as Lightning.Element[];
  for (const part of parts.length === 0 ? [element] : parts) part.color = colour;
}

/** Whether it costs nothing. */
export function isOnSheet(node: RectNode | FrameNode): boolean {
  const corners = cornersOf(node);
  return isPlain(corners) || cellOf(corners) >= 0;
}

function cornersOf(node: RectNode | FrameNode): Corners {
  return { radius: node.radius ?? 0, line: node.kind === "frame" ? node.width : 0 };
}

const isPlain = ({ radius, line }: Corners) => radius === 0 && line === 0;

function cellOf({ radius, line }: Corners): number {
  return SHEET.findIndex((corners) => corners.radius === radius && corners.line === line);
}
