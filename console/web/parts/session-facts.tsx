/** When, where, by whom, what was shown. */
import type { DescriptionsProps } from "antd";
import type { CountySession } from "../../../protocol/console-api.ts";
import { instantWordsLong } from "../../../protocol/instant.ts";
import { dateTimeText } from "../county-time.ts";
import type { CountyClock } from "../words/link-words.ts";
import { SessionWords } from "../words/register-words.ts";
import { instantText, openedDate } from "../words/session-words.ts";
import { Known } from "./unknown.tsx";

export function sessionFacts(
  session: CountySession,
  { utcOffsetMinutes }: CountyClock,
): NonNullable<DescriptionsProps["items"]> {
  const { line, register } = session;
  const words = new SessionWords(session);
  const lessons = register.lessons.map((_, item) => words.lessonTitle(item)).join(" ");
  const rows = [
    ["开始", openedText(session, utcOffsetMinutes)],
    [
      "结束",
      register.closedAt === null ? "还没结束" : instantText(register.closedAt, utcOffsetMinutes),
    ],
    ["收到", dateTimeText(line.receivedAtMs, utcOffsetMinutes)],
    [
      "支部",
      <Known key="branches" value={words.branches() || null} why="县里的名册上没有支部名称" />,
    ],
    [
      "播放员",
      register.by === "-" ? <Known value={null} why="没有登记" /> : words.name(register.by),
    ],
    [
      "核验码",
      <Known key="code" value={line.headCode} why="结束登记后才有">
        {(code) => <code className="head-code">{code}</code>}
      </Known>,
    ],
    ["片子", lessons === "" ? "没有放片子" : lessons],
  ] as const;
  return rows.map(([label, children]) => ({ key: label, label, children }));
}

/** With the days that it must have been between, when that is all that is known. */
function openedText({ line, register }: CountySession, utcOffsetMinutes: number): string {
  return line.openedAtMs === null && register.openedAt.between !== undefined
    ? instantWordsLong(register.openedAt, utcOffsetMinutes)
    : openedDate(line, utcOffsetMinutes);
}
