/** 全到去缺 as it looks: a page of names to pick from, and the sum that must agree. Pure. */
import { button } from "../../parts/draw.ts";
import { fit } from "../../parts/measure.ts";
import { stack } from "../../parts/stack.ts";
import { numberWords } from "../../parts/words.ts";
import type { Scene } from "../../scene/node.ts";
import { COLOURS, SAFE } from "../../theme.ts";
import { ABSENTEE_GRID, absenteeSums, isAway } from "./absentees.ts";
import type { RollLook } from "./roll-state.ts";

const GRID = { y: 330, gap: 20, row: 148, h: 128 } as const;
const PAGE = ABSENTEE_GRID.columns * ABSENTEE_GRID.rows;

export function absenteesScene(look: RollLook): Scene {
  const { state, facts, sizes } = look;
  const { expected, away, present, counted } = absenteeSums(state, facts);
  const difference = present - counted;
  const rest = difference > 0 ? `再选 ${difference} 位未到的` : `多选了 ${-difference} 位`;
  return [
    ...stack(
      [
        {
          text: `应到 ${expected} - 未到 ${away} = ${present},实到 ${counted}`,
          size: sizes.audience,
        },
        { text: state.said ?? rest, size: sizes.audience, colour: COLOURS.attention },
      ],
      { top: 140, bottom: GRID.y - 16, gap: 4 },
    ),
    ...drawPage(look),
  ];
}

function drawPage({ state, facts, sizes }: RollLook): Scene {
  const first = Math.floor(state.index / PAGE) * PAGE;
  const w = (SAFE.width - GRID.gap * (ABSENTEE_GRID.columns - 1)) / ABSENTEE_GRID.columns;
  return facts.members.slice(first, first + PAGE).flatMap(({ id, no, name }, place) => {
    const isOut = isAway(state, facts, id);
    const words = `${numberWords(no)} ${name}`;
    const room = w - 110;
    const { size, lines } = fit(words, { from: sizes.operator, least: 40, lines: 2, w: room });
    return button({
      x: SAFE.left + (place % ABSENTEE_GRID.columns) * (w + GRID.gap),
      y: GRID.y + Math.floor(place / ABSENTEE_GRID.columns) * GRID.row,
      w,
      h: GRID.h,
      text: isOut ? `✖ ${words}` : words,
      size: lines > 1 ? 40 : size,
      lines: 2,
      focused: first + place === state.index,
      align: "left",
    });
  });
}

export function agreeScene({ state, facts, sizes }: RollLook): Scene {
  const { expected, away, present } = absenteeSums(state, facts);
  return stack(
    [
      { text: `应到 ${expected},未到 ${away}`, size: sizes.title },
      { text: `到 ${present} 人,与现场一致 ✔`, size: sizes.title, colour: COLOURS.present },
      { text: "按【确定】登记", size: sizes.audience, colour: COLOURS.focus },
      { text: "不对?按【◀】再看看", size: sizes.operator, colour: COLOURS.secondary, bold: false },
    ],
    { top: 150, bottom: 930 },
  );
}
