/**
 * A name to choose, in a cell: one line as large as it can be, else two, and whole to its last
 * character, for who begins alike is told apart by the end. Pure.
 */
import type { MemberCard } from "../../../protocol/page-api.ts";
import type { Scene } from "../scene/node.ts";
import type { TextSizes } from "../theme.ts";
import { button } from "./draw.ts";
import { fit, linesOf } from "./measure.ts";
import { numberWords } from "./words.ts";

export interface PersonCell {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  readonly member: Pick<MemberCard, "no" | "name">;
  /** The size of a name that has room. */
  readonly from: number;
  readonly sizes: TextSizes;
  readonly focused: boolean;
  readonly selected?: boolean;
  /** `✖`, `▲`: before the number. */
  readonly mark?: string;
  /** Behind the name. */
  readonly note?: string;
}

/** The button's own: padding on both sides, and a bar before what is selected. */
const PADDING = 72;
const BAR = 24;
/** The least that lines may lie apart. */
const TIGHT = 1.3;

export function personCell(cell: PersonCell): Scene {
  const { x, y, w, h, member, from, sizes, focused, selected = false, mark, note = "" } = cell;
  const words = `${mark === undefined ? "" : `${mark} `}${numberWords(member.no)} ${member.name}${note}`;
  const room = w - PADDING - (selected ? BAR : 0);
  const drawn = selected ? `✔ ${words}` : words;
  const one = fit(drawn, { from, least: sizes.operator, lines: 1, w: room });
  const isOne = linesOf(drawn, one.size, room) === 1;
  const two = fit(drawn, { from: sizes.operator, least: sizes.hint, lines: 2, w: room });
  const size = isOne ? one.size : Math.min(two.size, Math.floor(h / 2 / TIGHT));
  const lines = isOne ? {} : { lines: 2, lineHeight: TIGHT };
  return button({ x, y, w, h, text: words, size, focused, selected, align: "left", ...lines });
}
