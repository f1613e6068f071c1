/** What is said of a box's link, in words for the county office. */
import type { BoxLine, LinkState } from "../../../protocol/console-api.ts";
import { spokenTime } from "../county-time.ts";

export interface CountyClock {
  readonly utcOffsetMinutes: number;
  readonly nowMs: number;
}

export const LINK_NAMES: Readonly<Record<LinkState, string>> = {
  online: "在线",
  offline: "离线",
  lost: "失去联系",
  never: "从未连接",
};

export const LINK_MEANINGS: Readonly<Record<LinkState, string>> = {
  online: "播放盒现在连着县里",
  offline: "播放盒自己断开的，例如正常关机",
  lost: "没打招呼就断了，多半是拔了电源或断了网",
  never: "开通以后还没有连上过县里",
};

/** `在线`, `在线 · 正在启动`, `在线 · 休眠`. */
export function linkName({ link, state }: Pick<BoxLine, "link" | "state">): string {
  if (link !== "online") return LINK_NAMES[link];
  if (state === "init") return "在线 · 正在启动";
  return state === "sleeping" ? "在线 · 休眠" : LINK_NAMES.online;
}

/** Since when: `昨天 18:02 起`. Empty when there is nothing to say. */
export function linkSince(
  { link, sinceMs, seenAtMs }: Pick<BoxLine, "link" | "sinceMs" | "seenAtMs">,
  clock: CountyClock,
): string {
  if (link === "never") return "";
  const since = sinceMs ?? seenAtMs;
  return since === null ? "时间不详" : `${spokenTime(since, clock)} 起`;
}
