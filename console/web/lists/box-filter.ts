/** Searching, filtering and ordering the list of rooms. */
import type { BoxLine, LinkState } from "../../../protocol/console-api.ts";
import { isInSession } from "../words/screen-words.ts";
import { attentionOf } from "./attention.ts";

export const BOX_SHOWS = [
  "all",
  "online",
  "in-session",
  "away",
  "attention",
  "backlog",
  "idle",
] as const;
export type BoxShow = (typeof BOX_SHOWS)[number];

export const BOX_SHOW_NAMES: Readonly<Record<BoxShow, string>> = {
  all: "全部",
  online: "在线",
  "in-session": "正在开展学习",
  away: "没连着",
  attention: "需要处理",
  backlog: "有未传记录",
  idle: "本月没开展",
};

export interface BoxFilter {
  readonly text: string;
  readonly show: BoxShow;
}

export function toBoxShow(text: string | null): BoxShow {
  return BOX_SHOWS.find((show) => show === text) ?? "all";
}

/** What the filter is told besides the rooms themselves. */
export interface BoxFacts {
  readonly nowMs: number;
  /** Rooms that held a session this month; null while it is not known. */
  readonly active: ReadonlySet<string> | null;
}

const FITS: Readonly<Record<BoxShow, (box: BoxLine, facts: BoxFacts) => boolean>> = {
  all: () => true,
  online: ({ link }) => link === "online",
  "in-session": isInSession,
  away: ({ link }) => link !== "online",
  attention: (box, { nowMs }) => attentionOf(box, nowMs).length > 0,
  backlog: ({ backlog }) => (backlog ?? 0) > 0,
  idle: ({ id }, { active }) => active !== null && !active.has(id),
};

/** Every word of the search must be found somewhere in name, place, id or version. */
function matches({ name, place, id, software }: BoxLine, words: readonly string[]): boolean {
  const text = `${name} ${place} ${id} ${software ?? ""}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

export function filterBoxes(
  boxes: readonly BoxLine[],
  { text, show }: BoxFilter,
  facts: BoxFacts,
): BoxLine[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  return boxes.filter((box) => FITS[show](box, facts) && matches(box, words));
}

/** How many rooms each filter would show; null: not known yet. */
export function countShow(
  boxes: readonly BoxLine[],
  show: BoxShow,
  facts: BoxFacts,
): number | null {
  if (show === "idle" && facts.active === null) return null;
  return boxes.filter((box) => FITS[show](box, facts)).length;
}

const LINK_ORDER: Readonly<Record<LinkState, number>> = {
  online: 0,
  lost: 1,
  offline: 2,
  never: 3,
};

export function compareNames(a: BoxLine, b: BoxLine): number {
  return a.name.localeCompare(b.name, "zh-CN") || (a.id < b.id ? -1 : 1);
}

export function compareLinks(a: BoxLine, b: BoxLine): number {
  return LINK_ORDER[a.link] - LINK_ORDER[b.link] || (b.sinceMs ?? 0) - (a.sinceMs ?? 0);
}

/** Unknown numbers come last, whichever way the list is turned. */
export function compareNumbers(
  pick: (box: BoxLine) => number | null,
): (a: BoxLine, b: BoxLine, order?: "ascend" | "descend" | null) => number {
  return (a, b, order) => {
    const [x, y] = [pick(a), pick(b)];
    if (x !== null && y !== null) return x - y;
    if (x === y) return 0;
    const unknownLast = x === null ? 1 : -1;
    return order === "descend" ? -unknownLast : unknownLast;
  };
}
