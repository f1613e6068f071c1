/**
 * The first set-up without a picture: the remote, the county, the size of texts, the sound. OK
 * alone leads through it, Back one step back, and Back at its beginning sets it aside.
 */
import type { Intent, LearnedKeys } from "../../../../protocol/generated/types.ts";
import type { Turned } from "../../parts/turn.ts";
import type { RemoteKey } from "../../screen.ts";
import { beginSize, pressSize, type SizeState } from "../settings/size.ts";
import { beginRemote, finished, pressRemote, type RemoteState } from "./remote-check.ts";

/** The remote first: all the others need its keys. */
export const STEPS = ["remote", "enrol", "size", "sound"] as const;
export type SetupStep = (typeof STEPS)[number];

export interface SetupState {
  readonly step: SetupStep;
  readonly remote: RemoteState;
  readonly size: SizeState;
}

export interface SetupFacts {
  /** A county knows the box: there is nothing to ask for. */
  readonly enrolled: boolean;
}

export function beginSetup(
  screen: { inches: number; lastRowM: number } | null,
  learned: LearnedKeys,
): SetupState {
  return { step: "remote", remote: beginRemote(learned), size: beginSize(screen) };
}

const ASIDE: Intent = { kind: "settings", setUp: true };

export function pressSetup(
  state: SetupState,
  key: RemoteKey,
  facts: SetupFacts,
): Turned<SetupState> {
  if (state.step === "remote") return remoteKey(state, key, facts);
  if (state.step === "sound" && key === "digit-1") return finish(state, true);
  if (key === "back") return { state: stepBy(state, -1, facts) };
  if (state.step === "size" && key !== "ok") {
    const size = pressSize(state.size, key);
    return size === null ? null : { state: { ...state, size } };
  }
  return key === "ok" ? confirm(state, facts) : null;
}

function remoteKey(state: SetupState, key: RemoteKey, facts: SetupFacts): Turned<SetupState> {
  const remote = pressRemote(state.remote, key);
  if (remote === null) return { state, send: ASIDE, back: true };
  return afterRemote({ ...state, remote }, facts);
}

/** What was learned is kept as soon as the last key was asked for. */
export function afterRemote(state: SetupState, facts: SetupFacts): Turned<SetupState> {
  if (!finished(state.remote)) return { state };
  const { learned } = state.remote;
  const send: Intent = { kind: "settings", learnedKeys: [...learned] };
  return { state: stepBy({ ...state, remote: beginRemote(learned) }, 1, facts), send };
}

function confirm(state: SetupState, facts: SetupFacts): Turned<SetupState> {
  const { inches, lastRowM } = state.size;
  if (state.step === "sound") return finish(state, false);
  const next = stepBy(state, 1, facts);
  return state.step === "size"
    ? { state: next, send: { kind: "settings", inches, lastRowM } }
    : { state: next };
}

/** One press answers both: it was heard, and the remote has number keys or has none. */
function finish(state: SetupState, hasDigits: boolean): Turned<SetupState> {
  return { state, send: { kind: "settings", setUp: true, hasDigits }, back: true };
}

function stepBy(state: SetupState, by: 1 | -1, { enrolled }: SetupFacts): SetupState {
  const steps = STEPS.filter((step) => step !== "enrol" || !enrolled || step === state.step);
  const at = steps.indexOf(state.step) + by;
  return { ...state, step: steps[Math.min(Math.max(at, 0), steps.length - 1)] ?? state.step };
}

/** The county has taken the box meanwhile: nobody need press anything. */
export function whenEnrolled(state: SetupState, facts: SetupFacts): SetupState {
  return state.step === "enrol" && facts.enrolled ? stepBy(state, 1, facts) : state;
}
