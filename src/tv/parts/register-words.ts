/** What the registers say, in the words of the screen. Pure. */
import type { SessionEntry, When } from "../../../protocol/book-api.ts";
import type { AttendanceStatus, HandCount } from "../../../protocol/generated/types.ts";
import { UNCONFIRMED } from "../../../protocol/instant.ts";
import { handWords } from "./hand-entry.ts";
import { dateOf } from "./words.ts";

export const STATUS_WORDS: Readonly<Record<AttendanceStatus, string>> = {
  P: "到",
  L: "迟到",
  X: "早退",
  V: "请假",
  A: "未到",
  "-": "未登记",
};

/** `3 月 5 日`, or that nobody knows. */
export function dayWords({ sure, unixMs }: When, utcOffsetMinutes: number): string {
  if (!sure || unixMs === null) return UNCONFIRMED;
  const date = dateOf(unixMs, utcOffsetMinutes);
  return `${date.getUTCMonth() + 1} 月 ${date.getUTCDate()} 日`;
}

/** `2026 年 3 月`; null: 时间未确认. */
export function monthWords(month: string | null): string {
  if (month === null) return UNCONFIRMED;
  const [year = "", number = ""] = month.split("-");
  return `${year} 年 ${Number(number)} 月`;
}

export function handsWords(count: HandCount): string {
  if (count === null) return "没有数";
  return typeof count === "number" ? `${count} 人` : handWords(count);
}

/** Attendance beside coverage: two numbers, never one. */
export function coverageWords({ coverage }: Pick<SessionEntry, "coverage">): string {
  const { expected, attended, covered } = coverage;
  return `应到 ${expected}  到 ${attended}  全覆盖 ${covered}`;
}

/** A tick only where nothing is missing. */
export function wholeMark({ lacks }: Pick<SessionEntry, "lacks">): string {
  return lacks.length === 0 ? "✔" : "▲";
}
