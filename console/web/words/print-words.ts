/** The heading of a printed 《党员签到册》. */
import type { CountySession, SessionLine } from "../../../protocol/console-api.ts";
import { dayKey, longDayText } from "../county-time.ts";
import { SessionWords } from "./register-words.ts";
import { instantText, openedDate } from "./session-words.ts";

/** `石桥村 党员签到册 2026-11-24`: also the name of a saved file. */
export function printTitle(line: SessionLine, utcOffsetMinutes: number): string {
  const at = line.openedAtMs ?? line.receivedAtMs;
  return `${line.boxName} 党员签到册 ${dayKey(at, utcOffsetMinutes)}`;
}

/** To be filled in by hand. */
const BLANK = "____________________";

type HeadLine = readonly [name: string, text: string];

export function printHead(session: CountySession, utcOffsetMinutes: number): HeadLine[] {
  const { line, register } = session;
  const words = new SessionWords(session);
  const lessons = register.lessons.map((_, item) => words.lessonTitle(item)).join(" ");
  return [
    ["支部", words.branches() || BLANK],
    ["收看室", line.boxName],
    ["日期", dayText(line, utcOffsetMinutes)],
    ["起止", timesText(session, utcOffsetMinutes)],
    ["类型", line.typeName],
    ["主题", line.title || line.typeName],
    ["片子", lessons || "没有放片子"],
    ["核验码", line.headCode ?? "还没结束,没有核验码"],
  ];
}

function dayText(line: SessionLine, utcOffsetMinutes: number): string {
  return line.openedAtMs === null
    ? openedDate(line, utcOffsetMinutes)
    : longDayText(line.openedAtMs, utcOffsetMinutes);
}

function timesText({ register }: CountySession, utcOffsetMinutes: number): string {
  const from = instantText(register.openedAt, utcOffsetMinutes);
  const to =
    register.closedAt === null ? "还没结束" : instantText(register.closedAt, utcOffsetMinutes);
  return `${from} 至 ${to}`;
}
