/** The list of sessions as a file that a county's spreadsheet opens without being asked. */
import type { SessionLine } from "../../../protocol/console-api.ts";
import { presentCount } from "../words/attendance-words.ts";
import { openedDate, progressWords } from "../words/session-words.ts";

const HEADINGS = [
  "开始时间",
  "收看室",
  "类型",
  "主题",
  "应到",
  "实到",
  "到",
  "迟到",
  "早退",
  "请假",
  "缺席",
  "未登记",
  "列席",
  "群众",
  "现场清点人数",
  "状态",
  "核验码",
  "说明",
];

/** Excel takes a UTF-8 file for GBK unless it begins with this. */
const BYTE_ORDER_MARK = "\uFEFF";

export function sessionsCsv(lines: readonly SessionLine[], utcOffsetMinutes: number): string {
  const rows = [HEADINGS, ...lines.map((line) => rowOf(line, utcOffsetMinutes))];
  return `${BYTE_ORDER_MARK}${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

function rowOf(line: SessionLine, utcOffsetMinutes: number): (string | number)[] {
  const { counts } = line;
  return [
    openedDate(line, utcOffsetMinutes),
    line.boxName,
    line.typeName,
    line.title,
    counts.expected,
    presentCount(counts),
    counts.P,
    counts.L,
    counts.X,
    counts.V,
    counts.A,
    counts.unmarked,
    counts.G,
    counts.Q,
    // An empty cell, not a zero: nobody counted.
    line.heads ?? "",
    progressWords(line),
    line.headCode ?? "",
    line.incomplete ? "记录还没收全" : "",
  ];
}

/** Quoted where needed; text that a spreadsheet would run as a formula is made plain text. */
function cell(value: string | number): string {
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : `${value}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
