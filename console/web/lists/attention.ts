/**
 * Which rooms a clerk should look at, and why. A box whose plug was pulled is nothing unusual:
 * rooms are switched off between study days. It matters when a session was cut, or when it stays
 * away.
 */
import type { BoxLine } from "../../../protocol/console-api.ts";
import { spanText } from "../county-time.ts";
import { alarmWords } from "../words/alarm-words.ts";

const DAY_MS = 86_400_000;
/** Study days are monthly: in five weeks every room should have been on once. */
export const SILENT_DAYS = 35;
/** Records that wait longer than a week were forgotten rather than delayed. */
export const WAITING_DAYS = 7;
/** Below this a longer lesson no longer fits. */
export const DISK_FREE_BYTES_MIN = 1024 ** 3;

type Reason = (box: BoxLine, nowMs: number) => string | null;

const REASONS: readonly Reason[] = [
  newConflicts,
  newAlarms,
  ({ damage }) => (damage.length > 0 ? `播放盒报告损坏：${damage.join("；")}` : null),
  ({ link, screen }) =>
    link === "lost" && screen?.screen === "session" ? "开展学习时失去联系" : null,
  ({ diskFreeBytes }) =>
    diskFreeBytes !== null && diskFreeBytes < DISK_FREE_BYTES_MIN ? "磁盘快满了" : null,
  waitingRecords,
  silence,
];

function awayMs({ link, seenAtMs }: BoxLine, nowMs: number): number {
  return link === "online" || seenAtMs === null ? 0 : nowMs - seenAtMs;
}

function newConflicts({ conflictsNew }: BoxLine): string | null {
  return conflictsNew === 0 ? null : `${conflictsNew} 条记录与县里的不一致`;
}

function newAlarms({ alarms }: BoxLine): string | null {
  const news = alarms.filter(({ looked }) => !looked);
  return news.length === 0 ? null : news.map(alarmWords).join("；");
}

/** Whether a person has to say that the contradictions of a box were looked into. */
export function isToBeLookedInto(box: BoxLine): boolean {
  return newConflicts(box) !== null || newAlarms(box) !== null;
}

function waitingRecords(box: BoxLine, nowMs: number): string | null {
  const away = awayMs(box, nowMs);
  if (box.backlog === null || box.backlog === 0 || away < WAITING_DAYS * DAY_MS) return null;
  return `${box.backlog} 条记录没传上来，已 ${spanText(away)}没有联系`;
}

function silence(box: BoxLine, nowMs: number): string | null {
  const away = awayMs(box, nowMs);
  return away < SILENT_DAYS * DAY_MS ? null : `已 ${spanText(away)}没有联系`;
}

export function attentionOf(box: BoxLine, nowMs: number): string[] {
  const found = REASONS.map((reason) => reason(box, nowMs)).filter((text) => text !== null);
  // Waiting records already say how long the room has been away.
  return waitingRecords(box, nowMs) === null
    ? found
    : found.filter((text) => text !== silence(box, nowMs));
}
