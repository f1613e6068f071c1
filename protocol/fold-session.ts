/**
 * From records to registers: the one function that box and county share, so that a number on the
 * TV and the same number in the county cannot differ. Pure; unknown kinds change nothing.
 *
 * Invariant: expected = P + L + X + V + A + unmarked, whatever the records say.
 */

import { applyToDraft } from "./apply-record.ts";
import { closeAgrees, evidenceOf } from "./evidence.ts";
import type { AttendanceCounts, AttendanceStatus } from "./generated/types.ts";
import { headCode } from "./head-code.ts";
import { type DateStamp, dateStampBy, type Stamp } from "./instant.ts";
import { isKnownRecord, type KnownRecord, type StoredRecord } from "./record.ts";
import type { GuestLine, MarkLine, MemberPlace, SessionRegister } from "./register.ts";
import { refOf, type SessionDraft, startDraft } from "./session-draft.ts";
import { TimeLine } from "./time-line.ts";

/**
 * Grows with every change of what comes out of a fold. The county keeps registers folded by an
 * older one, and folds them anew when it starts; a box folds its journal at every start.
 */
export const FOLD_VERSION = 1;

export type { SessionDraft } from "./session-draft.ts";

/** Which session a record belongs to; null: to none. `session.open` belongs to the one it opens. */
export function sessionIdOf({ e, s, record }: StoredRecord): string | null {
  if (record.k === "session.open") return `${e}-${s}`;
  const session = (record.d as { readonly session?: unknown }).session;
  return typeof session === "string" ? session : null;
}

/** Begins a fold with a `session.open`; null for any other record. */
export function beginSession(stored: StoredRecord): SessionDraft | null {
  const { record } = stored;
  if (!isKnownRecord(record) || record.k !== "session.open") return null;
  return startDraft(`${stored.e}-${stored.s}`, record);
}

/** Folds in the next record of the session; one that is not known changes nothing. */
export function foldRecord(draft: SessionDraft, stored: StoredRecord): void {
  const { record } = stored;
  if (!isKnownRecord(record)) return;
  if (record.k === "session.close" && draft.ending === null) {
    draft.countsDiffer = !closeAgrees(record.d, countAttendance(draft));
  }
  applyToDraft(draft, stored, record);
}

/**
 * @param records of one session in the order of the journal, `session.open` first
 * @param times what the journal knows of time; without it, what these records say themselves
 */
export function foldSession(
  records: readonly StoredRecord[],
  times: TimeLine = timesOf(records),
): SessionRegister | null {
  const [first, ...rest] = records;
  const draft = first === undefined ? null : beginSession(first);
  if (draft === null) return null;
  for (const stored of rest) foldRecord(draft, stored);
  return toRegister(draft, dateStampBy(times));
}

function timesOf(records: readonly StoredRecord[]): TimeLine {
  const times = new TimeLine();
  for (const { record } of records) times.note(record);
  return times;
}

/** Folds a whole journal: every session that was opened in it, oldest first. */
export function foldSessions(records: Iterable<StoredRecord>): SessionRegister[] {
  const drafts = new Map<string, SessionDraft>();
  const times = new TimeLine();
  for (const stored of records) {
    times.note(stored.record);
    const id = sessionIdOf(stored);
    if (id === null) continue;
    const draft = drafts.get(id);
    if (draft !== undefined) foldRecord(draft, stored);
    else keep(drafts, beginSession(stored));
  }
  const date = dateStampBy(times);
  return [...drafts.values()].map((draft) => toRegister(draft, date));
}

function keep(drafts: Map<string, SessionDraft>, draft: SessionDraft | null): void {
  if (draft !== null) drafts.set(draft.id, draft);
}

/** Only those who were expected count; a mark of anybody else is shown, and not counted. */
export function countAttendance(draft: SessionDraft): AttendanceCounts {
  const sums: Record<AttendanceStatus, number> = { P: 0, L: 0, X: 0, V: 0, A: 0, "-": 0 };
  for (const member of draft.open.expected) sums[draft.marks.get(member)?.status ?? "-"] += 1;
  const { "-": unmarked, ...counted } = sums;
  return { expected: draft.open.expected.length, ...counted, unmarked, ...draft.guests };
}

