/**
 * 播后讨论 without a picture: think, talk in pairs, share; a clock that decides nothing; a group by
 * chance; and what came up, and who spoke, in `notes.ts`.
 */
import type { MemberCard } from "../../../../protocol/page-api.ts";
import type { PickState } from "../../parts/pick-members.ts";
import type { Turned } from "../../parts/turn.ts";
import type { RemoteKey } from "../../screen.ts";
import { drawGroup, groupsOf } from "./draw-group.ts";
import { beginNote, type NoteFacts, type Noting, noteKey, pickKey } from "./notes.ts";

export const PHASES_S = [30, 120, 60] as const;
const MINUTE_MS = 60_000;
const SHARE_PHASE = 2;

export interface TalkState {
  readonly topic: number;
  readonly phase: number;
  readonly endsAtMs: number;
  /** How often a group was drawn for this topic. */
  readonly draws: number;
  /** Null: the clock is shown, not the points. */
  readonly noting: Noting | null;
  /** Over the points: who spoke. */
  readonly pick: PickState | null;
}

export interface TalkFacts extends NoteFacts {
  readonly phasesS: readonly number[];
  /** Who is in the room. */
  readonly members: readonly MemberCard[];
  /** The service's seed for what chance decides. */
  readonly chance: number;
  readonly nowMs: number;
  readonly at: number;
}

export function beginTalk(topic: number, facts: TalkFacts): TalkState {
  const last = Math.max(0, facts.topics.length - 1);
  const begun = { phase: 0, endsAtMs: 0, draws: 0, noting: null, pick: null };
  return toPhase({ ...begun, topic: Math.min(topic, last) }, 0, facts);
}

export function phaseWords(phase: number, phasesS: readonly number[]): string {
  const seconds = phasesS[0] ?? PHASES_S[0];
  return [`先自己想 ${seconds} 秒`, "两三个人说一说", "推一位同志讲一讲"][phase] ?? "";
}

/** Null: none was drawn. */
export function drawnWords({ topic, draws }: TalkState, facts: TalkFacts): string | null {
  if (draws === 0) return null;
  const group = drawGroup(groupsOf(facts.members), facts.chance + topic, draws);
  return `抽到：${group}，推一位讲一讲`;
}

export function mayDraw({ phase }: TalkState): boolean {
  return phase === SHARE_PHASE;
}

export function leftMs({ endsAtMs }: TalkState, nowMs: number): number {
  return Math.max(0, endsAtMs - nowMs);
}

function toPhase(state: TalkState, phase: number, { phasesS, nowMs }: TalkFacts): TalkState {
  return { ...state, phase, draws: 0, endsAtMs: nowMs + (phasesS[phase] ?? 60) * 1000 };
}

export function pressTalk(state: TalkState, key: RemoteKey, facts: TalkFacts): Turned<TalkState> {
  const { noting, pick } = state;
  if (noting === null) return clockKey(state, key, facts);
  const topic = facts.topics[state.topic];
  const { members } = facts;
  const turn =
    pick === null
      ? noteKey(noting, { key, topic })
      : pickKey(noting, pick, { key, topic, members });
  return turn === null ? null : { ...turn, state: { ...state, ...turn.state } };
}

function clockKey(state: TalkState, key: RemoteKey, facts: TalkFacts): Turned<TalkState> {
  switch (key) {
    case "ok":
      return next(state, facts);
    case "right":
      return mayDraw(state) ? { state: { ...state, draws: state.draws + 1 } } : next(state, facts);
    case "left":
      return previous(state, facts);
    case "up": {
      const from = Math.max(state.endsAtMs, facts.nowMs);
      return { state: { ...state, endsAtMs: from + MINUTE_MS } };
    }
    case "down":
      return { state: { ...state, noting: beginNote(state.topic, facts) } };
    default:
      return null;
  }
}

function next(state: TalkState, facts: TalkFacts): Turned<TalkState> {
  if (state.phase < SHARE_PHASE) return { state: toPhase(state, state.phase + 1, facts) };
  if (state.topic + 1 >= facts.topics.length) {
    return { state, send: { kind: "advance", from: facts.at } };
  }
  return turnTo(state, state.topic + 1, facts);
}

function previous(state: TalkState, facts: TalkFacts): Turned<TalkState> {
  if (state.phase > 0) return { state: toPhase(state, state.phase - 1, facts) };
  return state.topic > 0 ? turnTo(state, state.topic - 1, facts) : { state };
}

function turnTo(state: TalkState, topic: number, facts: TalkFacts): Turned<TalkState> {
  return { state: toPhase({ ...state, topic }, 0, facts), send: { kind: "turn", card: topic } };
}
