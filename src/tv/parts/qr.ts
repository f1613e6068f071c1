/** A QR code as rectangles: dark on a light panel, with the quiet zone that readers need. */
import { encode } from "uqr";
import type { Scene } from "../scene/node.ts";
import { COLOURS } from "../theme.ts";

/** ISO/IEC 18004: four modules of nothing around the code. */
const QUIET = 4;

export interface QrFacts {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  /** Of the panel, quiet zone included; modules are whole pixels, so that it may be a bit less. */
  readonly w: number;
}

export function qrCode({ text, x, y, w }: QrFacts): Scene {
  const { data, size } = encode(text, { ecc: "M", border: QUIET });
  const module = Math.floor(w / size);
  const panel = module * size;
  return [
    { kind: "rect", x, y, w: panel, h: panel, colour: COLOURS.text },
    ...data.flatMap((row, line) =>
      runsOf(row).map(
        ([from, to]) =>
          ({
            kind: "rect",
            x: x + from * module,
            y: y + line * module,
            w: (to - from) * module,
            h: module,
            colour: COLOURS.onFocus,
          }) as const,
      ),
    ),
  ];
}

/** Neighbouring dark modules of a row, as one rectangle. */
function runsOf(row: readonly boolean[]): [from: number, to: number][] {
  const runs: [number, number][] = [];
  row.forEach((isDark, column) => {
    const last = runs[runs.length - 1];
    if (isDark && last !== undefined && last[1] === column) last[1] = column + 1;
    else if (isDark) runs.push([column, column + 1]);
  });
  return runs;
}
