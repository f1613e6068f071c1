/**
 * What a correction, a make-up or the result of a task comes to, over the register of a session
 * that is closed. Pure. The fold would not let a wrong one count; here it is refused before that.
 */
import { wasThere } from "../../protocol/books/attendance.ts";
import type {
  FieldValue,
  FixMarkIntent,
  FixSessionIntent,
  MakeupIntent,
  PaperIntent,
  ReportTaskIntent,
} from "../../protocol/generated/types.ts";
import { headsOf } from "../../protocol/guest-heads.ts";
import type { RecordDraft } from "../../protocol/record.ts";
import type { SessionRegister } from "../../protocol/register.ts";
import { SESSION_TYPES } from "../../protocol/session-type.ts";

export type CorrectionIntent =
  | FixMarkIntent
  | FixSessionIntent
  | MakeupIntent
  | ReportTaskIntent
  | PaperIntent;

export type Correction =
  | { readonly ok: true; readonly draft: RecordDraft }
  | {
      readonly ok: false;
      readonly code: "stale" | "not-now" | "no-member" | "bad-intent" | "unmarked";
      /** Where the usual words of the code do not say enough. */
      readonly text?: string;
    };

export interface CorrectContext {
  /** Name of the note that goes with it, if any. */
  readonly note: string | null;
  /** In the room's roster of today. */
  isMember(id: string): boolean;
  /** Another session of this box. */
  session(id: string): SessionRegister | undefined;
}

type Correct<K extends CorrectionIntent["kind"]> = (
  session: SessionRegister,
  intent: Extract<CorrectionIntent, { kind: K }>,
  context: CorrectContext,
) => Correction;

type Refusal = Extract<Correction, { ok: false }>;

function refuse(code: Refusal["code"], text?: string): Refusal {
  return { ok: false, code, ...(text === undefined ? {} : { text }) };
}

const noteOf = ({ note }: CorrectContext) => (note === null ? {} : { note });

const fixMark: Correct<"fix-mark"> = (session, intent, context) => {
  const { member, was, to, reason } = intent;
  const mark = session.marks.find((line) => line.member === member);
  if (mark === undefined && !isKnown(session, member, context)) return refuse("no-member");
  if (was !== (mark?.status ?? "-")) {
    return refuse("stale", "现在登记的不是这个状态，请先看清签到册再改。");
  }
  if (to === was) return refuse("bad-intent", "改前改后是一样的。");
  if (to === "-" && session.ending === "done" && session.people[member]?.expected === true) {
    return refuse("unmarked", "已经结束的场次不能改成未登记。");
  }
  const ref = mark?.ref ?? session.id;
  const d = { session: session.id, member, ref, from: was, to, reason, ...noteOf(context) };
  return { ok: true, draft: { k: "attend.fix", d } };
};

function isKnown({ people, guests }: SessionRegister, member: string, context: CorrectContext) {
  const isGuest = guests.some(({ id }) => id === member);
  return people[member] !== undefined || isGuest || context.isMember(member);
}

const isCount = (value: FieldValue) => typeof value === "number";

const FIELDS: {
  readonly [K in FixSessionIntent["field"]]: {
    read(session: SessionRegister, was: FieldValue): FieldValue;
    fits(to: FieldValue): boolean;
  };
} = {
  type: {
    read: ({ type }) => type,
    fits: (to) => SESSION_TYPES.some(({ id }) => id === to),
  },
  title: { read: ({ title }) => title, fits: (to) => typeof to === "string" && to !== "" },
  branches: {
    read: ({ branches }) => [...branches],
    fits: (to) => Array.isArray(to) && to.length > 0,
  },
  heads: { read: ({ heads }) => heads, fits: (to) => to === null || isCount(to) },
  G: { read: ({ counts }) => counts.G, fits: isCount },
  Q: { read: ({ counts }) => counts.Q, fits: isCount },
  guest: {
    read: ({ guests }, was) => (guests.some(({ id }) => id === was) ? was : null),
    fits: (to) => to === null,
  },
  makeup: {
    read: ({ makeups }, was) => (makeups.some(({ record }) => record === was) ? was : null),
    fits: (to) => to === null,
  },
};

const fixSession: Correct<"fix-session"> = (session, intent, context) => {
  const { field, was, to, reason } = intent;
  const { read, fits } = FIELDS[field];
  const same = (a: FieldValue, b: FieldValue) => JSON.stringify(a) === JSON.stringify(b);
  if (!same(read(session, was), was)) return refuse("stale", "现在登记的不是这样，请先看清再改。");
  if (!fits(to) || same(was, to)) return refuse("bad-intent", "改成的内容不对。");
  if (isBelowNamed(session, intent)) {
    return refuse("bad-intent", "记了名字的来宾比这个数多。请先去掉记错的名字。");
  }
  const d = { session: session.id, field, from: was, to, reason, ...noteOf(context) };
  return { ok: true, draft: { k: "session.fix", d } };
};

