/** The stretches of days that clerks ask for: today, this week, this month, last month. */
import { dayKey, wallTime } from "../county-time.ts";

const DAY_MS = 86_400_000;

export interface NamedRange {
  readonly name: string;
  readonly from: string | null;
  readonly to: string | null;
}

export function dayRanges(nowMs: number, utcOffsetMinutes: number): NamedRange[] {
  const key = (ms: number) => dayKey(ms, utcOffsetMinutes);
  const { day, weekday } = wallTime(nowMs, utcOffsetMinutes);
  const today = key(nowMs);
  // A week begins on Monday.
  const monday = key(nowMs - ((weekday + 6) % 7) * DAY_MS);
  const lastMonthEnd = nowMs - day * DAY_MS;
  return [
    { name: "全部", from: null, to: null },
    { name: "今天", from: today, to: today },
    { name: "本周", from: monday, to: today },
    { name: "本月", from: `${today.slice(0, 8)}01`, to: today },
    { name: "上月", from: `${key(lastMonthEnd).slice(0, 8)}01`, to: key(lastMonthEnd) },
  ];
}
