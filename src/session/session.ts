/**
 * A session of the method, as it stands. The state is made of records alone (`evolve.ts`): what the
 * journal holds is all there is to know, and a restart is no special case.
 *
 * - S1. Replaying the records of a session yields the state that living it yielded.
 * - S2. One intent writes at most one record.
 * - S3. expected = P + L + X + V + A + unmarked, in every state.
 * - S4. A session that is closed as done has nobody unmarked.
 * - S5. Which stages there are, and their order, is said by the method and the type alone: data.
 * - S6. Going back, pausing and resuming lose nothing that was recorded.
 * - S7. A type without content has attendance in its records, and nothing that was said.
 */
import type {
  AttendanceCounts,
  AttendanceStatus,
  FeedbackPayload,
  GuestAs,
  NotePayload,
  PractisePayload,
} from "../../protocol/generated/types.ts";
import type { FlowItem, FlowPlan } from "./flow.ts";

export type StageEnding = "done" | "cut-short" | "failed" | "skipped";

export interface SessionState {
  readonly id: string;
  readonly type: string;
  readonly flow: FlowPlan;
  /** Index into `flow`. */
  readonly at: number;
  readonly paused: boolean;
  /** How each stage was left, by flow index; one that was not left yet is missing. */
  readonly endings: Readonly<Record<number, StageEnding>>;
  /** Where the film of each lesson was when its stage was left, by lesson. */
  readonly filmLeftAt: Readonly<Record<number, number>>;
  /** Members expected, in the order of their numbers. */
  readonly expected: readonly string[];
  /** May be marked, speak and take tasks without being expected. */
  readonly welcome: readonly string[];
  readonly marks: Readonly<Record<string, AttendanceStatus>>;
  readonly guests: { readonly G: number; readonly Q: number };
  /** Guests who were named, by id: among the heads above, unless struck out. */
  readonly named: Readonly<Record<string, { readonly as: GuestAs; readonly struck: boolean }>>;
  readonly heads: number | null;
  readonly headsAsked: boolean;
  /** The film stands still because the broadcaster explains; cue -1 is the broadcaster's own. */
  readonly explaining: { readonly cue: number; readonly atMs: number } | null;
  /** Cues that were explained, by lesson. */
  readonly cuesDone: Readonly<Record<number, readonly number[]>>;
  /** By `<lesson>/<topic>`, `<lesson>/<question>`, `<lesson>/<task>`. */
  readonly notes: Readonly<Record<string, NotePayload>>;
  readonly answers: Readonly<Record<string, FeedbackPayload["counts"]>>;
  readonly assigned: Readonly<Record<string, PractisePayload>>;
  readonly ended: "done" | "abandoned" | null;
}

export interface NewSession {
  readonly id: string;
  readonly type: string;
  readonly flow: FlowPlan;
  readonly at: number;
  readonly expected: readonly string[];
  readonly welcome?: readonly string[];
}

export function newSession(start: NewSession): SessionState {
  return {
    welcome: [],
    ...start,
    paused: false,
    endings: {},
    filmLeftAt: {},
    marks: {},
    guests: { G: 0, Q: 0 },
    named: {},
    heads: null,
    headsAsked: false,
    explaining: null,
    cuesDone: {},
    notes: {},
    answers: {},
    assigned: {},
    ended: null,
  };
}

/** The stage it stands in. */
export function stageOf({ flow, at }: SessionState): FlowItem {
  const stage = flow[at];
  if (stage === undefined) throw new RangeError(`no stage ${at} in a flow of ${flow.length}`);
  return stage;
}

export function keyOf(item: number, id: string): string {
  return `${item}/${id}`;
}

/** Whether somebody is in the session's list, expected or welcome: can be marked. */
export function lists({ expected, welcome }: SessionState): (member: string) => boolean {
  const listed = new Set([...expected, ...welcome]);
  return (member) => listed.has(member);
}

/** Listed, or a guest who was named: can speak and take tasks. */
export function knows(state: SessionState): (member: string) => boolean {
  const isListed = lists(state);
  return (member) => isListed(member) || state.named[member]?.struck === false;
}

export function countMarks({ expected, marks, guests }: SessionState): AttendanceCounts {
  const sums: Record<AttendanceStatus, number> = { P: 0, L: 0, X: 0, V: 0, A: 0, "-": 0 };
  for (const member of expected) sums[marks[member] ?? "-"] += 1;
  const { "-": unmarked, ...counted } = sums;
  return { expected: expected.length, ...counted, unmarked, ...guests };
}
