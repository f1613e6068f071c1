/**
 * Entering a counted number with six keys: ◀▶ by one, ▲▼ by five, digits where a remote has them.
 * It begins at —, and OK on — says *not counted*: never a number that nobody counted.
 */
import type { Scene } from "../scene/node.ts";
import type { RemoteKey } from "../screen.ts";
import { COLOURS, type TextSizes } from "../theme.ts";
import { centred } from "./draw.ts";

/** Null: not counted. */
export type Entered = number | null;

/** Nobody counts more heads than this in one room; three digits are entered. */
const NUMBER_MAX = 999;

const STEP: Partial<Record<RemoteKey, number>> = { left: -1, right: 1, up: 5, down: -5 };

/** The next value, or undefined when the key is not for it. */
export function enterNumber(value: Entered, key: RemoteKey): Entered | undefined {
  const step = STEP[key];
  if (step !== undefined) return stepBy(value, step);
  if (!key.startsWith("digit-")) return undefined;
  const typed = (value ?? 0) * 10 + Number(key.slice(6));
  return typed > NUMBER_MAX ? Number(key.slice(6)) : typed;
}

/** Below nought lies —. */
function stepBy(value: Entered, step: number): Entered {
  if (value === null) return step > 0 ? step : null;
  const next = value + step;
  return next < 0 ? null : Math.min(next, NUMBER_MAX);
}

export function numberScene(value: Entered, y: number, sizes: TextSizes): Scene {
  const words = value === null ? "—" : String(value);
  return [centred(y, words, sizes.mega, { colour: COLOURS.focus })];
}
