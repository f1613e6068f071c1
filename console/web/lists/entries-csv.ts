/** A room's year as a file: no number without what it rests on. */
import type { SessionEntry } from "../../../protocol/book-api.ts";
import { PAPER_NAMES, whenText } from "../words/book-words.ts";
import { type CsvRow, csvOf } from "./csv.ts";

const HEADINGS = [
  "时间",
  "类型",
  "主题",
  "应到",
  "到课",
  "补课",
  "送学上门",
  "全覆盖",
  "双管协管等",
  "列席",
  "群众",
  "现场清点人数",
  "更正",
  "纸质签到册",
  "核验码",
  "齐不齐",
  "依据",
];

export function entriesCsv(entries: readonly SessionEntry[], utcOffsetMinutes: number): string {
  return csvOf([HEADINGS, ...entries.map((entry) => rowOf(entry, utcOffsetMinutes))]);
}

function rowOf(entry: SessionEntry, utcOffsetMinutes: number): CsvRow {
  const { coverage, counts, paper, lacks } = entry;
  return [
    whenText(entry.openedAt, utcOffsetMinutes),
    entry.typeName,
    entry.title,
    coverage.expected,
    coverage.attended,
    coverage.madeUp,
    coverage.broughtHome,
    coverage.covered,
    coverage.welcome,
    counts.G,
    counts.Q,
    // An empty cell, not a zero: nobody counted.
    entry.heads ?? "",
    entry.corrections,
    paper === null ? "没有核对" : PAPER_NAMES[paper.result],
    entry.headCode ?? "",
    lacks.length === 0 ? "齐全" : lacks.join("；"),
    entry.evidence.join("；"),
  ];
}
