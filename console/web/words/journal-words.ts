/** What the county holds of a box's journal, in words. */
import type { BoxLine, EpochLine } from "../../../protocol/console-api.ts";
import { UNKNOWN } from "./numbers.ts";

export function gapsWords(gaps: EpochLine["gaps"]): string {
  if (gaps.length === 0) return "没有缺口";
  const places = gaps.map(([from, to]) => (from === to ? `第 ${from} 条` : `第 ${from}–${to} 条`));
  return `中间缺 ${places.join("、")}`;
}

export function epochWords({ upTo, head }: EpochLine): string {
  if (head <= upTo) return `${upTo} 条都已收到`;
  return `已收到 ${upTo} 条，盒子有 ${head} 条，还差 ${head - upTo} 条`;
}

export function backlogWords(backlog: BoxLine["backlog"]): string {
  if (backlog === null) return UNKNOWN;
  return backlog === 0 ? "没有" : `${backlog} 条`;
}
