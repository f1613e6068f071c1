/** What stands below every screen: the keys that work now, and that nothing is being saved. */
import type { View } from "../../../protocol/generated/types.ts";
import type { Scene } from "../scene/node.ts";
import type { KeyHint } from "../screen.ts";
import { COLOURS, HINT_BAR, SAFE, type TextSizes } from "../theme.ts";
import { hintBar, text } from "./draw.ts";

export interface FooterFacts {
  readonly hints: readonly KeyHint[];
  /** The film alone is shown: no bar. */
  readonly bare: boolean;
  /** Why nothing of this is saved; null: it is. */
  readonly unsaved: string | null;
}

/** In a practice on purpose; else because no disk takes a record, and then paper must do. */
export function unsavedWords(view: View | null): string | null {
  const session = view?.session ?? null;
  if (session === null) return null;
  if (session.practice === true) return "练习，不登记";
  const isReadOnly = view?.banners.some(({ code }) => code === "read-only") ?? false;
  return isReadOnly && session.closed === null ? "请用纸质签到" : null;
}

export function footer({ hints, bare, unsaved }: FooterFacts, sizes: TextSizes): Scene {
  if (unsaved === null) return bare ? [] : hintBar(hints, sizes);
  // Where a film has its captions a band would cover them: then it goes up.
  if (bare) return band(unsaved, sizes, SAFE.top);
  const w = SAFE.width - bandWidth(unsaved, sizes) - 24;
  return [...hintBar(hints, sizes, w), ...band(unsaved, sizes, HINT_BAR.top)];
}

function bandWidth(words: string, { hint }: TextSizes): number {
  return hint * words.length + 48;
}

function band(words: string, sizes: TextSizes, y: number): Scene {
  const w = bandWidth(words, sizes);
  const x = SAFE.right - w;
  return [
    { kind: "rect", x, y, w, h: HINT_BAR.height, colour: COLOURS.attention },
    text({
      x,
      w,
      y: y + 6,
      text: words,
      size: sizes.hint,
      align: "center",
      bold: true,
      colour: COLOURS.onFocus,
    }),
  ];
}
