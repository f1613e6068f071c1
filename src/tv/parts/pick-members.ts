/**
 * Picking some of the people in the room, without a picture: OK takes or leaves one, digits go to a
 * number, and Back is done. What was picked lies in the screen's own state until it is sent.
 */
import type { MemberCard } from "../../../protocol/page-api.ts";
import type { RemoteKey } from "../screen.ts";
import { moved } from "./draw.ts";
import { moveInGrid } from "./turn.ts";
import { numberWords } from "./words.ts";

export const PICK_GRID = { columns: 2, rows: 4 } as const;
export const PICK_PAGE = PICK_GRID.columns * PICK_GRID.rows;

export interface PickState {
  readonly focus: number;
  readonly chosen: readonly string[];
  /** 有困难: would, but something is in the way; missing where nobody is asked for it. */
  readonly hindered?: readonly string[];
  /** Digits of a number that is not whole yet. */
  readonly typed: string;
  readonly said: string | null;
}

export function beginPick(chosen: readonly string[], hindered?: readonly string[]): PickState {
  const begun = { focus: 0, chosen, typed: "", said: null };
  return hindered === undefined ? begun : { ...begun, hindered };
}

/** Numbers are permanent: three digits as soon as one needs them. */
export function digitsOf(members: readonly Pick<MemberCard, "no">[]): 2 | 3 {
  return members.some(({ no }) => no > 99) ? 3 : 2;
}

/** Null: the key means nothing here; Back is the screen's. */
export function pressPick(
  state: PickState,
  key: RemoteKey,
  members: readonly MemberCard[],
): PickState | null {
  if (key.startsWith("digit-")) return typeDigit(state, key.slice(6), members);
  if (key === "ok") {
    return toggle({ ...state, typed: "", said: null }, members[state.focus]?.id);
  }
  const { length: count } = members;
  const page = { "page-up": -PICK_PAGE, "page-down": PICK_PAGE }[key as "page-up"];
  const focus =
    page === undefined
      ? moveInGrid(state.focus, key, { count, columns: PICK_GRID.columns })
      : moved(state.focus, page, count);
  return focus === undefined ? null : { ...state, focus, typed: "", said: null };
}

/** OK takes and leaves; where difficulties are asked for it goes round three ways. */
function toggle(state: PickState, id: string | undefined): PickState {
  if (id === undefined) return state;
  const { hindered } = state;
  const isChosen = state.chosen.includes(id);
  const chosen = state.chosen.filter((other) => other !== id);
  if (hindered === undefined) return { ...state, chosen: isChosen ? chosen : [...chosen, id] };
  if (isChosen) return { ...state, chosen, hindered: [...hindered, id] };
  if (hindered.includes(id)) return { ...state, hindered: hindered.filter((one) => one !== id) };
  return { ...state, chosen: [...chosen, id] };
}

function typeDigit(state: PickState, digit: string, members: readonly MemberCard[]): PickState {
  const typed = state.typed + digit;
  if (typed.length < digitsOf(members)) return { ...state, typed, said: null };
  const focus = members.findIndex(({ no }) => no === Number(typed));
  const cleared = { ...state, typed: "" };
  if (focus < 0) {
    const words = numberWords(Number(typed));
    return { ...cleared, said: `没有 ${words} 号，请再按一次` };
  }
  return toggle({ ...cleared, focus, said: null }, members[focus]?.id);
}
