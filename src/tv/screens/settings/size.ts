/** Which screen this is, and how far the last row sits: two rows, changed with ◀▶. */
import { moved } from "../../parts/draw.ts";
import type { RemoteKey } from "../../screen.ts";

/** Sizes of sets that are sold; in between a set is as good as its smaller neighbour. */
export const INCHES = [32, 39, 43, 50, 55, 65, 75, 86] as const;
const LAST_ROW_M = { least: 2, most: 15, step: 0.5 } as const;

export interface SizeState {
  readonly inches: number;
  readonly lastRowM: number;
  /** The set, or the last row. */
  readonly row: 0 | 1;
}

/** What most rooms have. */
const USUAL = { inches: 55, lastRowM: 5 } as const;

export function beginSize(screen: { inches: number; lastRowM: number } | null): SizeState {
  const { inches, lastRowM } = screen ?? USUAL;
  return { inches, lastRowM, row: 0 };
}

/** Null: the key means nothing here. */
export function pressSize(state: SizeState, key: RemoteKey): SizeState | null {
  if (key === "up") return { ...state, row: 0 };
  if (key === "down") return { ...state, row: 1 };
  if (key === "left" || key === "right") return stepSize(state, key === "left" ? -1 : 1);
  return null;
}

function stepSize(state: SizeState, by: 1 | -1): SizeState {
  if (state.row === 0) {
    const at = INCHES.findIndex((inches) => inches >= state.inches);
    return { ...state, inches: INCHES[moved(at, by, INCHES.length)] ?? state.inches };
  }
  const { least, most, step } = LAST_ROW_M;
  const lastRowM = Math.min(Math.max(state.lastRowM + by * step, least), most);
  return { ...state, lastRowM };
}
