/**
 * Small pieces of Chinese that several screens say. Without `Intl`: old web views lack its data.
 */
import type { LessonCard, View } from "../../../protocol/generated/types.ts";
import { UNCONFIRMED } from "../../../protocol/instant.ts";

const DAY_MS = 86_400_000;
const WEEKDAYS = "日一二三四五六";

export function dateOf(unixMs: number, utcOffsetMinutes: number): Date {
  return new Date(unixMs + utcOffsetMinutes * 60_000);
}

/** `3 月 5 日 星期四 08:30`, or that nobody knows. */
export function dateWords({ sure, unixMs, utcOffsetMinutes, dayOnly }: View["clock"]): string {
  if (!sure || unixMs === null) return UNCONFIRMED;
  const date = dateOf(unixMs, utcOffsetMinutes);
  const weekday = WEEKDAYS[new Date(Math.floor(date.getTime() / DAY_MS) * DAY_MS).getUTCDay()];
  const day = `${date.getUTCMonth() + 1} 月 ${date.getUTCDate()} 日 星期${weekday}`;
  return dayOnly === true ? day : `${day} ${clock(date)}`;
}

/** `3 月 12 日` of `2026-03-12`. */
export function dateText(date: string): string {
  const [, month, day] = date.split("-").map(Number);
  return `${month} 月 ${day} 日`;
}

/** Days of the county from today to that date; null: nobody knows which day it is. */
export function daysUntil(
  date: string,
  { sure, unixMs, utcOffsetMinutes }: View["clock"],
): number | null {
  if (!sure || unixMs === null) return null;
  const today = Math.floor(dateOf(unixMs, utcOffsetMinutes).getTime() / DAY_MS);
  return Math.round(Date.parse(`${date}T00:00:00Z`) / DAY_MS) - today;
}

function clock(date: Date): string {
  return date.toISOString().slice(11, 16);
}

/** `12:05`: minutes and seconds, or hours and minutes. */
export function inSixties(count: number): string {
  const rest = count % 60;
  return `${Math.floor(count / 60)}:${rest < 10 ? `0${rest}` : rest}`;
}

export function filmTime(ms: number): string {
  return inSixties(Math.floor(Math.max(0, ms) / 1000));
}

/** A number of the box, to be read over the telephone. */
export function foursOf(boxId: string): readonly string[] {
  return boxId.match(/.{1,4}/g) ?? [];
}

export function minutesWords(ms: number): string {
  return ms < 60_000 ? `${Math.round(ms / 1000)} 秒` : `${Math.round(ms / 60_000)} 分钟`;
}

export const STATE_WORDS: Readonly<Record<LessonCard["state"], string>> = {
  ready: "可播放",
  partial: "正在下载",
  absent: "没有下载",
  quarantined: "已损坏，请重新导入",
  "needs-upgrade": "需要先升级",
};

/** Where a county supplies the lesson, nobody has to do anything. */
const SUPPLIED_WORDS: Partial<typeof STATE_WORDS> = { quarantined: "已损坏，今晚自动修复" };

const TENTHS = "零一二三四五六七八九";

type StateCard = Pick<LessonCard, "state" | "tenths" | "supplied" | "wanted">;

/** What a lesson's state is to the broadcaster: 正在下载三成. */
export function stateWords({ state, tenths = 0, supplied, wanted }: StateCard): string {
  if (state === "partial" && supplied !== true) return "缺文件，请重新导入";
  if (state === "partial" && tenths > 0) {
    return `${STATE_WORDS.partial}${TENTHS[tenths] ?? ""}成`;
  }
  // Without a word on whether it is wanted, its list of files is here: it is on its way.
  if (state === "absent" && supplied === true && wanted !== false) return "今晚下载";
  return (supplied === true ? SUPPLIED_WORDS[state] : undefined) ?? STATE_WORDS[state];
}

/** `2026 年 3 月 5 日`. @param day `2026-03-05` */
export function fullDay(day: string): string {
  const [year = "", month = "", date = ""] = day.split("-");
  return `${year} 年 ${Number(month)} 月 ${Number(date)} 日`;
}

/** 07; three digits where a room has more than 99. */
export function numberWords(no: number): string {
  return no < 10 ? `0${no}` : String(no);
}
