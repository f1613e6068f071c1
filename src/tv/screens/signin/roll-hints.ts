/** Which keys work in which phase of the roll call. */
import type { KeyHint } from "../../screen.ts";
import type { RollPhase } from "./roll-state.ts";

const PAUSE: KeyHint = { key: "返回", text: "先停一停（已存）" };

const HINTS: Readonly<Record<RollPhase, readonly KeyHint[]>> = {
  call: [
    { key: "确定", text: "到" },
    { key: "▶", text: "未到" },
    { key: "◀", text: "改上一位" },
    { key: "▼", text: "请假/别的" },
    { key: "▲", text: "上一组" },
    { key: "返回", text: "停一停" },
  ],
  groups: [
    { key: "▲▼◀▶", text: "移动" },
    { key: "确定", text: "点这个组" },
    { key: "返回", text: "接着点名" },
  ],
  other: [
    { key: "▲▼", text: "选一个" },
    { key: "确定", text: "登记" },
    { key: "返回", text: "不改了" },
  ],
  codes: [
    { key: "0-9", text: "报号" },
    { key: "确定", text: "报完了" },
    { key: "◀", text: "删一位" },
    { key: "▼", text: "点名" },
    { key: "返回", text: "清除" },
  ],
  rest: [
    { key: "◀▶", text: "选一个" },
    { key: "确定", text: "选中" },
    { key: "返回", text: "接着报号" },
  ],
  absentees: [
    { key: "▲▼◀▶", text: "移动" },
    { key: "确定", text: "未到/到" },
    { key: "0-9", text: "按号选" },
    { key: "返回", text: "回到点名" },
  ],
  agree: [
    { key: "确定", text: "登记" },
    { key: "◀", text: "再看看" },
    { key: "返回", text: "再看看" },
  ],
  summary: [{ key: "确定", text: "数人数" }, { key: "◀", text: "回去点名" }, PAUSE],
  heads: [
    { key: "◀▶", text: "减 1 加 1" },
    { key: "▲▼", text: "加 5 减 5" },
    { key: "确定", text: "登记" },
    { key: "返回", text: "清除" },
  ],
  differs: [{ key: "◀▶", text: "选一个" }, { key: "确定", text: "选中" }, PAUSE],
  done: [{ key: "确定", text: "下一步" }, { key: "◀", text: "回去点名" }, PAUSE],
};

/** @param byGroup more than sixty people: ▲ opens the page of groups */
export function rollHints(phase: RollPhase, byGroup: boolean): readonly KeyHint[] {
  if (phase !== "call" || !byGroup) return HINTS[phase];
  return HINTS.call.map((hint) => (hint.key === "▲" ? { ...hint, text: "换组" } : hint));
}
