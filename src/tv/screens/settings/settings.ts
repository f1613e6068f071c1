/** The settings without a picture: a numbered list, and behind each number one thing to see. */
import { moved } from "../../parts/draw.ts";
import type { Turned } from "../../parts/turn.ts";
import type { RemoteKey } from "../../screen.ts";
import { beginSize, pressSize, type SizeState } from "./size.ts";

export const ITEMS = [
  { words: "字的大小", part: "size" },
  { words: "后排看字", part: "eyes" },
  { words: "试遥控器", part: "keys" },
  { words: "试声音", part: "sound" },
  { words: "朗读", part: "voice" },
  { words: "存储和片子", part: "storage" },
  { words: "网络和版本", part: "about" },
  { words: "从头设置", part: "setup" },
] as const;

export type SettingsPart = "list" | Exclude<(typeof ITEMS)[number]["part"], "setup">;

export interface SettingsState {
  readonly part: SettingsPart;
  readonly focus: number;
  readonly size: SizeState;
  /** Prompts are spoken; also the choice that has the focus, until OK. */
  readonly voice: boolean;
  /** Keys that came in the remote's test, newest last. */
  readonly pressed: readonly RemoteKey[];
}

export interface SettingsFacts {
  readonly screen: { readonly inches: number; readonly lastRowM: number } | null;
  readonly voice: boolean;
}

export function beginSettings({ screen, voice }: SettingsFacts): SettingsState {
  return { part: "list", focus: 0, size: beginSize(screen), voice, pressed: [] };
}

export function pressSettings(state: SettingsState, key: RemoteKey): Turned<SettingsState> {
  if (state.part === "list") return listKey(state, key);
  if (state.part === "keys") return { state: keysKey(state, key) };
  if (key === "back") return { state: { ...state, part: "list" } };
  if (state.part === "size") return sizeKey(state, key);
  if (state.part === "voice") return voiceKey(state, key);
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
  if (chosen.part === "setup") return { state, go: { kind: "setup" } };
  return { state: { ...state, part: chosen.part, focus: digit ?? state.focus, pressed: [] } };
}

/** Back is a key to be tested too: only the second one in a row leaves. */
function keysKey(state: SettingsState, key: RemoteKey): SettingsState {
  const last = state.pressed[state.pressed.length - 1];
  if (key === "back" && last === "back") return { ...state, part: "list", pressed: [] };
  return { ...state, pressed: [...state.pressed, key].slice(-6) };
}

function voiceKey(state: SettingsState, key: RemoteKey): Turned<SettingsState> {
  const { voice } = state;
  if (key === "ok") return { state: { ...state, part: "list" }, send: { kind: "settings", voice } };
  const isMove = key === "up" || key === "down";
  return isMove ? { state: { ...state, voice: key === "up" } } : null;
}

function sizeKey(state: SettingsState, key: RemoteKey): Turned<SettingsState> {
  if (key !== "ok") {
    const size = pressSize(state.size, key);
    return size === null ? null : { state: { ...state, size } };
  }
  const { inches, lastRowM } = state.size;
  return { state: { ...state, part: "list" }, send: { kind: "settings", inches, lastRowM } };
}
