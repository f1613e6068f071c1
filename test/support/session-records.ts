/** Records of sessions made by hand, for tests of folds and books. */
import { foldSession, foldSessions } from "../../protocol/fold-session.ts";
import type { RecordEnvelope, SessionOpenPayload } from "../../protocol/generated/types.ts";
import type { StoredRecord } from "../../protocol/record.ts";
import type { SessionRegister } from "../../protocol/register.ts";
import { TimeLine } from "../../protocol/time-line.ts";

export const EPOCH = "0a1b2c3d";
export const LESSON = { id: "rice-blast-2026", version: 1, sha256: "0".repeat(64) };
export const METHOD = { id: "wubu", version: 1, sha256: "0".repeat(64) };

export const OPEN: SessionOpenPayload = {
  type: "study-day",
  title: "稻瘟病的识别与防治",
  branches: ["b1"],
  rosterVersion: 1,
  rosterSha256: null,
  expected: ["aaaaaaaa", "bbbbbbbb", "cccccccc"],
  numbers: [1, 2, 5],
  branchAt: [0, 0, 0],
  welcome: [["dddddddd", 9, "b2"]] as never,
  lessons: [LESSON],
  method: METHOD,
  stage: "signin",
};

export interface Line {
  readonly k: string;
  readonly d: object;
  readonly v?: number;
  readonly by?: string;
}

/** Boot 1 begins at `startUnixMs`, and the county says so; null: nobody does. */
export interface Journal {
  readonly startUnixMs: number | null;
  readonly firstS?: number;
}

const JOURNAL: Journal = { startUnixMs: Date.UTC(2026, 2, 5) };

/** The n-th line is the record `0a1b2c3d-<n>`, written in second n of boot 1. */
export function recordsOf(lines: readonly Line[], journal: Journal = JOURNAL): StoredRecord[] {
  const { startUnixMs, firstS = 1 } = journal;
  return lines.map(({ k, d, v = 1, by = "-" }, index) => {
    const s = firstS + index;
    const clock = { bt: 1, mt: s * 1000, wt: (startUnixMs ?? 0) + s * 1000 };
    const ws = startUnixMs === null ? "none" : "county";
    const record = { e: EPOCH, s, p: "0".repeat(32), k, v, ...clock, ws, by, d };
    const json = JSON.stringify(record);
    return { e: EPOCH, s, h: "f".repeat(64), json, record: record as RecordEnvelope };
  });
}

/** The only session of these lines; its id is `0a1b2c3d-1`. */
export function foldLines(lines: readonly Line[], journal?: Journal): SessionRegister {
  const records = recordsOf(lines, journal);
  const times = new TimeLine();
  for (const { record } of records) times.note(record);
  const register = foldSession(records, times);
  if (register === null) throw new Error("a session without its beginning");
  return register;
}

export function foldJournal(lines: readonly Line[], journal?: Journal): SessionRegister[] {
  return foldSessions(recordsOf(lines, journal));
}

export const at = (s: number): string => `${EPOCH}-${s}`;

export const open = (more: Partial<SessionOpenPayload> = {}): Line => ({
  k: "session.open",
  d: { ...OPEN, ...more },
});

export const attend = (session: string, marks: Readonly<Record<string, string>>): Line => ({
  k: "attend",
  d: { session, marks: Object.entries(marks).map(([member, status]) => [member, status, "call"]) },
});

export const close = (session: string, ending: "done" | "abandoned" = "done"): Line => ({
  k: "session.close",
  d: { session, ending, counts: {}, heads: null },
});

export const makeup = (session: string, members: readonly string[], more: object = {}): Line => ({
  k: "makeup",
  d: { session, item: null, how: "room", members, day: null, held: null, ...more },
});
