/**
 * 播后讨论 without a picture: think, talk in pairs, share; a clock that decides nothing; and what
 * came up, ticked off.
 */
import type { Intent, NotePayload, Topic } from "../../../../protocol/generated/types.ts";
import { moveInGrid, type Turned } from "../../parts/turn.ts";
import type { RemoteKey } from "../../screen.ts";

export const PHASES_S = [30, 120, 60] as const;
const MINUTE_MS = 60_000;
/** Six points at most, then 还有疑问 and 记好了. */
export const NOTE_COLUMNS = 2;

export interface TalkState {
  readonly topic: number;
  readonly phase: number;
  readonly endsAtMs: number;
  /** Null: the clock is shown, not the points. */
  readonly noting: Noting | null;
}

export interface Noting {
  readonly focus: number;
  readonly points: readonly number[];
  /** Null: nobody said. */
  readonly doubts: boolean | null;
}

export interface TalkFacts {
  readonly topics: readonly Topic[];
  readonly phasesS: readonly number[];
  readonly notes: Readonly<Record<string, Pick<NotePayload, "points" | "doubts">>>;
  readonly nowMs: number;
  readonly at: number;
}

export function beginTalk(topic: number, facts: TalkFacts): TalkState {
  const last = Math.max(0, facts.topics.length - 1);
  return toPhase({ topic: Math.min(topic, last), phase: 0, endsAtMs: 0, noting: null }, 0, facts);
}

export function phaseWords(phase: number, phasesS: readonly number[]): string {
  const seconds = phasesS[0] ?? PHASES_S[0];
  return [`先自己想 ${seconds} 秒`, "两三个人说一说", "推一位同志讲一讲"][phase] ?? "";
}

export function leftMs({ endsAtMs }: TalkState, nowMs: number): number {
  return Math.max(0, endsAtMs - nowMs);
}

function toPhase(state: TalkState, phase: number, { phasesS, nowMs }: TalkFacts): TalkState {
  return { ...state, phase, endsAtMs: nowMs + (phasesS[phase] ?? 60) * 1000 };
}

export function pressTalk(state: TalkState, key: RemoteKey, facts: TalkFacts): Turned<TalkState> {
  return state.noting === null
    ? clockKey(state, key, facts)
    : noteKey(state, state.noting, { key, facts });
}

function clockKey(state: TalkState, key: RemoteKey, facts: TalkFacts): Turned<TalkState> {
  switch (key) {
    case "ok":
    case "right":
      return next(state, facts);
    case "left":
      return previous(state, facts);
    case "up": {
      const from = Math.max(state.endsAtMs, facts.nowMs);
      return { state: { ...state, endsAtMs: from + MINUTE_MS } };
    }
    case "down":
      return { state: { ...state, noting: beginNote(state, facts) } };
    default:
      return null;
  }
}

/** What was noted before a restart, or before going back, is there again. */
function beginNote({ topic }: TalkState, { topics, notes }: TalkFacts): Noting | null {
  const asked = topics[topic];
  if (asked === undefined) return null;
  const note = notes[asked.id];
  return { focus: 0, points: note?.points ?? [], doubts: note?.doubts ?? null };
}

function next(state: TalkState, facts: TalkFacts): Turned<TalkState> {
  if (state.phase < 2) return { state: toPhase(state, state.phase + 1, facts) };
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

export interface NoteRow {
  readonly words: string;
  readonly selected: boolean;
}

export function noteRows({ points: said }: Pick<Topic, "points">, noting: Noting): NoteRow[] {
  const points = said.map((words, index) => ({ words, selected: noting.points.includes(index) }));
  const doubts = noting.doubts === null ? "" : noting.doubts ? ":有" : ":没有";
  return [
    ...points,
    { words: `还有疑问${doubts}`, selected: noting.doubts === true },
    { words: "记好了", selected: false },
  ];
}

function noteKey(
  state: TalkState,
  noting: Noting,
  { key, facts }: { readonly key: RemoteKey; readonly facts: TalkFacts },
): Turned<TalkState> {
  const topic = facts.topics[state.topic];
  if (key === "back" || topic === undefined) return { state: { ...state, noting: null } };
  const count = topic.points.length + 2;
  const focus = moveInGrid(noting.focus, key, { count, columns: NOTE_COLUMNS });
  if (focus !== undefined) return { state: { ...state, noting: { ...noting, focus } } };
  if (key !== "ok") return null;
  if (noting.focus === count - 1) {
    return { state: { ...state, noting: null }, send: noteOf(topic, noting) };
  }
  return { state: { ...state, noting: choose(noting, topic.points.length) } };
}

function choose(noting: Noting, pointCount: number): Noting {
  const { focus, points, doubts } = noting;
  if (focus === pointCount) return { ...noting, doubts: doubts !== true };
  const without = points.filter((point) => point !== focus);
  const changed = without.length === points.length ? [...points, focus] : without;
  return { ...noting, points: [...changed].sort((a, b) => a - b) };
}

function noteOf({ id }: Topic, { points, doubts }: Noting): Intent {
  return { kind: "note", topic: id, points: [...points] as never, speakers: [], doubts };
}
