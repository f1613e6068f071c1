/**
 * What an intent comes to: the record to be written, or why not. Pure; no clock, no disk. The
 * effects that are not records (where the film goes on) are data for the room.
 */
import { assert } from "../../protocol/assert.ts";
import type { AnswerError, Intent, Material } from "../../protocol/generated/types.ts";
import type { RecordDraft } from "../../protocol/record.ts";
import { findSessionType } from "../../protocol/session-type.ts";
import type { CorrectionIntent } from "./correct.ts";
import { type HasMaterial, nextIndex, previousIndex } from "./flow.ts";
import {
  countMarks,
  knows,
  lists,
  type SessionState,
  type StageEnding,
  stageOf,
} from "./session.ts";

export type RefusalCode = Extract<
  AnswerError["code"],
  "stale" | "not-now" | "unmarked" | "no-member" | "bad-intent"
>;

/** Where the film goes on after this. */
export interface FilmMove {
  readonly atMs: number;
  readonly playing: boolean;
}

export type Decision =
  | { readonly ok: true; readonly draft: RecordDraft | null; readonly film?: FilmMove }
  | { readonly ok: false; readonly code: RefusalCode };

export interface DecideContext {
  /** Of the lesson that is on; null when there is none. */
  readonly material: Material | null;
  readonly hasMaterial: HasMaterial;
  /** Where the film stands. */
  readonly filmAtMs: number;
  /** The id that a guest named by this intent would have. */
  readonly newGuest: string;
}

/** After an explanation the film goes on a little before the place where it stopped. */
export const REWIND_MS = 2000;

/** Intents that a session answers; the others are the room's. */
export type SessionIntent = Exclude<
  Intent,
  {
    kind:
      | "open-session"
      | "leave-closed"
      | "turn"
      | "play"
      | "seek"
      | "confirm-date"
      | "settings"
      | "want-lesson"
      | "read-notice"
      | Exclude<CorrectionIntent["kind"], "paper">
      | "erase";
  }
>;

type Decide<K extends SessionIntent["kind"]> = (
  state: SessionState,
  intent: Extract<SessionIntent, { kind: K }>,
  context: DecideContext,
) => Decision;

const refuse = (code: RefusalCode): Decision => ({ ok: false, code });
const write = (draft: RecordDraft, film?: FilmMove): Decision => ({
  ok: true,
  draft,
  ...(film === undefined ? {} : { film }),
});
const nothing: Decision = { ok: true, draft: null };

const mark: Decide<"mark"> = (state, { marks, how }) => {
  const isListed = lists(state);
  if (!marks.every(([member]) => isListed(member))) return refuse("no-member");
  const triples = marks.map(([member, status]) => [member, status, how]);
  // The schema's triple is a tuple with fixed places, which its generated type cannot say.
  return write({ k: "attend", d: { session: state.id, marks: triples as never } });
};

/** Moves to another stage and says how the present one was left. */
function move(
  state: SessionState,
  to: number,
  {
    event,
    ending,
    filmAtMs,
  }: { event: "advance" | "retreat"; ending: StageEnding; filmAtMs: number },
): Decision {
  const from = stageOf(state);
  const target = stageOf({ ...state, at: to });
  const left = { stage: from.id, ending };
  const atMs = from.kind === "watch" ? { atMs: Math.max(0, Math.round(filmAtMs)) } : {};
  const step = { session: state.id, item: target.item, stage: target.id, event, left, ...atMs };
  const playing = target.kind === "watch";
  return write({ k: "step", d: step }, { atMs: playing ? filmStart(state, to) : 0, playing });
}

/** A film that was left before its end goes on there; one that was seen begins again. */
function filmStart({ flow, endings, filmLeftAt }: SessionState, to: number): number {
  if (endings[to] === "done") return 0;
  return filmLeftAt[flow[to]?.item ?? -1] ?? 0;
}

