/** Sessions in words: when, how far, and what is not known of them. */
import type { SessionLine } from "../../../protocol/console-api.ts";
import { isDayOnly } from "../../../protocol/instant.ts";
import type { Instant } from "../../../protocol/register.ts";
import { clockText, dateTimeText, dayKey, spokenTime } from "../county-time.ts";
import type { CountyClock } from "./link-words.ts";
import { UNKNOWN } from "./numbers.ts";

type Times = Pick<SessionLine, "openedAtMs" | "openedDayOnly" | "receivedAtMs">;

/** `今天 09:30`; a time the box was not sure of is said to be so. */
export function openedWords(times: Times, clock: CountyClock): string {
  const { openedAtMs, openedDayOnly, receivedAtMs } = times;
  if (openedAtMs === null) return `时间未确认（收到于 ${spokenTime(receivedAtMs, clock)}）`;
  if (openedDayOnly === true) return openedDate(times, clock.utcOffsetMinutes);
  return spokenTime(openedAtMs, clock);
}

/** The same with the whole date, for tables and files that outlive the day. */
export function openedDate(
  { openedAtMs, openedDayOnly, receivedAtMs }: Times,
  utcOffsetMinutes: number,
): string {
  if (openedAtMs === null) {
    return `时间未确认（收到于 ${dateTimeText(receivedAtMs, utcOffsetMinutes)}）`;
  }
  // The broadcaster said which day it was; the time of the day nobody knows.
  if (openedDayOnly === true) return `${dayKey(openedAtMs, utcOffsetMinutes)}（时刻待核）`;
  return dateTimeText(openedAtMs, utcOffsetMinutes);
}

/** When a mark was set, to the minute. */
export function instantText(at: Instant | null, utcOffsetMinutes: number): string {
  if (at === null) return UNKNOWN;
  if (at.unixMs === null || !at.sure) return "时间未确认";
  if (isDayOnly(at)) return "时刻待核";
  const clock = clockText(at.unixMs, utcOffsetMinutes);
  return at.conflict === true ? `${clock}（有出入）` : clock;
}

export type Progress = "running" | "done" | "abandoned";

export function progressOf({ closed, ending }: Pick<SessionLine, "closed" | "ending">): Progress {
  if (!closed) return "running";
  return ending === "abandoned" ? "abandoned" : "done";
}

/** `正在播后讨论`, `已结束`, `中途停办`. */
export function progressWords(line: Pick<SessionLine, "closed" | "ending" | "stageName">): string {
  const progress = progressOf(line);
  if (progress === "done") return "已结束";
  if (progress === "abandoned") return "中途停办";
  // A box of an older version may not say where it begins.
  return line.stageName ? `正在${line.stageName}` : "还没结束";
}

/** `党员电教日 · 稻瘟病的识别与防治`; the type alone when the title says no more. */
export function sessionTitle({ typeName, title }: Pick<SessionLine, "typeName" | "title">): string {
  return title === "" || title === typeName ? typeName : `${typeName} · ${title}`;
}
