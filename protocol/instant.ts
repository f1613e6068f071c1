/**
 * Moments as the registers show them: dated by a `TimeLine`, and put into words. Without `Intl`:
 * old web views lack its data, and all of a county keeps one offset.
 */
import type { RecordEnvelope } from "./generated/types.ts";
import type { TimeSource } from "./time-evidence.ts";
import type { TimeLine } from "./time-line.ts";

/** When a record was written, as the box's own clock of the boot says it. */
export interface Stamp {
  readonly bootOrdinal: number;
  readonly bootMs: number;
}

/** A stamp, and what is known of its true time. */
export interface Instant extends Stamp {
  /** Middle of what is possible, when that is one day or less; null: 时间未确认. */
  readonly unixMs: number | null;
  /** The day is known. */
  readonly sure: boolean;
  /** How far the true time may lie from `unixMs`; absent when that is null. */
  readonly uncMs?: number;
  /** Earliest and latest possible; null: no bound. Absent when `unixMs` says it. */
  readonly between?: readonly [number | null, number | null];
  /** Who said what the time was, in that boot; null: only other boots bound it. */
  readonly source?: TimeSource | null;
  /** Two sources contradict each other. */
  readonly conflict?: true;
}

/** Gives stamps their times; a record that comes later may give them better ones. */
export type DateStamp = (stamp: Stamp) => Instant;

const DAY_MS = 86_400_000;
/** An operator's day carried through an uptime of weeks, with the drift of the clock. */
const DAY_SLACK_MS = 600_000;
/** Minutes are shown when they are right to this. */
const EXACT_MS = 600_000;

export function stampOf({ bt, mt }: Pick<RecordEnvelope, "bt" | "mt">): Stamp {
  return { bootOrdinal: bt, bootMs: mt };
}

export function dateStampBy(line: TimeLine): DateStamp {
  return ({ bootOrdinal, bootMs }) => {
    const { lo, hi, source, conflict } = line.at(bootOrdinal, bootMs);
    const stamp = { bootOrdinal, bootMs, source, ...(conflict ? { conflict } : {}) };
    if (hi - lo > DAY_MS + DAY_SLACK_MS) {
      return { ...stamp, unixMs: null, sure: false, between: [finite(lo), finite(hi)] };
    }
    const uncMs = Math.ceil((hi - lo) / 2);
    return { ...stamp, unixMs: Math.round((lo + hi) / 2), sure: true, uncMs };
  };
}

function finite(ms: number): number | null {
  return Number.isFinite(ms) ? Math.round(ms) : null;
}

/** `2026-03-05`, in the county's zone. */
export function dayText(unixMs: number, utcOffsetMinutes: number): string {
  return new Date(unixMs + utcOffsetMinutes * 60_000).toISOString().slice(0, 10);
}

/** `08:30` */
export function clockText(unixMs: number, utcOffsetMinutes: number): string {
  return new Date(unixMs + utcOffsetMinutes * 60_000).toISOString().slice(11, 16);
}

/** The day is known, the time of the day is not. */
export function isDayOnly({ uncMs = 0 }: Pick<Instant, "uncMs">): boolean {
  return uncMs > EXACT_MS;
}

/** `2026-03-05 08:30`, `2026-03-05(播放员确认)`, or 时间未确认. */
export function instantWords(
  instant: Omit<Instant, keyof Stamp>,
  utcOffsetMinutes: number,
): string {
  const { unixMs, sure, source, conflict } = instant;
  if (!sure || unixMs === null) return UNCONFIRMED;
  const day = dayText(unixMs, utcOffsetMinutes);
  const doubt = conflict === true ? "（时间有出入）" : "";
  if (!isDayOnly(instant)) return `${day} ${clockText(unixMs, utcOffsetMinutes)}${doubt}`;
  return `${day}${doubt || (source === "operator" ? "（播放员确认）" : "（大约）")}`;
}

export const UNCONFIRMED = "时间未确认";

/** The same, and between which days it must have been when that is all that is known. */
export function instantWordsLong(instant: Instant, utcOffsetMinutes: number): string {
  const words = instantWords(instant, utcOffsetMinutes);
  const [from = null, to = null] = instant.between ?? [];
  if (instant.sure || (from === null && to === null)) return words;
  const day = (unixMs: number) => dayText(unixMs, utcOffsetMinutes);
  if (to === null) return `${words}（${day(from ?? 0)} 以后）`;
  if (from === null) return `${words}（${day(to)} 以前）`;
  return `${words}（${day(from)} 至 ${day(to)} 之间）`;
}
