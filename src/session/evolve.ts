/** The next state, from the record that was written. One that does not fit changes nothing. */
import type { AttendanceStatus } from "../../protocol/generated/types.ts";
import { atLeastNamed, headsOf } from "../../protocol/guest-heads.ts";
import type { PayloadByKind, RecordDraft } from "../../protocol/record.ts";
import { indexOfStage } from "./flow.ts";
import { keyOf, type SessionState, stageOf } from "./session.ts";

type Evolve<K extends keyof PayloadByKind> = (
  state: SessionState,
  payload: PayloadByKind[K],
) => SessionState;

const attend: Evolve<"attend"> = (state, { marks, guests }) => {
  const changed = Object.fromEntries(
    marks.map((mark) => [mark[0] as string, mark[1] as AttendanceStatus]),
  );
  return {
    ...state,
    marks: { ...state.marks, ...changed },
    guests: atLeastNamed({ ...state.guests, ...guests }, Object.values(state.named)),
  };
};

const guest: Evolve<"guest"> = (state, { guest: id, as, event }) => {
  const known = state.named[id];
  const isNews = event === "came" ? known === undefined : known?.struck === false;
  if (!isNews) return state;
  const heads = headsOf(known?.as ?? as);
  const by = event === "came" ? 1 : -1;
  return {
    ...state,
    named: { ...state.named, [id]: { as: known?.as ?? as, struck: event === "struck" } },
    guests: { ...state.guests, [heads]: state.guests[heads] + by },
  };
};

const step: Evolve<"step"> = (state, { event, item, stage, left, atMs }) => {
  if (event === "pause") return { ...state, paused: true };
  if (event === "resume") return { ...state, paused: false };
  const at = indexOfStage(state.flow, item, stage);
  if (at < 0) return state;
  const endings = left === undefined ? {} : { [state.at]: left.ending };
  const filmLeftAt = atMs === undefined ? {} : { [stageOf(state).item]: atMs };
  return {
    ...state,
    at,
    paused: false,
    explaining: null,
    endings: { ...state.endings, ...endings },
    filmLeftAt: { ...state.filmLeftAt, ...filmLeftAt },
  };
};

const cue: Evolve<"cue"> = (state, { item, cue: index, event, atMs }) => {
  if (event === "reached") return { ...state, explaining: { cue: index, atMs } };
  const done = state.cuesDone[item] ?? [];
  const cuesDone =
    index < 0 || done.includes(index)
      ? state.cuesDone
      : { ...state.cuesDone, [item]: [...done, index] };
  return { ...state, explaining: null, cuesDone };
};

const EVOLVE: { readonly [K in keyof PayloadByKind]?: Evolve<K> } = {
  attend,
  guest,
  headcount: (state, { heads }) => ({ ...state, heads, headsAsked: true }),
  step,
  cue,
  note: (state, note) => ({
    ...state,
    notes: { ...state.notes, [keyOf(note.item, note.topic)]: note },
  }),
  feedback: (state, { item, question, counts }) => ({
    ...state,
    answers: { ...state.answers, [keyOf(item, question)]: counts },
  }),
  practise: (state, task) => ({
    ...state,
    assigned: { ...state.assigned, [keyOf(task.item, task.task)]: task },
  }),
  "session.close": (state, { ending }) => ({ ...state, ended: ending, paused: false }),
};

/** @param record of this session, in the order of the journal; after its close nothing counts */
export function evolve(state: SessionState, record: RecordDraft): SessionState {
  if (state.ended !== null) return state;
  // The table's own type ties kind and payload together; looking up by kind loses that.
  const next = EVOLVE[record.k] as Evolve<keyof PayloadByKind> | undefined;
  return next === undefined ? state : next(state, record.d);
}
