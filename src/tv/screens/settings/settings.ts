/** The settings without a picture: a numbered list, and behind each number one thing to see. */
import type { Contrast } from "../../../../protocol/generated/types.ts";
import { moveInGrid, type Turned } from "../../parts/turn.ts";
import type { Place, RemoteKey } from "../../screen.ts";
import { beginSize, pressSize, type SizeState } from "./size.ts";

/** Nine: each has a digit, and all fit on one page. */
export const ITEMS = [
  { words: "字的大小", part: "size" },
  { words: "颜色对比", part: "contrast" },
  { words: "后排看字", part: "eyes" },
  { words: "画面边框", part: "frame" },
  { words: "试遥控器", part: "keys" },
  { words: "声音朗读", part: "sound" },
  { words: "存储与更新", part: { kind: "storage" } },
  { words: "本机情况", part: { kind: "machine" } },
  { words: "从头设置", part: { kind: "setup" } },
] as const satisfies readonly { readonly words: string; readonly part: string | Place }[];

export const ITEM_COLUMNS = 3;

type Shown = Extract<(typeof ITEMS)[number]["part"], string>;
export type SettingsPart = "list" | Shown;

export interface SettingsState {
  readonly part: SettingsPart;
  readonly focus: number;
  readonly size: SizeState;
  /** Prompts are spoken; also the choice that has the focus, until OK. */
  readonly voice: boolean;
  /** Likewise. */
  readonly contrast: Contrast;
  /** Keys that came in the remote's test, newest last. */
  readonly pressed: readonly RemoteKey[];
}

export interface SettingsFacts {
  readonly screen: { readonly inches: number; readonly lastRowM: number } | null;
  readonly voice: boolean;
  readonly contrast: Contrast;
}

export function beginSettings({ screen, voice, contrast }: SettingsFacts): SettingsState {
  return { part: "list", focus: 0, size: beginSize(screen), voice, contrast, pressed: [] };
}

export function pressSettings(state: SettingsState, key: RemoteKey): Turned<SettingsState> {
  if (state.part === "list") return listKey(state, key);
  if (state.part === "keys") return { state: keysKey(state, key) };
  if (key === "back") return { state: { ...state, part: "list" } };
  return key === "ok" ? confirm(state) : changed(state, key);
}

function listKey(state: SettingsState, key: RemoteKey): Turned<SettingsState> {
  const grid = { count: ITEMS.length, columns: ITEM_COLUMNS };
  const focus = moveInGrid(state.focus, key, grid);
  if (focus !== undefined) return { state: { ...state, focus } };
  const digit = key.startsWith("digit-") ? Number(key.slice(6)) - 1 : null;
  const chosen = ITEMS[digit ?? state.focus];
  if (chosen === undefined || (digit === null && key !== "ok")) return null;
  const next = { ...state, focus: digit ?? state.focus };
  if (typeof chosen.part !== "string") return { state: next, go: chosen.part };
  return { state: { ...next, part: chosen.part, pressed: [] } };
}

/** Back is a key to be tested too: only the second one in a row leaves. */
function keysKey(state: SettingsState, key: RemoteKey): SettingsState {
  const last = state.pressed[state.pressed.length - 1];
  if (key === "back" && last === "back") return { ...state, part: "list", pressed: [] };
  return { ...state, pressed: [...state.pressed, key].slice(-6) };
}

/** What was chosen counts from OK on. */
function confirm(state: SettingsState): Turned<SettingsState> {
  const next: SettingsState = { ...state, part: "list" };
  const { size, voice, contrast } = state;
  switch (state.part) {
    case "size":
      return {
        state: next,
        send: { kind: "settings", inches: size.inches, lastRowM: size.lastRowM },
      };
    case "sound":
      return { state: next, send: { kind: "settings", voice } };
    case "contrast":
      return { state: next, send: { kind: "settings", contrast } };
    default:
      return { state: next };
  }
}

function changed(state: SettingsState, key: RemoteKey): Turned<SettingsState> {
  if (state.part === "size") {
    const size = pressSize(state.size, key);
    return size === null ? null : { state: { ...state, size } };
  }
  if (key !== "up" && key !== "down") return null;
  const isSecond = key === "down";
  if (state.part === "sound") return { state: { ...state, voice: !isSecond } };
  if (state.part !== "contrast") return null;
  return { state: { ...state, contrast: isSecond ? "high" : "normal" } };
}
