/**
 * Which of two states of a box is the newer. MQTT keeps order within a topic only, and a last will
 * can overtake what its box said: states move forward by (link, n), never by time. Pure.
 */
import type { LinkState } from "../../../protocol/console-api.ts";
import type { BoxState } from "../../../protocol/generated/types.ts";

export interface KnownState {
  readonly st: BoxState["st"] | null;
  readonly link: number;
  readonly n: number;
  /** When it vanished without a word, by the county's clock. */
  readonly lostAtMs: number | null;
}

export const UNKNOWN_STATE: KnownState = { st: null, link: -1, n: -1, lostAtMs: null };

/**
 * Is this word newer than what is known? A will (`lost`) is written before its link begins, so its
 * `n` says nothing: it counts when its link is not older, unless the box said goodbye first.
 */
export function isNewer(known: KnownState, state: BoxState): boolean {
  if (state.link !== known.link) return state.link > known.link;
  if (state.st === "lost") return known.st !== "offline" && known.st !== "lost";
  // The link goes on although its will was published: a broker can be wrong, a box cannot.
  if (known.st === "lost") return state.n >= known.n;
  return state.n > known.n;
}

/**
 * What is said of the link. A loss is believed after the debounce only: most boxes are back soon.
 */
export function linkStateOf(known: KnownState, nowMs: number, debounceMs: number): LinkState {
  switch (known.st) {
    case null:
      return "never";
    case "offline":
      return "offline";
    case "lost":
      return nowMs - (known.lostAtMs ?? 0) >= debounceMs ? "lost" : "online";
    default:
      return "online";
  }
}
