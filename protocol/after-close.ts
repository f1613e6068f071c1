/**
 * What changes a session once it is closed: corrections, make-ups, results of its tasks. A
 * correction counts only where it says what stood; else it is listed, and changes nothing.
 * docs/formats/registers.md.
 */
import type { FieldValue, SessionField, SessionFixPayload } from "./generated/types.ts";
import { atLeastNamed } from "./guest-heads.ts";
import type { PayloadByKind } from "./record.ts";
import {
  type Apply,
  type ApplyContext,
  applyPaper,
  refOf,
  type SessionDraft,
  strikeGuest,
} from "./session-draft.ts";

const applyAttendFix: Apply<"attend.fix"> = (draft, payload, context) => {
  const { member, ref, from, to, reason, note = null } = payload;
  const { at, by, e, s } = context;
  const mark = draft.marks.get(member);
  const standing = mark === undefined ? draft.id : refOf(mark);
  const stands = from === (mark?.status ?? "-") && ref === standing;
  if (stands) {
    const how = mark?.how ?? "paper";
    draft.marks.set(member, { status: to, how, at, e, s, corrected: true });
  }
  const line = { record: refOf(context), field: "mark", member, from, to, reason, note } as const;
  draft.corrections.push({ ...line, by, at, stands });
};

/** How each field is read, and set when the value is one it can take. */
interface Field {
  read(draft: SessionDraft): FieldValue;
  set(draft: SessionDraft, to: FieldValue): boolean;
}

const isText = (value: FieldValue): value is string => typeof value === "string" && value !== "";
const isCount = (value: FieldValue): value is number => typeof value === "number";

const guests = (key: "G" | "Q"): Field => ({
  read: (draft) => draft.guests[key],
  set(draft, to) {
    if (!isCount(to)) return false;
    const asked = { ...draft.guests, [key]: to };
    const possible = atLeastNamed(asked, draft.named.values());
    if (possible[key] !== to) return false;
    draft.guests = possible;
    return true;
  },
});

const text = (key: "type" | "title"): Field => ({
  read: (draft) => draft[key],
  set(draft, to) {
    if (!isText(to)) return false;
    draft[key] = to;
    return true;
  },
});

const FIELDS: { readonly [K in Exclude<SessionField, "makeup" | "guest">]: Field } = {
  type: text("type"),
  title: text("title"),
  G: guests("G"),
  Q: guests("Q"),
  heads: {
    read: (draft) => draft.heads,
    set(draft, to) {
      if (to !== null && !isCount(to)) return false;
      draft.heads = to;
      draft.headsAsked = true;
      return true;
    },
  },
  branches: {
    read: (draft) => [...draft.branches],
    set(draft, to) {
      if (!Array.isArray(to) || to.length === 0) return false;
      draft.branches = to;
      return true;
    },
  },
};

export function sameValue(a: FieldValue, b: FieldValue): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function fixField(draft: SessionDraft, { field, from, to }: SessionFixPayload): boolean {
  if (field === "makeup") return to === null && strikeOut(draft, from);
  if (field === "guest") return to === null && isText(from) && strikeGuest(draft, from);
  const { read, set } = FIELDS[field];
  return sameValue(read(draft), from) && set(draft, to);
}

function strikeOut(draft: SessionDraft, ref: FieldValue): boolean {
  const index = draft.makeups.findIndex(({ record }) => record === ref);
  if (index < 0) return false;
  draft.makeups.splice(index, 1);
  return true;
}

const applySessionFix: Apply<"session.fix"> = (draft, payload, context) => {
  const { by, at } = context;
  const record = refOf(context);
  const { field, from, to, reason, note = null } = payload;
  const stands = fixField(draft, payload);
  draft.corrections.push({ record, field, member: null, from, to, reason, note, by, at, stands });
};

const applyMakeup: Apply<"makeup"> = (draft, payload, context) => {
  const { by, at } = context;
  const record = refOf(context);
  const { item, how, members, stage = null, day = null, held = null, note = null } = payload;
  draft.makeups.push({ record, item, how, members, stage, day, held, note, by, at });
};

const applyResult: Apply<"practise.result"> = (draft, payload, { by, at }: ApplyContext) => {
  const { item, task, ending, heads, day = null, note = null } = payload;
  const key = `${item}/${task}`;
  const marks = payload.marks.map((mark) => {
    const [member, status] = mark as unknown as [string, PayloadByKind["attend.fix"]["to"]];
    return { member, status };
  });
  const guests = { G: 0, Q: 0, ...payload.guests };
  const { did = [], notYet = [] } = payload;
  const corrected = draft.results.has(key);
  const what = { item, task, ending, heads, marks, guests, did, notYet };
  draft.results.set(key, { ...what, day, note, by, at, corrected });
};

export const APPLY_AFTER_CLOSE: { readonly [K in keyof PayloadByKind]?: Apply<K> } = {
  "attend.fix": applyAttendFix,
  "session.fix": applySessionFix,
  makeup: applyMakeup,
  "practise.result": applyResult,
  paper: applyPaper,
};
