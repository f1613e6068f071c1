/** What stands below every screen: the keys that work now, and that a practice is one. */
import type { Scene } from "../scene/node.ts";
import type { KeyHint } from "../screen.ts";
import { COLOURS, HINT_BAR, SAFE, type TextSizes } from "../theme.ts";
import { hintBar, text } from "./draw.ts";

export interface FooterFacts {
  readonly hints: readonly KeyHint[];
  /** The film alone is shown: no bar. */
  readonly bare: boolean;
  readonly practice: boolean;
}

export function footer({ hints, bare, practice }: FooterFacts, sizes: TextSizes): Scene {
  if (!practice) return bare ? [] : hintBar(hints, sizes);
  // Where a film has its captions a band would cover them: then it goes up.
  if (bare) return practiceBand(sizes, SAFE.top);
  const w = SAFE.width - practiceBandWidth(sizes) - 24;
  return [...hintBar(hints, sizes, w), ...practiceBand(sizes, HINT_BAR.top)];
}

const PRACTICE_WORDS = "练习,不登记";

function practiceBandWidth({ hint }: TextSizes): number {
  return hint * PRACTICE_WORDS.length + 48;
}

function practiceBand(sizes: TextSizes, y: number): Scene {
  const w = practiceBandWidth(sizes);
  const x = SAFE.right - w;
  return [
    { kind: "rect", x, y, w, h: HINT_BAR.height, colour: COLOURS.attention },
    text({
      x,
      w,
      y: y + 6,
      text: PRACTICE_WORDS,
      size: sizes.hint,
      align: "center",
      bold: true,
      colour: COLOURS.onFocus,
    }),
  ];
}
