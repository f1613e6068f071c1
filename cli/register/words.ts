/** What the registers' codes are called, and how times and tables are written for people. */
import type { AttendanceStatus, HandCount, MakeupHow } from "../../protocol/generated/types.ts";
import { instantWords, instantWordsLong } from "../../protocol/instant.ts";
import type { Instant, SessionRegister } from "../../protocol/register.ts";

export const STATUS_WORDS: Readonly<Record<AttendanceStatus, string>> = {
  P: "到",
  L: "迟到",
  X: "早退",
  V: "请假",
  A: "缺席",
  "-": "未登记",
};

export const HOW_WORDS: Readonly<Record<MakeupHow, string>> = {
  room: "补课",
  home: "送学上门",
  unit: "集体重上",
};

/** All of China keeps one time, without summer time. */
const UTC_OFFSET_MINUTES = 480;

export function writeInstant(instant: Instant): string {
  return instantWords(instant, UTC_OFFSET_MINUTES);
}

/** Also between which days it must have been, when that is all that is known. */
export function writeInstantLong(instant: Instant): string {
  return instantWordsLong(instant, UTC_OFFSET_MINUTES);
}

export function writeStage({ closed, ending, paused, stage }: SessionRegister): string {
  if (closed) return ending === "abandoned" ? "已收场" : "已结束";
  const where = stage === "-" ? "结束登记" : (stage ?? "");
  return paused ? `${where}（暂停）` : where;
}

export function writeDuration(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)} 分 ${seconds % 60} 秒`;
}

const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/;

/** Columns a terminal gives to a text: Chinese characters take two. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += WIDE.test(character) ? 2 : 1;
  return width;
}

/** Rows of cells as lines; the last column is not filled up. */
export function writeTable(rows: readonly (readonly string[])[]): string {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, at) =>
    Math.max(...rows.map((row) => widthOf(row[at] ?? ""))),
  );
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell + " ".repeat((widths[at] ?? 0) - widthOf(cell)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

const HANDS = { none: "没有人", few: "少数", half: "一半", most: "多数", all: "全部" } as const;

export function writeHands(count: HandCount): string {
  if (count === null) return "没有数";
  return typeof count === "number" ? `${count} 人` : HANDS[count];
}
