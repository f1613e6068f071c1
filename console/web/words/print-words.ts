/** The heading of a printed 《党员签到册》. */
import type { CountySession, SessionLine } from "../../../protocol/console-api.ts";
import { dateTimeText, dayKey, longDayText } from "../county-time.ts";
import { SessionWords } from "./register-words.ts";
import { instantText } from "./session-words.ts";

/** `石桥村 党员签到册 2026-11-24`: also the name of a saved file. */
export function printTitle(line: SessionLine, utcOffsetMinutes: number): string {
  const { openedAtMs, boxName, id } = line;
  // A date that nobody knows must not look like one: the number of the session tells it apart.
  const day = openedAtMs === null ? `${UNKNOWN_DAY} ${id}` : dayKey(openedAtMs, utcOffsetMinutes);
  return `${boxName} 党员签到册 ${day}`;
}

const UNKNOWN_DAY = "日期待核";

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
    ["核验码", line.headCode ?? "还没结束，没有核验码"],
  ];
}

function dayText(line: SessionLine, utcOffsetMinutes: number): string {
  return line.openedAtMs === null
    ? `${UNKNOWN_DAY} ${BLANK}（县里收到于 ${dateTimeText(line.receivedAtMs, utcOffsetMinutes)}）`
    : longDayText(line.openedAtMs, utcOffsetMinutes);
}

function timesText({ register }: CountySession, utcOffsetMinutes: number): string {
  const from = instantText(register.openedAt, utcOffsetMinutes);
  const to =
    register.closedAt === null ? "还没结束" : instantText(register.closedAt, utcOffsetMinutes);
  return `${from} 至 ${to}`;
}