/** The fold would not let it count: who was named is among the heads. */
function isBelowNamed({ guests }: SessionRegister, { field, to }: FixSessionIntent): boolean {
  if (field !== "G" && field !== "Q") return false;
  return typeof to === "number" && to < guests.filter(({ as }) => headsOf(as) === field).length;
}

const makeup: Correct<"makeup"> = (session, intent, context) => {
  const { item, how, members, stage, day = null, held = null } = intent;
  const why = findMakeupFault(session, intent, context);
  if (why !== null) return why;
  const unit = stage === undefined ? {} : { stage };
  const what = { session: session.id, item, how, members, ...unit, day, held };
  return { ok: true, draft: { k: "makeup", d: { ...what, ...noteOf(context) } } };
};

function findMakeupFault(
  session: SessionRegister,
  intent: MakeupIntent,
  context: CorrectContext,
): Refusal | null {
  const { item, how, members, stage } = intent;
  if (item !== null && session.lessons[item] === undefined) {
    return refuse("bad-intent", "这一场没有这一课。");
  }
  const unheld = findHeldFault(session, intent, context);
  if (unheld !== null) return unheld;
  if (members.some((member) => session.people[member]?.expected !== true)) {
    return refuse("no-member", "这位同志不在这一场的应到名单里，不用补课。");
  }
  if (how === "unit") return findUnitFault(session, stage);
  if (stage !== undefined) return refuse("bad-intent", "只有整个单位补课才写步骤。");
  if (members.length === 0) return refuse("no-member", "请写是谁补课。");
  const owing = new Set(session.marks.filter(({ status }) => owes(status)).map((m) => m.member));
  return members.every((member) => owing.has(member))
    ? null
    : refuse("bad-intent", "这位同志当时到了，或没有登记，不用补课。");
}

/** A make-up that names the session it was held in must be borne out by that session. */
function findHeldFault(
  { id, lessons }: SessionRegister,
  { held: heldId, item, members }: MakeupIntent,
  context: CorrectContext,
): Refusal | null {
  if (heldId === undefined) return null;
  const held = context.session(heldId);
  if (held === undefined || heldId === id) return refuse("bad-intent", "没有补课的那一场。");
  const wanted = lessons[item ?? -1]?.id;
  const played = held.viewing.filter(({ watchedMs }) => watchedMs > 0);
  if (wanted !== undefined && !played.some(({ lesson }) => lesson.id === wanted)) {
    return refuse("bad-intent", "补课的那一场没有放这一课。");
  }
  const there = new Set(held.marks.filter(({ status }) => wasThere(status)).map((m) => m.member));
  return members.every((member) => there.has(member))
    ? null
    : refuse("bad-intent", "补课的那一场没有登记这位同志到场。");
}

const owes = (status: string) => status === "V" || status === "A";

function findUnitFault({ stages }: SessionRegister, stage: string | undefined): Refusal | null {
  if (stage === undefined || stages.some((line) => line.stage === stage)) return null;
  return refuse("bad-intent", "这一场没有这一步。");
}

const reportTask: Correct<"report-task"> = (session, intent, context) => {
  const { item, task, ending, heads, marks, guests, did, notYet, day = null } = intent;
  if (!session.tasks.some((given) => given.item === item && given.task === task)) {
    return refuse("bad-intent", "这一场没有布置这一项。");
  }
  const named = [...marks.map((mark) => String(mark[0])), ...(did ?? []), ...(notYet ?? [])];
  if (!named.every((member) => isKnown(session, member, context))) return refuse("no-member");
  const came = guests === undefined ? {} : { guests };
  const who = {
    ...(did === undefined ? {} : { did }),
    ...(notYet === undefined ? {} : { notYet }),
  };
  const d = { session: session.id, item, task, ending, heads, marks, ...came, ...who, day };
  return { ok: true, draft: { k: "practise.result", d: { ...d, ...noteOf(context) } } };
};

const paper: Correct<"paper"> = (session, { kind: _kind, ...sheet }, context) => {
  const known = (member: string) => isKnown(session, member, context);
  if (![...sheet.missing, ...sheet.extra].every(known)) return refuse("no-member");
  return { ok: true, draft: { k: "paper", d: sheet } };
};

const CORRECT: { readonly [K in CorrectionIntent["kind"]]: Correct<K> } = {
  "fix-mark": fixMark,
  "fix-session": fixSession,
  makeup,
  "report-task": reportTask,
  paper,
};

/** @param session undefined: there is none of that name */
export function correct(
  session: SessionRegister | undefined,
  intent: CorrectionIntent,
  context: CorrectContext,
): Correction {
  if (session === undefined) return refuse("bad-intent", "没有这一场。");
  if (!session.closed) return refuse("not-now", "这一场还没有结束，请在电视上改。");
  // The table's own type ties kind and intent together; looking up by kind loses that.
  const one = CORRECT[intent.kind] as Correct<CorrectionIntent["kind"]>;
  return one(session, intent as never, context);
}
