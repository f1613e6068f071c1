/**
 * From records to registers: the one function that box and county share, so that a number on the
 * TV and the same number in the county cannot differ. Pure; unknown kinds change nothing.
 *
 * Invariant: expected = P + L + X + V + A + unmarked, whatever the records say.
 */
import type { AttendanceCounts, AttendanceStatus } from "./generated/types.ts";
import { headCode } from "./head-code.ts";
import { isKnownRecord, type KnownRecord, type StoredRecord } from "./record.ts";
import type { MarkLine, SessionRegister } from "./register.ts";
import { applyToDraft, type SessionDraft, startDraft } from "./session-draft.ts";

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
  if (isKnownRecord(record)) applyToDraft(draft, stored, record);
}

/** @param records of one session in the order of the journal, `session.open` first */
export function foldSession(records: readonly StoredRecord[]): SessionRegister | null {
  const [first, ...rest] = records;
  const draft = first === undefined ? null : beginSession(first);
  if (draft === null) return null;
  for (const stored of rest) foldRecord(draft, stored);
  return toRegister(draft);
}

/** Folds a whole journal: every session that was opened in it, oldest first. */
export function foldSessions(records: Iterable<StoredRecord>): SessionRegister[] {
  const drafts = new Map<string, SessionDraft>();
  for (const stored of records) {
    const id = sessionIdOf(stored);
    if (id === null) continue;
    const draft = drafts.get(id);
    if (draft !== undefined) foldRecord(draft, stored);
    else keep(drafts, beginSession(stored));
  }
  return [...drafts.values()].map(toRegister);
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

function listMarks(draft: SessionDraft): MarkLine[] {
  const others = [...draft.marks.keys()].filter((member) => !draft.open.expected.includes(member));
  return [...draft.open.expected, ...others].map((member) => {
    const mark = draft.marks.get(member);
    const { status, how, at } = mark ?? { status: "-" as const, how: null, at: null };
    return { member, status, how, at, corrected: false };
  });
}

export function toRegister(draft: SessionDraft): SessionRegister {
  const { open, ending } = draft;
  const counts = countAttendance(draft);
  return {
    id: draft.id,
    type: open.type,
    title: open.title,
    branches: open.branches,
    lessons: open.lessons,
    method: open.method,
    rosterSha256: open.rosterSha256,
    by: draft.by,
    openedAt: draft.openedAt,
    closedAt: draft.closedAt,
    stage: ending === null ? draft.stage : null,
    item: draft.item,
    paused: draft.paused,
    closed: ending !== null,
    ending,
    counts,
    heads: draft.heads,
    headsAsked: draft.headsAsked,
    marks: listMarks(draft),
    stages: draft.stages.map((line) => ({ ...line })),
    viewing: [...draft.viewing.values()].map((line) => ({ ...line })),
    notes: [...draft.notes.values()],
    feedback: [...draft.feedback.values()],
    tasks: [...draft.tasks.values()],
    headCode: draft.closingHash === null ? null : headCode(draft.closingHash),
    evidence: evidenceOf(draft, counts),
  };
}

/** Which evidence stands, and which does not, in sentences for the closing sheet and the county. */
function evidenceOf(draft: SessionDraft, counts: AttendanceCounts): string[] {
  const inRoom = counts.P + counts.L + counts.X + counts.G + counts.Q;
  return [
    draft.unsureClock ? "时间未确认" : "时间已核对",
    headsSentence(draft, inRoom),
    ...(counts.unmarked > 0 ? [`还有 ${counts.unmarked} 人未登记`] : []),
    ...[...draft.viewing.values()].map(({ watchedMs }) => `片子实际放了 ${minutes(watchedMs)}`),
  ];
}

function headsSentence({ heads }: SessionDraft, inRoom: number): string {
  if (heads === null) return "现场人数没有清点";
  const apart = Math.abs(heads - inRoom);
  return apart === 0
    ? `现场清点 ${heads} 人,与签到一致`
    : `签到 ${inRoom} 人,清点 ${heads} 人,相差 ${apart} 人`;
}

function minutes(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)} 分 ${seconds % 60} 秒`;
}

/** The records of known kinds, for replaying a session's machine. */
export function knownRecords(records: readonly StoredRecord[]): KnownRecord[] {
  return records.flatMap(({ record }) => (isKnownRecord(record) ? [record] : []));
}