const advance: Decide<"advance"> = (state, { from }, { hasMaterial, filmAtMs }) => {
  if (from !== state.at) return refuse("stale");
  const stage = stageOf(state);
  if (stage.kind === "closing") return refuse("not-now");
  const ending = stage.kind === "watch" ? "cut-short" : "done";
  const to = nextIndex(state.flow, state.at, hasMaterial);
  return move(state, to, { event: "advance", ending, filmAtMs });
};

const retreat: Decide<"retreat"> = (state, { from }, { hasMaterial, filmAtMs }) => {
  if (from !== state.at) return refuse("stale");
  const to = previousIndex(state.flow, state.at, hasMaterial);
  if (to === state.at) return refuse("not-now");
  return move(state, to, { event: "retreat", ending: "cut-short", filmAtMs });
};

function endFilm(
  state: SessionState,
  { from, atMs }: { from: number; atMs: number },
  ending: StageEnding,
  hasMaterial: HasMaterial,
): Decision {
  if (from !== state.at) return refuse("stale");
  if (stageOf(state).kind !== "watch") return refuse("not-now");
  const to = nextIndex(state.flow, state.at, hasMaterial);
  return move(state, to, { event: "advance", ending, filmAtMs: atMs });
}

/** The film halts with the session, and goes on with it; not while somebody explains. */
function pauseOrResume(
  state: SessionState,
  event: "pause" | "resume",
  { filmAtMs }: DecideContext,
): Decision {
  if (state.paused === (event === "pause")) return nothing;
  const { id: stage, item, kind } = stageOf(state);
  const draft = { k: "step", d: { session: state.id, item, stage, event } } as const;
  if (kind !== "watch") return write(draft);
  const playing = event === "resume" && state.explaining === null;
  return write(draft, { atMs: filmAtMs, playing });
}

const cueReached: Decide<"cue-reached"> = (state, { cue, atMs }) => {
  const stage = stageOf(state);
  if (stage.kind !== "watch") return refuse("not-now");
  if (state.explaining !== null) return nothing;
  const d = { session: state.id, item: stage.item, cue, event: "reached", atMs } as const;
  return write({ k: "cue", d }, { atMs, playing: false });
};

const explained: Decide<"explained"> = (state, { cue, then, marked }, { material }) => {
  if (state.explaining === null || state.explaining.cue !== cue) return refuse("stale");
  const { atMs } = state.explaining;
  const { item } = stageOf(state);
  const from = then === "go-on" ? Math.max(0, atMs - REWIND_MS) : segmentStart(material, atMs);
  const d = { session: state.id, item, cue, event: "explained", atMs } as const;
  const draft = { k: "cue", d: marked === undefined ? d : { ...d, marked } } as const;
  return write(draft, { atMs: from, playing: true });
};

/** Start of the segment that holds the moment just before `atMs`; a cue may lie on the border. */
export function segmentStart(material: Material | null, atMs: number): number {
  const starts = (material?.watch?.segments ?? []).map(({ fromMs }) => fromMs);
  return starts.filter((fromMs) => fromMs < atMs).reduce((a, b) => Math.max(a, b), 0);
}

/** Which stage kinds an entry in a book belongs to is the page's affair; a session must be on. */
const note: Decide<"note"> = (state, { topic, points, speakers, doubts }) => {
  if (!speakers.every(knows(state))) return refuse("no-member");
  const { item } = stageOf(state);
  return write({ k: "note", d: { session: state.id, item, topic, points, speakers, doubts } });
};

/** More names than a room holds people are a mistake. */
const GUESTS_MAX = 200;

const addGuest: Decide<"add-guest"> = (state, { as }, { newGuest: guest }) => {
  if (Object.keys(state.named).length >= GUESTS_MAX) return refuse("not-now");
  return write({ k: "guest", d: { session: state.id, guest, as, event: "came" } });
};

