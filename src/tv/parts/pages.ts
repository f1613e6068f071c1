/** Lines to be read, page by page: as many as fit, none torn that has room, no scroll. Pure. */
import type { Scene } from "../scene/node.ts";
import { COLOURS, LINE_HEIGHT, SAFE, type TextSizes } from "../theme.ts";
import { text } from "./draw.ts";
import { typeset } from "./measure.ts";

export interface PageRoom {
  readonly size: number;
  readonly top: number;
  readonly bottom: number;
}

const GAP = 22;

export function linesRoom(sizes: TextSizes): PageRoom {
  return { size: sizes.operator, top: 150, bottom: 930 };
}

function lineHeightOf({ size }: PageRoom): number {
  return Math.round(size * LINE_HEIGHT);
}

/** As they are drawn; only what is longer than a whole page goes over to the next. */
function pieces(line: string, room: PageRoom): string[] {
  const drawn = typeset(line, room.size, SAFE.width);
  const most = Math.floor((room.bottom - room.top) / lineHeightOf(room));
  const found: string[] = [];
  for (let from = 0; from < drawn.length; from += most) {
    found.push(drawn.slice(from, from + most).join("\n"));
  }
  return found;
}

function countOf(piece: string): number {
  return piece.split("\n").length;
}

export function paginate(lines: readonly string[], room: PageRoom): string[][] {
  const pages: string[][] = [[]];
  let y = room.top;
  for (const piece of lines.flatMap((line) => pieces(line, room))) {
    const height = countOf(piece) * lineHeightOf(room);
    const page = pages[pages.length - 1] ?? [];
    if (y + height > room.bottom && page.length > 0) {
      pages.push([piece]);
      y = room.top + height + GAP;
    } else {
      page.push(piece);
      y += height + GAP;
    }
  }
  return pages;
}

export function pageScene(page: readonly string[], room: PageRoom): Scene {
  let y = room.top;
  return page.map((piece) => {
    const at = y;
    const lines = countOf(piece);
    y += lines * lineHeightOf(room) + GAP;
    // What somebody should look at is seen before it is read.
    const colour = piece.startsWith("▲") ? { colour: COLOURS.attention } : {};
    const lineHeight = lineHeightOf(room);
    return text({ y: at, text: piece, size: room.size, lines, lineHeight, ...colour });
  });
}
