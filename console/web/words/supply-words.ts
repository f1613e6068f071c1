/** How lessons come to a room, in words for the county office. */
import type { BoxSupply, RefreshLine } from "../../../protocol/console-api.ts";
import type {
  NightState,
  RefreshEnd,
  RefreshPayload,
  SupplySettings,
} from "../../../protocol/generated/types.ts";
import { spanText, spokenTime } from "../county-time.ts";
import type { CountyClock } from "./link-words.ts";
import { bytesText } from "./numbers.ts";

/** What ended it, and what is to be done where somebody must do something. */
const ENDS: Readonly<Record<RefreshEnd, string>> = {
  done: "都办完了",
  stopped: "有人按了遥控器，先停了，没人用时接着下",
  "over-budget": "当天的流量用完了，明天接着下",
  portal: "网络要先登录才能用。请让现场的人在网络里登录",
  refused: "片源不让取。请检查片源的地址和权限",
  "bad-origin": "片源给的内容不对，没有收。请检查片源和中间的网络",
  "bad-catalogue": "片源目录不可信，没有收",
  unreachable: "连不上片源，过一会儿自己再试",
  "no-space": "播放盒的磁盘满了。请腾出空间，或换大一点的盘",
  "disk-failed": "播放盒的磁盘写不进去。请检修",
};

export function endWords(end: RefreshEnd): string {
  return ENDS[end];
}

const FAILURES: Readonly<Record<string, string>> = {
  missing: "片源里缺它的文件",
  unreachable: "没下完",
  "bad-manifest": "清单不对",
  "needs-upgrade": "要先升级播放盒",
  "no-room": "盒子里放不下",
  "not-published": "排进了计划，还没有发布",
};

/** `稻瘟病:没下完`; ids stand for lessons that the catalogue does not list. */
export function failedWords(
  failed: RefreshPayload["failed"],
  titles: ReadonlyMap<string, string>,
): string[] {
  return failed.map(
    ({ lesson, why }) => `${titles.get(lesson) ?? lesson}：${FAILURES[why] ?? why}`,
  );
}

const REFUSALS: Readonly<Record<string, string>> = {
  expired: "签名过期了。请看看县控制台有没有每天签名",
  unsigned: "不是本县的私钥签的",
  "rolled-back": "比播放盒见过的旧",
  "wrong-version": "版本对不上，可能正在发布",
  "wrong-hash": "内容对不上，可能正在发布",
  "wrong-length": "内容对不上，可能正在发布",
};

/** Of `refused: timestamp expired`. Empty: nothing was wrong with the catalogue. */
export function catalogueWords(catalogue: string | undefined): string {
  if (catalogue === undefined || catalogue.startsWith("unreachable")) return "";
  const why = catalogue.split(" ").at(-1) ?? "";
  return REFUSALS[why] ?? "读不懂";
}

export interface RefreshWords {
  readonly when: string;
  readonly what: string;
  /** Something that a person should look at. */
  readonly isWrong: boolean;
}

const GOOD_ENDS: readonly RefreshEnd[] = ["done", "stopped", "over-budget"];

/** `新到 2 个,下载 156 MB,用了 12 分钟`; then what ended it, unless that is nothing unusual. */
export function refreshWords(line: RefreshLine, clock: CountyClock): RefreshWords {
  const { end, added, mended = [], removed, bytes, tookMs, failed, catalogue } = line.refresh;
  const why = catalogueWords(catalogue);
  const parts = [
    added.length > 0 ? `新到 ${added.length} 个` : "没有新到的",
    mended.length > 0 ? `修好 ${mended.length} 个` : "",
    removed.length > 0 ? `清掉 ${removed.length} 个` : "",
    `下载 ${bytesText(bytes)}，用了${spanText(tookMs).replace(/^不到 /, "不到 ")}`,
    end === "done" ? "" : endWords(end) + (why === "" ? "" : `（${why}）`),
  ];
  const at = spokenTime(line.atMs, clock);
  return {
    when: line.isReceiptTime ? `${at} 收到` : at,
    what: parts.filter((part) => part !== "").join("；"),
    isWrong: failed.length > 0 || !GOOD_ENDS.includes(end),
  };
}

const ALARMS: Readonly<Record<NightState["alarms"][number], string>> = {
  frozen: "片源目录一个星期没有变过，可能被人截住了",
  "state-lost": "片源目录的版本记录丢了，已重新记起",
};

/** What a person should look at, one sentence each. */
export function supplyTroubles({ nights, last }: BoxSupply): string[] {
  const alarms = (nights?.alarms ?? []).map((alarm) => ALARMS[alarm]);
  const tried = nights?.tried?.end;
  const isWrong = tried !== undefined && !GOOD_ENDS.includes(tried);
  const why = isWrong && last?.refresh.end === tried ? catalogueWords(last.refresh.catalogue) : "";
  return [...(isWrong ? [endWords(tried) + (why === "" ? "" : `（${why}）`)] : []), ...alarms];
}

/** The night that was last done: `今天`, `昨天`, `11月2日`. */
export function doneWords({ nights }: BoxSupply): string {
  if (nights === null) return "这台播放盒还没有报告过";
  if (nights.doneOn === null) return nights.tried === null ? "还没有更新过" : "还没有更新完过";
  const [, month, day] = nights.doneOn.split("-").map(Number);
  return `${month}月${day}日`;
}

/** When it looks again: by the county's clock, as far as the box has said. */
export function nextWords({ nights, heardAtMs, link }: BoxSupply, clock: CountyClock): string {
  if (nights === null || heardAtMs === null) return "不知道";
  if (link !== "online") return "开机以后";
  if (nights.nextMs === null) return "正在更新";
  const at = heardAtMs + nights.nextMs;
  return at <= clock.nowMs ? "马上" : spokenTime(at, clock);
}

const two = (value: number) => String(value).padStart(2, "0");
export const minuteText = (minute: number) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;

/** `01:00` → 60; null: no time of a day. */
export function minuteOf(text: string): number | null {
  const [, hour = "", minute = ""] = /^(\d{1,2})[::](\d{2})$/.exec(text.trim()) ?? [];
  const total = Number(hour) * 60 + Number(minute);
  return hour === "" || Number(hour) > 23 || Number(minute) > 59 ? null : total;
}

const MB = 1_000_000;

export function settingsWords(settings: SupplySettings): string {
  const { window, maxKbps, nightlyBytes, trickle, quietMinutes } = settings;
  const crosses = window.toMinute <= window.fromMinute ? "次日 " : "";
  return [
    `每晚 ${minuteText(window.fromMinute)} 到 ${crosses}${minuteText(window.toMinute)}`,
    `最快 ${maxKbps} kbit/s`,
    // In the unit in which it was set.
    `一晚最多 ${Math.round(nightlyBytes / MB)} MB`,
    `没人用满 ${quietMinutes} 分钟才开始`,
    trickle ? "晚上没开机的，白天空闲时慢慢下" : "白天不下",
  ].join("；");
}
