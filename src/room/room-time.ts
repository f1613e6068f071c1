/** What the room knows of now, and what it asks the broadcaster. Pure; docs/formats/time.md. */
import type { Clock } from "../../platform/ports/clock.ts";
import type { Plan, TimeSetPayload, View } from "../../protocol/generated/types.ts";
import { dateStampBy, dayText, type Instant, isDayOnly } from "../../protocol/instant.ts";
import { TRUST_AHEAD_MS } from "../../protocol/time-judge.ts";
import type { Register } from "../register/register.ts";
import { countyDate, DAY_MS } from "./county-day.ts";

export interface NowFacts {
  readonly register: Pick<Register, "fold" | "bootOrdinal">;
  readonly clock: Pick<Clock, "bootMs" | "wallUnixMs">;
  readonly utcOffsetMinutes: number;
  readonly plan: Plan | null;
  /** A session is on the screen: only then is a date worth a question. */
  readonly inSession: boolean;
}

/** When the journal does not even say when its program was built: this line was not there yet. */
const OLDEST_UNIX_MS = Date.UTC(2026, 0, 1);

/** Now, as far as the journal knows. The wall clock has no say in it. */
export function readNow({ register, clock }: Pick<NowFacts, "register" | "clock">): Instant {
  const date = dateStampBy(register.fold.times);
  return date({ bootOrdinal: register.bootOrdinal, bootMs: clock.bootMs() });
}

/** The earliest day that it can be; null: nothing is known. Never above the true one. */
export function earliestToday(
  facts: Pick<NowFacts, "register" | "clock" | "utcOffsetMinutes">,
): string | null {
  const { unixMs, uncMs = 0, between } = readNow(facts);
  const lowest = unixMs === null ? (between?.[0] ?? null) : unixMs - uncMs;
  return lowest === null ? null : dayText(lowest, facts.utcOffsetMinutes);
}

/** False also when either day is not known. */
export function isToday(
  { unixMs }: Instant,
  facts: Pick<NowFacts, "register" | "clock" | "utcOffsetMinutes">,
): boolean {
  const now = readNow(facts).unixMs;
  if (unixMs === null || now === null) return false;
  return countyDate(unixMs, facts.utcOffsetMinutes) === countyDate(now, facts.utcOffsetMinutes);
}

export function makeClockView(facts: NowFacts): View["clock"] {
  const { utcOffsetMinutes } = facts;
  const now = readNow(facts);
  const { sure, unixMs } = now;
  const ask = sure || !facts.inSession ? null : makeQuestion(facts);
  return { sure, unixMs, utcOffsetMinutes, dayOnly: isDayOnly(now), ask };
}

type DateQuestion = NonNullable<View["clock"]["ask"]>;

/** Asked once a boot. Proposes what the wall clock says, where that is possible at all. */
function makeQuestion(facts: NowFacts): DateQuestion | null {
  const { register, clock, utcOffsetMinutes, plan } = facts;
  if (register.fold.times.wasAsked(register.bootOrdinal)) return null;
  const { first, last } = possibleDays(facts);
  const isPossible = (day: string) => first <= day && day <= last;
  const wall = safeDay(clock.wallUnixMs(), utcOffsetMinutes);
  const planned = (plan?.days ?? []).map(({ date }) => date).filter(isPossible);
  const [start = first] = planned.sort();
  const date = wall !== null && isPossible(wall) ? wall : null;
  return { date, start: date ?? start, first, last };
}

/** T2, T4: no day below the floor, and none two years beyond it. */
function possibleDays({
  register,
  utcOffsetMinutes,
}: Pick<NowFacts, "register" | "utcOffsetMinutes">) {
  const floor = Math.max(register.fold.times.floorUnixMs, OLDEST_UNIX_MS);
  return {
    first: dayText(floor, utcOffsetMinutes),
    last: dayText(floor + TRUST_AHEAD_MS, utcOffsetMinutes),
  };
}

/** The largest that a `Date` can hold, and less: a broken clock may say anything. */
const DATE_MAX_MS = 8e15;

function safeDay(unixMs: number, utcOffsetMinutes: number): string | null {
  return Math.abs(unixMs) < DATE_MAX_MS ? dayText(unixMs, utcOffsetMinutes) : null;
}

/** @param date `YYYY-MM-DD`, or null: 不知道. Undefined: no day that it could be. */
export function confirmDate(
  date: string | null,
  facts: Pick<NowFacts, "register" | "clock" | "utcOffsetMinutes">,
): TimeSetPayload | undefined {
  const { register, clock, utcOffsetMinutes } = facts;
  const stamp = { bt: register.bootOrdinal, mt0: clock.bootMs(), unc: DAY_MS / 2 };
  if (date === null) return { ...stamp, wall0: null };
  const { first, last } = possibleDays(facts);
  const midnight = Date.parse(`${date}T00:00:00Z`);
  if (!Number.isInteger(midnight) || date < first || date > last) return undefined;
  return { ...stamp, wall0: midnight - utcOffsetMinutes * 60_000 + DAY_MS / 2 };
}
