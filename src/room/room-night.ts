/** What the overnight refresh must know of the room: what is planned, what is on. Pure. */
import type { View } from "../../protocol/generated/types.ts";
import type { SessionRegister } from "../../protocol/register.ts";
import { countyDate, DAY_MS } from "./county-day.ts";
import { openDays } from "./home-view.ts";
import type { RoomNight } from "./room-ports.ts";
import type { ViewFacts } from "./room-view.ts";

/** As for home: sessions further back hold no day of a plan that is still to come. */
const RECENT_MAX = 100;

export function makeNight(
  { live, shelf, register, site }: Pick<ViewFacts, "live" | "shelf" | "register" | "site">,
  clock: View["clock"],
): RoomNight {
  const { utcOffsetMinutes } = site;
  const dayOf = (unixMs: number | null) =>
    unixMs === null ? null : countyDate(unixMs, utcOffsetMinutes);
  const isOn = live !== null && live.state.ended === null;
  return {
    // A day that a person confirmed says nothing of the hour.
    now: clock.sure && !clock.dayOnly ? timeOf(clock.unixMs, utcOffsetMinutes) : null,
    isBusy: isOn && !live.held,
    days: openDays({
      plan: shelf.plan?.document ?? null,
      closedSessions: register.fold.sessions({ closed: true, limit: RECENT_MAX }),
      dateOf: ({ openedAt }: SessionRegister) => dayOf(openedAt.unixMs),
    }),
    inUse: isOn ? live.lessons.map(({ ref }) => ({ id: ref.id, version: ref.version })) : [],
  };
}

function timeOf(unixMs: number | null, utcOffsetMinutes: number): RoomNight["now"] {
  if (unixMs === null) return null;
  const sinceMidnight = (unixMs + utcOffsetMinutes * 60_000) % DAY_MS;
  return {
    date: countyDate(unixMs, utcOffsetMinutes),
    minute: Math.floor(sinceMidnight / 60_000),
  };
}
