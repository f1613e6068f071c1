/** The list of sessions as a file that a county's spreadsheet opens without being asked. */
import type { SessionLine } from "../../../protocol/console-api.ts";
import { presentCount } from "../words/attendance-words.ts";
import { openedDate, progressWords } from "../words/session-words.ts";
import { type CsvRow, csvOf } from "./csv.ts";

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
  "依据",
  "说明",
];

export function sessionsCsv(lines: readonly SessionLine[], utcOffsetMinutes: number): string {
  return csvOf([HEADINGS, ...lines.map((line) => rowOf(line, utcOffsetMinutes))]);
}

function rowOf(line: SessionLine, utcOffsetMinutes: number): CsvRow {
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
    line.evidence.join("；"),
    line.incomplete ? "记录还没收全" : "",
  ];
}
