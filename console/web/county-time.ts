/**
 * Times as the county's wall clock shows them. The county says how far it is from UTC; the zone of
 * the browser's computer is nobody's business here.
 */
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const WEEKDAYS = ["日", "一", "二", "三", "四", "五", "六"];

export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** 0 is Sunday. */
  readonly weekday: number;
}

export function wallTime(unixMs: number, utcOffsetMinutes: number): WallTime {
  const shifted = new Date(unixMs + utcOffsetMinutes * MINUTE_MS);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
    weekday: shifted.getUTCDay(),
  };
}

const two = (value: number): string => String(value).padStart(2, "0");

/** `15:53` */
export function clockText(unixMs: number, utcOffsetMinutes: number): string {
  const { hour, minute } = wallTime(unixMs, utcOffsetMinutes);
  return `${two(hour)}:${two(minute)}`;
}

/** `15:53:07` */
export function clockTextWithSeconds(unixMs: number, utcOffsetMinutes: number): string {
  return `${clockText(unixMs, utcOffsetMinutes)}:${two(wallTime(unixMs, utcOffsetMinutes).second)}`;
}

/** `2026-11-24`, the form of date fields. */
export function dayKey(unixMs: number, utcOffsetMinutes: number): string {
  const { year, month, day } = wallTime(unixMs, utcOffsetMinutes);
  return `${year}-${two(month)}-${two(day)}`;
}

/** `2026-11-24 15:53` */
export function dateTimeText(unixMs: number, utcOffsetMinutes: number): string {
  return `${dayKey(unixMs, utcOffsetMinutes)} ${clockText(unixMs, utcOffsetMinutes)}`;
}

/** `2026年11月24日 星期二` */
export function longDayText(unixMs: number, utcOffsetMinutes: number): string {
  const { year, month, day, weekday } = wallTime(unixMs, utcOffsetMinutes);
  return `${year}年${month}月${day}日 星期${WEEKDAYS[weekday]}`;
}

/** As one would say it: `今天 15:53`, `昨天 08:00`, `11月2日 08:00`, `2025年11月2日 08:00`. */
export function spokenTime(
  unixMs: number,
  { utcOffsetMinutes, nowMs }: { utcOffsetMinutes: number; nowMs: number },
): string {
  const clock = clockText(unixMs, utcOffsetMinutes);
  const key = dayKey(unixMs, utcOffsetMinutes);
  if (key === dayKey(nowMs, utcOffsetMinutes)) return `今天 ${clock}`;
  if (key === dayKey(nowMs - DAY_MS, utcOffsetMinutes)) return `昨天 ${clock}`;
  const { year, month, day } = wallTime(unixMs, utcOffsetMinutes);
  const sameYear = year === wallTime(nowMs, utcOffsetMinutes).year;
  return `${sameYear ? "" : `${year}年`}${month}月${day}日 ${clock}`;
}

/** Midnight with which a county day begins; null when the text is no day. */
export function dayStartMs(key: string, utcOffsetMinutes: number): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(key)) return null;
  const utcMidnight = Date.parse(`${key}T00:00:00Z`);
  return Number.isNaN(utcMidnight) ? null : utcMidnight - utcOffsetMinutes * MINUTE_MS;
}

/** Midnight with which it ends, which no longer belongs to it. */
export function dayEndMs(key: string, utcOffsetMinutes: number): number | null {
  const start = dayStartMs(key, utcOffsetMinutes);
  return start === null ? null : start + DAY_MS;
}

/** How long ago, in the largest unit that says enough: `不到 1 分钟`, `12 分钟`, `3 小时`, `5 天`. */
export function spanText(ms: number): string {
  if (ms < MINUTE_MS) return "不到 1 分钟";
  if (ms < HOUR_MS) return `${Math.floor(ms / MINUTE_MS)} 分钟`;
  if (ms < 2 * DAY_MS) return `${Math.floor(ms / HOUR_MS)} 小时`;
  return `${Math.floor(ms / DAY_MS)} 天`;
}

/** A position in a film: `02:05`, `1:02:05`. */
export function positionText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** The length of a film or of what was played: `2 分 5 秒`. */
export function lengthText(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  return minutes > 0 ? `${minutes} 分 ${seconds % 60} 秒` : `${seconds} 秒`;
}
