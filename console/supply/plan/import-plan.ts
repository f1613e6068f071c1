/**
 * A viewing plan from a table or from JSON: the whole of it, or its errors. docs/formats/plan.md
 */
import { assert } from "../../../protocol/assert.ts";
import type { Plan, PlanDay } from "../../../protocol/generated/types.ts";
import { isPlan } from "../../../protocol/generated/validators.js";
import { SESSION_TYPES } from "../../../protocol/session-type.ts";
import { type ColumnRule, findColumns, type RowError } from "../roster/find-columns.ts";
import { readTable } from "../roster/read-table.ts";

export type PlanImport =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly errors: readonly RowError[] };

type PlanColumn = "date" | "type" | "lessons" | "theme";

const COLUMNS: readonly ColumnRule<PlanColumn>[] = [
  { name: "date", heading: "日期", alike: ["时间", "学习日期", "收看日期", "date"], needed: true },
  { name: "type", heading: "类型", alike: ["场次类型", "活动类型", "活动", "type"], needed: true },
  {
    name: "lessons",
    heading: "课件",
    alike: ["课件编号", "片子", "收看内容", "lessons"],
    needed: true,
  },
  { name: "theme", heading: "主题", alike: ["学习主题", "题目", "theme"], needed: false },
];

const MAX_THEME = 28;
const MAX_LESSONS = 6;
const MAX_DAYS = 1000;
const LESSON_ID = /^[a-z0-9][a-z0-9-]{0,63}$/;

function fileError(text: string): PlanImport {
  return { ok: false, errors: [{ row: 0, column: "", text }] };
}

/** 2026-3-5, 2026/03/05, 2026.3.5 and 2026年3月5日 are all the same day; null when there is none. */
export function readDate(value: string): string | null {
  const match = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(value);
  if (match === null) return null;
  const [, year, month, day] = match;
  const date = `${year}-${month?.padStart(2, "0")}-${day?.padStart(2, "0")}`;
  const parsed = new Date(`${date}T00:00:00Z`);
  // 31 April rolls over into May, and is then another text.
  const real = !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date);
  return real ? date : null;
}

function typeId(word: string): string | null {
  return SESSION_TYPES.find((type) => type.name === word || type.id === word)?.id ?? null;
}

function lessonsProblem(ids: readonly string[]): string | null {
  const strange = ids.find((id) => !LESSON_ID.test(id));
  if (strange !== undefined) {
    return `课件要写编号（小写字母、数字、短横），如 rice-blast-2026，不能是“${strange}”`;
  }
  return ids.length > MAX_LESSONS ? `一天最多 ${MAX_LESSONS} 个课件` : null;
}

interface RowReader {
  readonly row: number;
  readonly value: (name: PlanColumn) => string;
}

function readDay({ row, value }: RowReader, heading: (name: PlanColumn) => string) {
  const date = readDate(value("date"));
  const type = typeId(value("type"));
  const lessons = value("lessons")
    .split(/[、\uff0c\uff1b,;\s]+/)
    .filter((id) => id !== "");
  const theme = value("theme");
  const names = SESSION_TYPES.map((one) => one.name).join("、");
  const problems: [PlanColumn, string | null][] = [
    ["date", date === null ? `日期要写成 2026-03-05 这样，不能是“${value("date")}”` : null],
    ["type", type === null ? `类型不认识“${value("type")}”，只能是${names}` : null],
    ["lessons", lessonsProblem(lessons)],
    ["theme", [...theme].length > MAX_THEME ? `主题最多 ${MAX_THEME} 个字` : null],
  ];
  const errors: RowError[] = problems.flatMap(([name, text]) =>
    text === null ? [] : [{ row, column: heading(name), text }],
  );
  if (date === null || type === null || errors.length > 0) return { day: null, errors };
  const day: PlanDay = { date, type, lessons, ...(theme === "" ? {} : { theme }) };
  return { day, errors };
}

function build(days: readonly PlanDay[], previous?: Plan): PlanImport {
  if (days.length > MAX_DAYS) return fileError(`一份计划最多 ${MAX_DAYS} 行`);
  const version = (previous?.version ?? 0) + 1;
  const sorted = [...days].sort((a, b) => a.date.localeCompare(b.date));
  const plan = { schema: "one-room.plan/1", version, days: sorted };
  assert(isPlan(plan), `an imported plan fits its schema: ${JSON.stringify(isPlan.errors)}`);
  return { ok: true, plan };
}

function importJson(bytes: Uint8Array, previous?: Plan): PlanImport {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return fileError("这个 JSON 文件不完整，或者不是 UTF-8");
  }
  if (isPlan(parsed)) return build(parsed.days, previous);
  const errors = (isPlan.errors ?? []).map((error) => ({
    row: 0,
    column: error.instancePath ?? "",
    text: `与格式不符：${error.message ?? ""}`,
  }));
  return { ok: false, errors };
}

/** CSV (UTF-8 or GBK) or xlsx with 日期 类型 课件 主题, or a plan.json. */
export async function importPlan(
  bytes: Uint8Array,
  fileName: string,
  previous?: Plan,
): Promise<PlanImport> {
  if (/\.json$/i.test(fileName)) return importJson(bytes, previous);
  const table = await readTable(bytes, fileName);
  if (!table.ok) return fileError(table.text);
  const found = findColumns(table.rows, COLUMNS);
  if ("errors" in found) return { ok: false, errors: found.errors };
  if (found.rows.length === 0) return fileError("表头下面一行计划也没有");
  const heading = (name: PlanColumn) => found.headings.get(name) ?? "";
  const read = found.rows.map((row) => readDay(row, heading));
  const errors = read.flatMap((result) => result.errors);
  if (errors.length > 0) return { ok: false, errors };
  return build(
    read.flatMap(({ day }) => (day === null ? [] : [day])),
    previous,
  );
}