const strikeGuest: Decide<"strike-guest"> = (state, { guest }) => {
  const known = state.named[guest];
  if (known === undefined || known.struck) return refuse("no-member");
  return write({ k: "guest", d: { session: state.id, guest, as: known.as, event: "struck" } });
};

const paper: Decide<"paper"> = (state, { kind: _kind, ...sheet }) => {
  if (sheet.session !== state.id) return refuse("stale");
  if (![...sheet.missing, ...sheet.extra].every(knows(state))) return refuse("no-member");
  return write({ k: "paper", d: sheet });
};

const close: Decide<"close"> = (state) => {
  if (stageOf(state).kind !== "closing") return refuse("not-now");
  const counts = countMarks(state);
  if (counts.unmarked > 0) return refuse("unmarked");
  const { expected, P, L, X, V, A } = counts;
  assert(expected === P + L + X + V + A, "应到 = 到 + 迟到 + 早退 + 请假 + 缺席");
  const d = { session: state.id, ending: "done", counts, heads: state.heads } as const;
  return write({ k: "session.close", d });
};

/** Those who are unmarked stay so: an abandoned session claims nothing about them. */
const abandon: Decide<"abandon"> = (state, _intent, { filmAtMs }) => {
  const { id: session, heads } = state;
  const d = { session, ending: "abandoned", counts: countMarks(state), heads } as const;
  const draft = { k: "session.close", d } as const;
  if (stageOf(state).kind !== "watch") return write(draft);
  return write(draft, { atMs: filmAtMs, playing: false });
};

/** What kind of task it is goes into the record: a book is read without the lesson. */
const assign: Decide<"assign"> = (state, intent, { material }) => {
  const { task, heads, members, hindered } = intent;
  if (![...members, ...(hindered ?? [])].every(knows(state))) return refuse("no-member");
  const { item } = stageOf(state);
  const given = material?.practise?.tasks.find(({ id }) => id === task);
  const kind = given === undefined ? {} : { kind: given.kind };
  const due = given?.dueDays === undefined ? {} : { dueDays: given.dueDays };
  const trouble = hindered === undefined ? {} : { hindered };
  const d = { session: state.id, item, task, heads, members, ...trouble, ...kind, ...due };
  return write({ k: "practise", d });
};

const DECIDE: { readonly [K in SessionIntent["kind"]]: Decide<K> } = {
  mark,
  guests: (state, { G, Q }) =>
    write({ k: "attend", d: { session: state.id, marks: [], guests: { G, Q } } }),
  headcount: (state, { heads }) => write({ k: "headcount", d: { session: state.id, heads } }),
  advance,
  retreat,
  pause: (state, _intent, context) => pauseOrResume(state, "pause", context),
  resume: (state, _intent, context) => pauseOrResume(state, "resume", context),
  "cue-reached": cueReached,
  explained,
  "film-ended": (state, intent, { hasMaterial }) => endFilm(state, intent, "done", hasMaterial),
  "film-failed": (state, intent, { hasMaterial }) => endFilm(state, intent, "failed", hasMaterial),
  note,
  feedback: (state, { question, counts }) =>
    write({ k: "feedback", d: { session: state.id, item: stageOf(state).item, question, counts } }),
  assign,
  "add-guest": addGuest,
  "strike-guest": strikeGuest,
  paper,
  close,
  abandon,
};

/** What was said, in numbers or names. */
const CONTENT: ReadonlySet<SessionIntent["kind"]> = new Set(["note", "feedback", "assign"]);

function keepsContent({ type }: SessionState): boolean {
  return findSessionType(type)?.content ?? true;
}

export function decide(
  state: SessionState,
  intent: SessionIntent,
  context: DecideContext,
): Decision {
  if (state.ended !== null) return refuse("not-now");
  if (CONTENT.has(intent.kind) && !keepsContent(state)) return refuse("not-now");
  // The table's own type ties kind and intent together; looking up by kind loses that.
  const one = DECIDE[intent.kind] as Decide<SessionIntent["kind"]>;
  return one(state, intent as never, context);
}