function listMarks(draft: SessionDraft, date: DateStamp): MarkLine[] {
  const others = [...draft.marks.keys()].filter((member) => !draft.open.expected.includes(member));
  return [...draft.open.expected, ...others].map((member) => {
    const mark = draft.marks.get(member);
    const none = { status: "-" as const, how: null, at: null, ref: draft.id, corrected: false };
    if (mark === undefined) return { member, ...none };
    const { status, how, at, corrected } = mark;
    return { member, status, how, at: date(at), ref: refOf(mark), corrected };
  });
}

const wasThere = (status: AttendanceStatus) => status === "P" || status === "L" || status === "X";
const attended = ({ P, L, X }: AttendanceCounts) => P + L + X;

function placesOf({ open }: SessionDraft): Record<string, MemberPlace> {
  const { expected, numbers = [], branchAt = [], welcome = [] } = open;
  const branchOf = (index: number) => open.branches[branchAt[index] ?? -1] ?? null;
  return Object.fromEntries([
    ...welcome.map((one): [string, MemberPlace] => {
      const [member, no, branch] = one as unknown as [string, number, string];
      return [member, { no, branch, expected: false }];
    }),
    ...expected.map((member, index): [string, MemberPlace] => [
      member,
      { no: numbers[index] ?? null, branch: branchOf(index), expected: true },
    ]),
  ]);
}

function listGuests({ named }: SessionDraft, date: DateStamp): GuestLine[] {
  return [...named].flatMap(([id, { as, at, struck }], index) =>
    struck ? [] : [{ id, no: index + 1, as, at: date(at) }],
  );
}

function dated<T extends { readonly at: Stamp }>(lines: Iterable<T>, date: DateStamp) {
  return Array.from(lines, (line) => ({ ...line, at: date(line.at) }));
}

/** @param date gives each moment its time, as far as it is known by now */
export function toRegister(draft: SessionDraft, date: DateStamp): SessionRegister {
  const { open, type, title, branches, ending, heads, tvPowers, countsDiffer, paper } = draft;
  const counts = countAttendance(draft);
  const marks = listMarks(draft, date);
  const openedAt = date(draft.openedAt);
  const closedAt = draft.closedAt === null ? null : date(draft.closedAt);
  const viewing = [...draft.viewing.values()].map((line) => ({ ...line }));
  return {
    id: draft.id,
    type,
    title,
    branches,
    lessons: open.lessons,
    method: open.method,
    rosterSha256: open.rosterSha256,
    by: draft.by,
    openedAt,
    closedAt,
    stage: ending === null ? draft.stage : null,
    item: draft.item,
    paused: draft.paused,
    closed: ending !== null,
    ending,
    counts,
    heads,
    headsAsked: draft.headsAsked,
    marks,
    stages: draft.stages.map((line) => ({ ...line, enteredAt: date(line.enteredAt) })),
    viewing,
    notes: [...draft.notes.values()],
    feedback: [...draft.feedback.values()],
    tasks: [...draft.tasks.values()],
    people: placesOf(draft),
    corrections: dated(draft.corrections, date),
    makeups: dated(draft.makeups, date),
    results: dated(draft.results.values(), date),
    guests: listGuests(draft, date),
    paper: paper && { ...paper, at: date(paper.at) },
    makesUp: open.makesUp ?? [],
    headCode: draft.closingHash === null ? null : headCode(draft.closingHash),
    evidence: evidenceOf({
      openedAt,
      closedAt,
      counts,
      welcomeThere: marks.filter(({ status }) => wasThere(status)).length - attended(counts),
      corrections: draft.corrections.filter(({ stands }) => stands).length,
      heads,
      watchedMs: viewing.map((line) => line.watchedMs),
      tvPowers,
      countsDiffer,
      paper,
    }),
  };
}

/** The records of known kinds, for replaying a session's machine. */
export function knownRecords(records: readonly StoredRecord[]): KnownRecord[] {
  return records.flatMap(({ record }) => (isKnownRecord(record) ? [record] : []));
}
