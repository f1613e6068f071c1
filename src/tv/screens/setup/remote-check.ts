/**
 * Trying the remote's six keys, one after the other. What comes and is no key of any table is
 * learned as the key that was asked for; a key that cannot be had is passed over.
 */
import type { LearnedKeys } from "../../../../protocol/generated/types.ts";
import type { RemoteKey } from "../../screen.ts";

export type AskedKey = Extract<RemoteKey, "ok" | "back" | "up" | "down" | "left" | "right">;

/** Back last: before, it leads away. */
export const ASKED: readonly AskedKey[] = ["ok", "up", "down", "left", "right", "back"];

export const KEY_NAMES: Readonly<Record<AskedKey, string>> = {
  ok: "确定",
  up: "▲",
  down: "▼",
  left: "◀",
  right: "▶",
  back: "返回",
};

export interface RemoteState {
  /** Index into `ASKED`; its length when all were asked for. */
  readonly at: number;
  readonly tried: readonly AskedKey[];
  readonly learned: LearnedKeys;
  readonly said: string | null;
}

export function beginRemote(learned: LearnedKeys): RemoteState {
  return { at: 0, tried: [], learned, said: null };
}

export function finished({ at }: RemoteState): boolean {
  return at >= ASKED.length;
}

/** What passes over a key that cannot be had; OK itself is passed over with ▶. */
export function skipKeyOf(asked: AskedKey): AskedKey {
  return asked === "ok" ? "right" : "ok";
}

/** Null: Back before it was asked for. */
export function pressRemote(state: RemoteState, key: RemoteKey): RemoteState | null {
  const asked = ASKED[state.at];
  if (asked === undefined) return state;
  if (key === asked) return next({ ...state, tried: [...state.tried, asked], said: null });
  if (key === "back") return null;
  if (key === skipKeyOf(asked)) return next({ ...state, said: null });
  const name = KEY_NAMES[key as AskedKey] ?? "别的键";
  return { ...state, said: `这是【${name}】，请按【${KEY_NAMES[asked]}】` };
}

/** @param name of the strange key, as `rawName` gives it */
export function learnRemote(state: RemoteState, name: string): RemoteState {
  const asked = ASKED[state.at];
  if (asked === undefined) return state;
  const others = state.learned.filter(({ raw }) => raw !== name);
  const learned = [...others, { raw: name, key: asked }].slice(-LEARNED_MAX);
  const tried = [...state.tried, asked];
  return next({ ...state, tried, learned, said: `【${KEY_NAMES[asked]}】记住了 ✔` });
}

/** As the protocol has room for. */
const LEARNED_MAX = 24;

function next(state: RemoteState): RemoteState {
  return { ...state, at: state.at + 1 };
}
