/** A page of names to pick from, as it looks. Pure. */
import type { MemberCard } from "../../../protocol/page-api.ts";
import type { Scene } from "../scene/node.ts";
import type { KeyHint } from "../screen.ts";
import { COLOURS, SAFE, type TextSizes } from "../theme.ts";
import { text } from "./draw.ts";
import { personCell } from "./person-cell.ts";
import { PICK_GRID, PICK_PAGE, type PickState } from "./pick-members.ts";
import { stack } from "./stack.ts";

export interface PickLook {
  readonly heading: string;
  readonly state: PickState;
  readonly members: readonly MemberCard[];
  readonly sizes: TextSizes;
}

const GRID = { y: 250, row: 152, h: 126, gap: 24 } as const;
const CELL_W = (SAFE.width - GRID.gap * (PICK_GRID.columns - 1)) / PICK_GRID.columns;

export function pickScene(look: PickLook): Scene {
  const { heading, state, members, sizes } = look;
  const first = Math.floor(state.focus / PICK_PAGE) * PICK_PAGE;
  const shown = members.slice(first, first + PICK_PAGE);
  return [
    ...stack([{ text: heading, size: sizes.audience }], { top: 132, bottom: GRID.y - 18 }),
    ...shown.flatMap((member, place) => cell(look, member, { place, index: first + place })),
    ...(members.length === 0
      ? stack([{ text: "还没有人签到", size: sizes.title }], { top: GRID.y, bottom: 860 })
      : []),
    text({ y: 868, w: 1100, text: footOf(state), size: sizes.hint, colour: COLOURS.focus }),
    text({
      x: 1240,
      w: SAFE.right - 1240,
      y: 868,
      text: pageWords(first, members.length),
      size: sizes.hint,
      align: "right",
      colour: COLOURS.secondary,
    }),
  ];
}

function footOf({ typed, said, chosen, hindered }: PickState): string {
  if (typed !== "") return `编号 ${typed}_`;
  if (said !== null) return said;
  return hindered === undefined
    ? `选了 ${chosen.length} 位`
    : `愿意 ${chosen.length} 位  有困难 ${hindered.length} 位`;
}

function pageWords(first: number, count: number): string {
  const pages = Math.max(1, Math.ceil(count / PICK_PAGE));
  return `第 ${first / PICK_PAGE + 1}/${pages} 页`;
}

function cell(
  { state, sizes }: PickLook,
  member: MemberCard,
  { place, index }: { readonly place: number; readonly index: number },
): Scene {
  const isHindered = state.hindered?.includes(member.id) === true;
  return personCell({
    x: SAFE.left + (place % PICK_GRID.columns) * (CELL_W + GRID.gap),
    y: GRID.y + Math.floor(place / PICK_GRID.columns) * GRID.row,
    w: CELL_W,
    h: GRID.h,
    member,
    from: sizes.audience,
    sizes,
    focused: index === state.focus,
    selected: state.chosen.includes(member.id),
    ...(isHindered ? { mark: "▲", note: " 有困难" } : {}),
  });
}

/** Three ways round: 愿意, 有困难, neither. */
export const WILL_HINTS: readonly KeyHint[] = [
  { key: "确定", text: "愿意、有困难、去掉" },
  { key: "返回", text: "选好了" },
  { key: "▲▼◀▶", text: "移动" },
  { key: "0-9", text: "按编号选" },
];

export const PICK_HINTS: readonly KeyHint[] = [
  { key: "确定", text: "选上、去掉" },
  { key: "返回", text: "选好了" },
  { key: "▲▼◀▶", text: "移动" },
  { key: "0-9", text: "按编号选" },
];
