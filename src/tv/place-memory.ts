/**
 * Where the page stands outside a session, kept over a reload. What cannot be read is as good as
 * home; whether a session is on is the service's word, not this one's.
 */
import type { Memory } from "./recovery.ts";
import type { Place } from "./screen.ts";
import { OVER_SESSION } from "./target.ts";

const NAME = "one-room-places";
const HOME: readonly Place[] = [{ kind: "home" }];
/** Deeper than any way leads. */
const PLACES_MAX = 8;

export function keepPlaces(memory: Memory, places: readonly Place[]): void {
  memory.write(NAME, JSON.stringify(places));
}

export function keptPlaces(memory: Memory): readonly Place[] {
  try {
    const kept: unknown = JSON.parse(memory.read(NAME) ?? "null");
    return Array.isArray(kept) && kept.length <= PLACES_MAX && kept.every(isPlace) ? kept : HOME;
  } catch {
    return HOME;
  }
}

/** What lies over a stage, as 补签到 does, is chosen anew when it is wanted. */
function isPlace(place: unknown): place is Place {
  if (typeof place !== "object" || place === null) return false;
  const { kind } = place as { kind?: unknown };
  return typeof kind === "string" && !OVER_SESSION.has(kind);
}
