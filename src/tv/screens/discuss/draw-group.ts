/**
 * Which group is asked to speak: by chance, and never a person. The seed comes from the service, so
 * that a page that was loaded again draws the same.
 */
import type { MemberCard } from "../../../../protocol/page-api.ts";

/** As people sit, where the roster knows no groups. */
const SEATS: readonly string[] = ["前排的同志", "中间的同志", "后排的同志"];

/** One group alone would be no choice. */
const GROUPS_MIN = 2;

export function groupsOf(members: readonly Pick<MemberCard, "group">[]): readonly string[] {
  const named = [...new Set(members.map(({ group }) => group))].filter((group) => group !== "");
  return named.length >= GROUPS_MIN ? named.sort() : SEATS;
}

/** @param draw 1 for the first; each of them comes once before any comes again */
export function drawGroup(groups: readonly string[], seed: number, draw: number): string {
  const order = shuffled(groups, seed);
  return order[(draw - 1) % order.length] ?? "";
}

/** Fisher–Yates over a generator of 32 bits: the same for the same seed in every engine. */
function shuffled(items: readonly string[], seed: number): string[] {
  const order = [...items];
  let state = seed >>> 0;
  for (let last = order.length - 1; last > 0; last -= 1) {
    state = nextState(state);
    const other = state % (last + 1);
    [order[last], order[other]] = [order[other] ?? "", order[last] ?? ""];
  }
  return order;
}

/** Marsaglia, “Xorshift RNGs” (2003), with the shifts 13, 17, 5; it must not begin at 0. */
function nextState(from: number): number {
  let state = from === 0 ? 0x9e3779b9 : from;
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return state >>> 0;
}
