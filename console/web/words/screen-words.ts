/** What the TV of a room shows, or showed when it was last heard of. */
import type { BoxLine } from "../../../protocol/console-api.ts";
import type { ScreenState } from "../../../protocol/generated/types.ts";
import { stageName } from "../../../protocol/stage-names.ts";
import { positionText } from "../county-time.ts";
import { UNKNOWN } from "./numbers.ts";

export function quoteTitle(title: string): string {
  return title.startsWith("《") ? title : `《${title}》`;
}

function sessionWords({ title, stage, atMs }: ScreenState): string {
  const parts = [
    title === null ? "学习中" : quoteTitle(title),
    stage === null ? "" : stageName(stage),
    atMs === null ? "" : positionText(atMs),
  ];
  return parts.filter((part) => part !== "").join(" ");
}

const PLAIN_SCREENS: Readonly<Record<Exclude<ScreenState["screen"], "session">, string>> = {
  home: "首页",
  closed: "本场已登记（收场页）",
  "no-page": "电视画面没有打开",
};

export function screenText(screen: ScreenState | null): string {
  if (screen === null) return UNKNOWN;
  return screen.screen === "session" ? sessionWords(screen) : PLAIN_SCREENS[screen.screen];
}

/** A box that is not online shows its last screen as past. */
export function screenWords({ link, screen }: Pick<BoxLine, "link" | "screen">): string {
  if (screen === null) return UNKNOWN;
  return link === "online" ? screenText(screen) : `最后一次：${screenText(screen)}`;
}

/** True while a session is held in the room, as far as the county can tell. */
export function isInSession({ link, screen }: Pick<BoxLine, "link" | "screen">): boolean {
  return link === "online" && screen?.screen === "session";
}
