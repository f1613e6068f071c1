/** The two rows that decide how large texts are, and what comes of them. Pure. */
import { mustSitWithinM, scaleFor } from "../../../../protocol/text-scale.ts";
import { button, text } from "../../parts/draw.ts";
import { stack } from "../../parts/stack.ts";
import type { Scene } from "../../scene/node.ts";
import { COLOURS, SAFE, type TextSizes } from "../../theme.ts";
import type { SizeState } from "./size.ts";

const SCALE_WORDS = { standard: "标准字", large: "大字", huge: "特大字" } as const;

export function sizeScene(state: SizeState, sizes: TextSizes): Scene {
  const { inches, lastRowM, row } = state;
  const nearM = mustSitWithinM(state);
  const advice = nearM === null ? "" : `最后一排请往前坐到 ${nearM} 米以内`;
  const rows = [`电视  ◀ ${inches} 寸 ▶`, `后排离电视  ◀ ${lastRowM.toFixed(1)} 米 ▶`];
  return [
    text({ y: 54, text: "字的大小", size: sizes.operator, bold: true }),
    ...rows.flatMap((words, index) =>
      button({
        x: SAFE.left,
        y: 170 + index * 200,
        w: SAFE.width,
        h: 160,
        text: words,
        size: sizes.audience,
        focused: index === row,
      }),
    ),
    ...stack(
      [
        { text: `用${SCALE_WORDS[scaleFor(state)]}`, size: sizes.title, colour: COLOURS.present },
        { text: advice, size: sizes.audience, colour: COLOURS.attention, lines: 2 },
      ],
      { top: 570, bottom: 930 },
    ),
  ];
}
