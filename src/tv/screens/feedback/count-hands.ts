/** Counting hands without a picture: one option after the other; not counted is not nought. */
import type { HandCount, Question } from "../../../../protocol/generated/types.ts";
import { enterHand, isCoarse } from "../../parts/hand-entry.ts";
import type { RemoteKey } from "../../screen.ts";

export interface HandsState {
  /** Index of the option that is counted. */
  readonly option: number;
  readonly counts: readonly HandCount[];
  /** All were counted, and the answer is to be sent. */
  readonly complete: boolean;
}

/** Also after a restart or on the way back: what was counted stands there. */
export function beginHands(
  { options }: Pick<Question, "options">,
  known: readonly HandCount[] = [],
): HandsState {
  const counts = options.map((_option, index) => known[index] ?? null);
  return { option: 0, counts, complete: false };
}

/** Null: the key means nothing here. */
export function pressHands(state: HandsState, key: RemoteKey, inRoom: number): HandsState | null {
  if (key === "ok") return confirm(state, inRoom);
  const now = state.counts[state.option] ?? null;
  // Back clears what was entered; on — it leads to the menu, and ◀ to the count before.
  if (key === "back") return now === null ? null : withCount(state, null);
  if (key === "left" && now === null) return before(state);
  const next = enterHand(now, key);
  return next === undefined ? null : withCount(state, next);
}

function before(state: HandsState): HandsState | null {
  return state.option === 0 ? null : { ...state, option: state.option - 1 };
}

function withCount(state: HandsState, count: HandCount): HandsState {
  const counts = state.counts.map((old, index) => (index === state.option ? count : old));
  return { ...state, counts };
}

function confirm(state: HandsState, inRoom: number): HandsState {
  const last = state.counts.length - 1;
  if (state.option >= last) return { ...state, complete: true };
  const option = state.option + 1;
  const empty = (state.counts[last] ?? null) === null;
  const counts = option === last && empty ? fillLast(state.counts, inRoom) : state.counts;
  return { ...state, option, counts };
}

/** The last option gets whoever is left, when all the others were counted. */
export function fillLast(counts: readonly HandCount[], inRoom: number): readonly HandCount[] {
  const others = counts.slice(0, -1);
  if (!others.every((count) => typeof count === "number")) return counts;
  const rest = inRoom - sumOf(others);
  return rest >= 0 ? [...others, rest] : counts;
}

export function sumOf(counts: readonly HandCount[]): number {
  return counts.reduce<number>((sum, count) => sum + (typeof count === "number" ? count : 0), 0);
}

export interface SumWords {
  readonly words: string;
  readonly agrees: boolean;
}

export function sumWords({ counts }: HandsState, inRoom: number): SumWords {
  if (counts.some(isCoarse)) return { words: "估的，不合计，照估的登记", agrees: true };
  const counted = counts.filter((count) => count !== null).length;
  if (counted === 0) return { words: "请举手。没有数，直接按【确定】", agrees: true };
  const sum = sumOf(counts);
  const agrees = counted < counts.length ? sum <= inRoom : sum === inRoom;
  const mark = agrees ? "" : "▲ ";
  return { words: `${mark}合计 ${sum} 人，到场 ${inRoom} 人`, agrees };
}
