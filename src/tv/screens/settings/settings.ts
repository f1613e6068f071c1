/** The settings without a picture: a numbered list, and behind each number one thing to see. */
import { moved } from "../../parts/draw.ts";
import type { Turned } from "../../parts/turn.ts";
import type { RemoteKey } from "../../screen.ts";

export const ITEMS = [
  { words: "字的大小", part: "size" },
  { words: "后排看字", part: "eyes" },
  { words: "试遥控器", part: "keys" },
  { words: "试声音", part: "sound" },
  { words: "存储和片子", part: "storage" },
  { words: "网络和版本", part: "about" },
] as const;

export type SettingsPart = "list" | (typeof ITEMS)[number]["part"];

/** Sizes of sets that are sold; in between a set is as good as its smaller neighbour. */
export const INCHES = [32, 39, 43, 50, 55, 65, 75, 86] as const;
const LAST_ROW_M = { least: 2, most: 15, step: 0.5 } as const;

export interface SettingsState {
  readonly part: SettingsPart;
  readonly focus: number;
  readonly inches: number;
  readonly lastRowM: number;
  /** Row of the size part: the set, or the last row. */
  readonly row: 0 | 1;
  /** Keys that came in the remote's test, newest last. */
  readonly pressed: readonly RemoteKey[];
}

export function beginSettings(screen: { inches: number; lastRowM: number } | null): SettingsState {
  const { inches, lastRowM } = screen ?? { inches: 55, lastRowM: 5 };
  return { part: "list", focus: 0, inches, lastRowM, row: 0, pressed: [] };
}

export function pressSettings(state: SettingsState, key: RemoteKey): Turned<SettingsState> {
  if (state.part === "list") return listKey(state, key);
  if (state.part === "keys") return { state: keysKey(state, key) };
  if (key === "back") return { state: { ...state, part: "list" } };
  if (state.part === "size") return sizeKey(state, key);
  return key === "ok" ? { state: { ...state, part: "list" } } : null;
}

function listKey(state: SettingsState, key: RemoteKey): Turned<SettingsState> {
  const step = { up: -2, down: 2, left: -1, right: 1 }[key as "up"];
  if (step !== undefined) {
    return { state: { ...state, focus: moved(state.focus, step, ITEMS.length) } };
  }
  const digit = key.startsWith("digit-") ? Number(key.slice(6)) - 1 : null;
  const chosen = ITEMS[digit ?? state.focus];
  if (chosen === undefined || (digit === null && key !== "ok")) return null;
  return { state: { ...state, part: chosen.part, focus: digit ?? state.focus, pressed: [] } };
}

/** Back is a key to be tested too: only the second one in a row leaves. */
function keysKey(state: SettingsState, key: RemoteKey): SettingsState {
  const last = state.pressed[state.pressed.length - 1];
  if (key === "back" && last === "back") return { ...state, part: "list", pressed: [] };
  return { ...state, pressed: [...state.pressed, key].slice(-6) };
}

function sizeKey(state: SettingsState, key: RemoteKey): Turned<SettingsState> {
  if (key === "up") return { state: { ...state, row: 0 } };
  if (key === "down") return { state: { ...state, row: 1 } };
  if (key === "left" || key === "right") {
    return { state: stepSize(state, key === "left" ? -1 : 1) };
  }
  if (key !== "ok") return null;
  const { inches, lastRowM } = state;
  return { state: { ...state, part: "list" }, send: { kind: "settings", inches, lastRowM } };
}

function stepSize(state: SettingsState, by: 1 | -1): SettingsState {
  if (state.row === 0) {
    const at = INCHES.findIndex((inches) => inches >= state.inches);
    return { ...state, inches: INCHES[moved(at, by, INCHES.length)] ?? state.inches };
  }
  const { least, most, step } = LAST_ROW_M;
  const lastRowM = Math.min(Math.max(state.lastRowM + by * step, least), most);
  return { ...state, lastRowM };
}
