/**
 * A session while it is folded: mutable, built record by record in the order of the journal.
 * `fold-session.ts` is how others use it.
 */
import type { AttendanceStatus, GuestAs, MarkHow, SessionOpenPayload } from "./generated/types.ts";
import { atLeastNamed, headsOf } from "./guest-heads.ts";
import { type Stamp, stampOf } from "./instant.ts";
import { addSpan } from "./play-spans.ts";
import type { KnownRecord, PayloadByKind } from "./record.ts";
import type {
  CorrectionLine,
  FeedbackLine,
  MakeupLine,
  PaperLine,
  StageLine,
  TaskResultLine,
  ViewingLine,
} from "./register.ts";

export interface DraftMark {
  readonly status: AttendanceStatus;
  readonly how: MarkHow;
  readonly at: Stamp;
  /** Epoch and sequence of the record that says so. */
  readonly e: string;
  readonly s: number;
  readonly corrected: boolean;
}

/** A line whose moment is dated when somebody asks. */
export type Undated<T> = Omit<T, "at"> & { readonly at: Stamp };

/** Undated: a later record may tell when that was. */
type DraftStage = Omit<Changeable<StageLine>, "enteredAt"> & { readonly enteredAt: Stamp };

/** A named guest; one that was struck out keeps its number. */
export interface DraftGuest {
  readonly as: GuestAs;
  readonly at: Stamp;
  readonly struck: boolean;
}

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
  /** In the order they were named. */
  readonly named: Map<string, DraftGuest>;
  paper: Undated<PaperLine> | null;
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
    named: new Map(),
    paper: null,
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
  readonly e: string;
  readonly s: number;
  readonly by: string;
}

/** As a register names a record. */
export function refOf({ e, s }: Pick<ApplyContext, "e" | "s">): string {
  return `${e}-${s}`;
}

export type Apply<K extends keyof PayloadByKind> = (
  draft: SessionDraft,
  payload: PayloadByKind[K],
  context: ApplyContext,
) => void;

const applyAttend: Apply<"attend"> = (draft, { marks, guests }, { at, e, s }) => {
  for (const mark of marks) {
    const [member, status, how] = mark as unknown as [string, AttendanceStatus, MarkHow];
    draft.marks.set(member, { status, how, at, e, s, corrected: false });
  }
  if (guests === undefined) return;
  draft.guests = atLeastNamed({ ...draft.guests, ...guests }, draft.named.values());
};

/** Of a guest who was named already, or was never named, nothing new is said. */
const applyGuest: Apply<"guest"> = (draft, { guest, as, event }, { at }) => {
  if (event === "struck") strikeGuest(draft, guest);
  else if (!draft.named.has(guest)) {
    draft.named.set(guest, { as, at, struck: false });
    draft.guests[headsOf(as)] += 1;
  }
};

export function strikeGuest(draft: SessionDraft, guest: string): boolean {
  const known = draft.named.get(guest);
  if (known === undefined || known.struck) return false;
  draft.named.set(guest, { ...known, struck: true });
  draft.guests[headsOf(known.as)] -= 1;
  return true;
}

/** Before the close and after it: the code is copied from the closing sheet. */
export const applyPaper: Apply<"paper"> = (draft, payload, { at, by }) => {
  const { result, signed, missing, extra, code } = payload;
  const corrected = draft.paper !== null;
  draft.paper = { result, signed, missing, extra, code, by, at, corrected };
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
  const line = { item, lesson, watchedMs: 0, spans: [], cuesExplained: [] };
  const whole = { ...line, ownExplanations: 0, questionsNoted: 0 };
  draft.viewing.set(item, whole);
  return whole;
}

const applyPlay: Apply<"play"> = (draft, { item, fromMs, toMs }) => {
  const line = viewingOf(draft, item);
  if (line === null) return;
  line.spans = addSpan(line.spans, [fromMs, toMs]);
  line.watchedMs = line.spans.reduce((sum, [from, to]) => sum + to - from, 0);
};

const applyCue: Apply<"cue"> = (draft, { item, cue, event, marked }) => {
  const line = viewingOf(draft, item);
  if (line === null || event !== "explained") return;
  if (marked === true) line.questionsNoted += 1;
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
  guest: applyGuest,
  paper: applyPaper,
  "session.close": applyClose,
};
