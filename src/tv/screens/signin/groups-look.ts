/** The page of groups as it looks: who of each is here. Pure. */
import { button } from "../../parts/draw.ts";
import { fit } from "../../parts/measure.ts";
import { stack } from "../../parts/stack.ts";
import type { Scene } from "../../scene/node.ts";
import { SAFE } from "../../theme.ts";
import { GROUP_GRID, type RollGroup, rollGroups } from "./roll-groups.ts";
import type { RollLook } from "./roll-state.ts";

const GRID = { y: 250, row: 164, h: 140, gap: 24 } as const;
const CELL_W = (SAFE.width - GRID.gap) / GROUP_GRID.columns;
const PAGE = GROUP_GRID.columns * GROUP_GRID.rows;

export function groupsScene(look: RollLook): Scene {
  const { state, facts, sizes } = look;
  const first = Math.floor(state.choice / PAGE) * PAGE;
  const groups = rollGroups(facts, state).slice(first, first + PAGE);
  return [
    ...stack([{ text: "先点哪个组？", size: sizes.audience }], { top: 132, bottom: GRID.y - 16 }),
    ...groups.flatMap((group, place) => cell(look, group, { place, index: first + place })),
  ];
}

function cell(
  { state, sizes }: RollLook,
  { name, count, present, unmarked }: RollGroup,
  { place, index }: { readonly place: number; readonly index: number },
): Scene {
  const words = `${name}  到 ${present}/${count}`;
  const { size } = fit(words, { from: sizes.audience, least: 44, lines: 1, w: CELL_W - 180 });
  return button({
    x: SAFE.left + (place % GROUP_GRID.columns) * (CELL_W + GRID.gap),
    y: GRID.y + Math.floor(place / GROUP_GRID.columns) * GRID.row,
    w: CELL_W,
    h: GRID.h,
    text: words,
    size,
    focused: index === state.choice,
    selected: unmarked === 0,
    align: "left",
  });
}
