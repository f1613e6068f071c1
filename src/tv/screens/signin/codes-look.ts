/** 报号 as it looks: the digits in the middle, and what became of the last number. Pure. */

import { digitsOf } from "../../parts/pick-members.ts";
import { stack } from "../../parts/stack.ts";
import type { Scene } from "../../scene/node.ts";
import { COLOURS } from "../../theme.ts";
import type { RollLook } from "./roll-state.ts";

export function codesScene({ state, facts, sizes }: RollLook): Scene {
  const digits = digitsOf(facts.members);
  const typed = [...state.typed.padEnd(digits, "_")].join(" ");
  const words = digits === 2 ? "请报号，按两位数字" : "请报号，按三位数字";
  const isBad = state.twice !== null || (state.said ?? "").startsWith("没有");
  return stack(
    [
      { text: words, size: sizes.audience, colour: COLOURS.secondary },
      { text: typed, size: sizes.mega, colour: COLOURS.focus, lineHeight: 1.2 },
      {
        text: state.said ?? "",
        size: sizes.title,
        lines: 2,
        colour: isBad ? COLOURS.attention : COLOURS.present,
      },
    ],
    { top: 150, bottom: 790 },
  );
}
