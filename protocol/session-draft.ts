/**
 * A session while it is folded: mutable, built record by record in the order of the journal.
 * `fold-session.ts` is how others use it.
 */
import type { AttendanceStatus, MarkHow, SessionOpenPayload } from "./generated/types.ts";
import { type Stamp, stampOf } from "./instant.ts";
import { addSpan } from "./play-spans.ts";
import type { KnownRecord, PayloadByKind } from "./record.ts";
import type {
  CorrectionLine,
  FeedbackLine,
  MakeupLine,
  StageLine,
  TaskResultLine,
  ViewingLine,
} from "./register.ts";

export interface DraftMark {
  readonly status: AttendanceStatus;
  readonly how: MarkHow;
  readonly at: Stamp;
  /** `<epoch>-<s>` of the record that says so. */
  readonly ref: string;
  readonly corrected: boolean;
}

/** A line whose moment is dated when somebody asks. */
export type Undated<T> = Omit<T, "at"> & { readonly at: Stamp };

/** Undated: a later record may tell when that was. */
type DraftStage = Omit<Changeable<StageLine>, "enteredAt"> & { readonly enteredAt: Stamp };

type Changeable<T> = { -readonly [K in keyof T]: T[K] };

export interface SessionDraft {
  readonly id: string;
  readonly open: SessionOpenPayload;
  /** As corrected. */
  type: string;
  title: string;
  branches: readonly string[];
  readonly openedAt: Stamp;
  by: string;
  closedAt: Stamp | null;
  stage: string;
  item: number;
  paused: boolean;
  ending: "done" | "abandoned" | null;
  closingHash: string | null;
  heads: number | null;
  headsAsked: boolean;
  guests: { G: number; Q: number };
  readonly marks: Map<string, DraftMark>;
  readonly stages: DraftStage[];
  readonly viewing: Map<number, Changeable<ViewingLine>>;
  readonly notes: Map<string, PayloadByKind["note"]>;
  readonly feedback: Map<string, FeedbackLine>;
  readonly tasks: Map<string, PayloadByKind["practise"]>;
  readonly corrections: Undated<CorrectionLine>[];
  readonly makeups: Undated<MakeupLine>[];
  readonly results: Map<string, Undated<TaskResultLine>>;
  /** What the TV said of itself. */
  readonly tvPowers: PayloadByKind["device"]["power"][];
  /** The closing record says other numbers than the marks before it. */
  countsDiffer: boolean;
}

export function startDraft(
  id: string,
  record: KnownRecord & { readonly d: SessionOpenPayload },
): SessionDraft {
  const at = stampOf(record);
  return {
    id,
    open: record.d,
    type: record.d.type,
    title: record.d.title,
    branches: record.d.branches,
    openedAt: at,
    by: record.by,
    closedAt: null,
    stage: record.d.stage,
    item: 0,
    paused: false,
    ending: null,
    closingHash: null,
    heads: null,
    headsAsked: false,
    guests: { G: 0, Q: 0 },
    marks: new Map(),
    stages: [{ item: 0, stage: record.d.stage, enteredAt: at, ending: null }],
    viewing: new Map(),
    notes: new Map(),
    feedback: new Map(),
    tasks: new Map(),
    corrections: [],
    makeups: [],
    results: new Map(),
    tvPowers: [],
    countsDiffer: false,
  };
}

/** What a fold knows of a record beside its payload. */
export interface ApplyContext {
  readonly at: Stamp;
  readonly hash: string;
  /** `<epoch>-<s>`. */
  readonly ref: string;
  readonly by: string;
}

export type Apply<K extends keyof PayloadByKind> = (
  draft: SessionDraft,
  payload: PayloadByKind[K],
  context: ApplyContext,
) => void;

const applyAttend: Apply<"attend"> = (draft, { marks, guests }, { at, ref }) => {
  for (const mark of marks) {
    const [member, status, how] = mark as unknown as [string, AttendanceStatus, MarkHow];
    draft.marks.set(member, { status, how, at, ref, corrected: false });
  }
  if (guests !== undefined) draft.guests = { ...draft.guests, ...guests };
};

const applyStep: Apply<"step"> = (draft, { event, stage, item, left }, { at }) => {
  draft.paused = event === "pause";
  if (event === "pause" || event === "resume") return;
  const before = draft.stages[draft.stages.length - 1];
  if (before !== undefined && left !== undefined) before.ending = left.ending;
  draft.stage = stage;
  draft.item = item;
  draft.stages.push({ item, stage, enteredAt: at, ending: null });
};

function viewingOf(draft: SessionDraft, item: number): Changeable<ViewingLine> | null {
  const known = draft.viewing.get(item);
  if (known !== undefined) return known;
  const lesson = draft.open.lessons[item];
  if (lesson === undefined) return null;
  const line = { item, lesson, watchedMs: 0, spans: [], cuesExplained: [], ownExplanations: 0 };
  draft.viewing.set(item, line);
  return line;
}

const applyPlay: Apply<"play"> = (draft, { item, fromMs, toMs }) => {
  const line = viewingOf(draft, item);
  if (line === null) return;
  line.spans = addSpan(line.spans, [fromMs, toMs]);
  line.watchedMs = line.spans.reduce((sum, [from, to]) => sum + to - from, 0);
};

const applyCue: Apply<"cue"> = (draft, { item, cue, event }) => {
  const line = viewingOf(draft, item);
  if (line === null || event !== "explained") return;
  if (cue < 0) line.ownExplanations += 1;
  else if (!line.cuesExplained.includes(cue)) line.cuesExplained = [...line.cuesExplained, cue];
};

const applyClose: Apply<"session.close"> = (draft, { ending, heads }, { at, hash }) => {
  draft.ending = ending;
  draft.closedAt = at;
  // A record behind a hole in the journal has no hash that is proven.
  draft.closingHash = hash === "" ? null : hash;
  draft.heads = heads ?? draft.heads;
  draft.paused = false;
};

/** What a record does to a session that is open. */
export const APPLY: { readonly [K in keyof PayloadByKind]?: Apply<K> } = {
  attend: applyAttend,
  headcount(draft, { heads }) {
    draft.heads = heads;
    draft.headsAsked = true;
  },
  step: applyStep,
  play: applyPlay,
  cue: applyCue,
  note(draft, payload) {
    draft.notes.set(`${payload.item}/${payload.topic}`, payload);
  },
  feedback(draft, { item, question, counts }) {
    draft.feedback.set(`${item}/${question}`, { item, question, counts });
  },
  practise(draft, payload) {
    draft.tasks.set(`${payload.item}/${payload.task}`, payload);
  },
  device(draft, { power }) {
    draft.tvPowers.push(power);
  },
  "session.close": applyClose,
};
