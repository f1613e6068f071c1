/** Attendance in sums that add up before the reader's eyes. */
import type { SessionLine } from "../../../protocol/console-api.ts";
import type {
  AttendanceCounts,
  AttendanceStatus,
  HandCount,
  MarkHow,
} from "../../../protocol/generated/types.ts";
import { UNKNOWN } from "./numbers.ts";

export const STATUS_NAMES: Readonly<Record<AttendanceStatus, string>> = {
  P: "到",
  L: "迟到",
  X: "早退",
  V: "请假",
  A: "缺席",
  "-": "未登记",
};

export const STATUS_ORDER: readonly AttendanceStatus[] = ["P", "L", "X", "V", "A", "-"];

export const HOW_NAMES: Readonly<Record<MarkHow, string>> = {
  call: "点名",
  self: "报号",
  paper: "纸质补录",
  late: "补签",
  all: "全到",
};

const COARSE_NAMES = {
  none: "没人",
  few: "少数",
  half: "一半",
  most: "多数",
  all: "全部",
} as const;

export function countOf(counts: AttendanceCounts, status: AttendanceStatus): number {
  return status === "-" ? counts.unmarked : counts[status];
}

export function wasPresent(status: AttendanceStatus): boolean {
  return status === "P" || status === "L" || status === "X";
}

/** 实到: everybody expected who was in the room, on time, late, or gone early. */
export function presentCount({ P, L, X }: AttendanceCounts): number {
  return P + L + X;
}

/** Everybody in the room by the register, guests too: what a count of heads should find. */
export function inRoomCount({ counts, welcome }: Pick<SessionLine, "counts" | "welcome">): number {
  return presentCount(counts) + counts.G + counts.Q + welcome;
}

/** `应到 50 = 到 38 + 迟到 2 + 早退 0 + 请假 4 + 缺席 3 + 未登记 3` */
export function sumSentence(counts: AttendanceCounts): string {
  const parts = STATUS_ORDER.map((status) => `${STATUS_NAMES[status]} ${countOf(counts, status)}`);
  const sum = STATUS_ORDER.reduce((total, status) => total + countOf(counts, status), 0);
  const wrong = sum === counts.expected ? "" : `（合计 ${sum}，对不上，请报告）`;
  return `应到 ${counts.expected} = ${parts.join(" + ")}${wrong}`;
}

/** What the count of heads says beside the register. */
export function headsSentence(
  line: Pick<SessionLine, "counts" | "welcome" | "heads" | "headsAsked">,
): string {
  if (line.heads === null) return line.headsAsked ? "现场人数没有清点" : "还没到清点人数的步骤";
  const inRoom = inRoomCount(line);
  const apart = Math.abs(line.heads - inRoom);
  return apart === 0
    ? `现场清点 ${line.heads} 人，与签到一致`
    : `签到 ${inRoom} 人，现场清点 ${line.heads} 人，相差 ${apart} 人`;
}

export function headsDiffer(line: Pick<SessionLine, "counts" | "welcome" | "heads">): boolean {
  return line.heads !== null && line.heads !== inRoomCount(line);
}

/** 到课率, in percent of those expected; unknown when nobody was expected. */
export function presentShare(counts: AttendanceCounts): string {
  if (counts.expected === 0) return UNKNOWN;
  return `${Math.round((presentCount(counts) / counts.expected) * 100)}%`;
}

export function handsText(hands: HandCount): string {
  if (hands === null) return "没有数";
  return typeof hands === "number" ? `${hands} 人` : COARSE_NAMES[hands];
}
