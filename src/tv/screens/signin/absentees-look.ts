/** 全到去缺 as it looks: a page of names to pick from, and the sum that must agree. Pure. */
import { personCell } from "../../parts/person-cell.ts";
import { stack } from "../../parts/stack.ts";
import type { Scene } from "../../scene/node.ts";
import { COLOURS, SAFE } from "../../theme.ts";
import { ABSENTEE_ROWS, absenteeColumns, absenteeSums, isAway } from "./absentees.ts";
import type { RollLook } from "./roll-state.ts";

const GRID = { y: 330, gap: 20, row: 148, h: 128 } as const;

export function absenteesScene(look: RollLook): Scene {
  const { state, facts, sizes } = look;
  const { expected, away, present, counted } = absenteeSums(state, facts);
  const difference = present - counted;
  const rest = difference > 0 ? `再选 ${difference} 位未到的` : `多选了 ${-difference} 位`;
  return [
    ...stack(
      [
        {
          text: `应到 ${expected} - 未到 ${away} = ${present}  实到 ${counted}`,
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
  const columns = absenteeColumns(facts.members);
  const page = columns * ABSENTEE_ROWS;
  const first = Math.floor(state.index / page) * page;
  const w = (SAFE.width - GRID.gap * (columns - 1)) / columns;
  return facts.members.slice(first, first + page).flatMap((member, place) =>
    personCell({
      x: SAFE.left + (place % columns) * (w + GRID.gap),
      y: GRID.y + Math.floor(place / columns) * GRID.row,
      w,
      h: GRID.h,
      member,
      from: sizes.operator,
      sizes,
      focused: first + place === state.index,
      ...(isAway(state, facts, member.id) ? { mark: "✖" } : {}),
    }),
  );
}

export function agreeScene({ state, facts, sizes }: RollLook): Scene {
  const { expected, away, present } = absenteeSums(state, facts);
  return stack(
    [
      { text: `应到 ${expected}，未到 ${away}`, size: sizes.title },
      { text: `到 ${present} 人，与现场一致 ✔`, size: sizes.title, colour: COLOURS.present },
      { text: "按【确定】登记", size: sizes.audience, colour: COLOURS.focus },
      { text: "不对？按【◀】再看看", size: sizes.operator, colour: COLOURS.secondary, bold: false },
    ],
    { top: 150, bottom: 930 },
  );
}
