/** Goal: however records are folded, the registers say the same, and their sums are right. */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  beginSession,
  foldRecord,
  foldSession,
  foldSessions,
  type SessionDraft,
  sessionIdOf,
  toRegister,
} from "../../protocol/fold-session.ts";
import type { RecordEnvelope } from "../../protocol/generated/types.ts";
import { dateStampBy } from "../../protocol/instant.ts";
import { addSpan, type PlaySpan, sumSpans } from "../../protocol/play-spans.ts";
import type { StoredRecord } from "../../protocol/record.ts";
import type { SessionRegister } from "../../protocol/register.ts";
import { TimeLine } from "../../protocol/time-line.ts";
import { LokiFold } from "../../src/register/loki-fold.ts";

const EPOCH = "0a1b2c3d";
const MEMBERS = ["aaaaaaaa", "bbbbbbbb", "cccccccc", "dddddddd", "eeeeeeee"];

interface Draft {
  readonly k: string;
  readonly v?: number;
  readonly d: Record<string, unknown>;
}

/** Sessions are named by number until it is known where their `session.open` came to stand. */
type Act = (session: string) => Draft;

const member = fc.constantFrom(...MEMBERS, "ffffffff");
const status = fc.constantFrom("P", "L", "X", "V", "A", "-");
const item = fc.integer({ min: 0, max: 2 });

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.array(fc.tuple(member, status, fc.constant("call")), { maxLength: 3 }).map((marks) => {
    return (session: string) => ({ k: "attend", d: { session, marks } });
  }),
  fc.tuple(fc.nat(5), fc.nat(5)).map(([G, Q]) => (session: string) => ({
    k: "attend",
    d: { session, marks: [], guests: { G, Q } },
  })),
  fc.tuple(item, fc.nat(90), fc.nat(90)).map(([at, fromMs, toMs]) => (session: string) => ({
    k: "play",
    d: { session, item: at, fromMs, toMs, rate: 1 },
  })),
  fc
    .tuple(item, fc.constantFrom("advance", "pause", "resume", "retreat"))
    .map(([at, event]) => (session: string) => ({
      k: "step",
      d: { session, item: at, stage: `s${at}`, event },
    })),
  fc.tuple(item, fc.integer({ min: -1, max: 2 })).map(([at, cue]) => (session: string) => ({
    k: "cue",
    d: { session, item: at, cue, event: "explained", atMs: 1 },
  })),
  fc.option(fc.nat(9)).map((heads) => (session: string) => ({
    k: "headcount",
    d: { session, heads },
  })),
  fc.constant((session: string) => ({ k: "future.kind", v: 3, d: { session, anything: [1] } })),
  fc.constant((session: string) => ({
    k: "session.close",
    d: { session, ending: "done", counts: {}, heads: null },
  })),
);

const OPEN: Draft = {
  k: "session.open",
  d: {
    type: "study-day",
    title: "一场",
    branches: ["b1"],
    rosterVersion: 1,
    rosterSha256: null,
    expected: MEMBERS,
    lessons: [0, 1].map((n) => ({ id: `lesson-${n}`, version: 1, sha256: "0".repeat(64) })),
    method: { id: "wubu", version: 1, sha256: "0".repeat(64) },
    stage: "signin",
  },
};

function store(draft: Draft, s: number): StoredRecord {
  const envelope = { e: EPOCH, s, p: "0".repeat(32), v: 1, bt: 1, mt: s, wt: 1_000 + s };
  const record = { ...envelope, ws: "county", by: "-", ...draft } as RecordEnvelope;
  const h = s.toString(16).padStart(64, "0");
  return { e: EPOCH, s, h, json: JSON.stringify(record), record };
}

/** Sessions overlap: the box may be told late of one while the next is open. */
const history = fc
  .array(fc.oneof({ weight: 1, arbitrary: fc.constant(null) }, { weight: 8, arbitrary: act }), {
    maxLength: 40,
  })
  .chain((acts) => fc.tuple(fc.constant(acts), fc.infiniteStream(fc.nat(1_000))))
  .map(([acts, chance]) => {
    const opened: string[] = [];
    return [null, ...acts].map((one, index) => {
      if (one === null) opened.push(`${EPOCH}-${index + 1}`);
      const session = opened[(chance.next().value as number) % opened.length] ?? "";
      return store(one === null ? OPEN : one(session), index + 1);
    });
  });

function foldIncrementally(records: readonly StoredRecord[]): SessionRegister[] {
  const drafts = new Map<string, SessionDraft>();
  const date = dateStampBy(timesOf(records));
  const apply = (stored: StoredRecord) => {
    const begun = beginSession(stored);
    if (begun !== null) return void drafts.set(begun.id, begun);
    const draft = drafts.get(sessionIdOf(stored) ?? "");
    if (draft === undefined) return;
    // Asking in between must change nothing.
    toRegister(draft, date);
    foldRecord(draft, stored);
  };
  records.forEach(apply);
  return [...drafts.values()].map((draft) => toRegister(draft, date));
}

function timesOf(records: readonly StoredRecord[]): TimeLine {
  const times = new TimeLine();
  for (const { record } of records) times.note(record);
  return times;
}

test("folding a history at once, record by record, and session by session is the same", () => {
  fc.assert(
    fc.property(history, (records) => {
      const atOnce = foldSessions(records);
      expect(foldIncrementally(records)).toEqual(atOnce);
      const times = timesOf(records);
      const alone = atOnce.map(({ id }) => {
        const own = records.filter((stored) => sessionIdOf(stored) === id);
        return foldSession(own, times);
      });
      expect(alone).toEqual(atOnce);
    }),
    { numRuns: 300 },
  );
});

test("the LokiJS fold says what the plain fold says, whenever it is asked", () => {
  fc.assert(
    fc.property(history, fc.nat(40), (records, askedAt) => {
      const fold = new LokiFold();
      records.forEach((stored, index) => {
        fold.apply(stored);
        if (index === askedAt) {
          expect(fold.sessions().reverse()).toEqual(foldSessions(records.slice(0, index + 1)));
        }
      });
      expect(fold.sessions().reverse()).toEqual(foldSessions(records));
      expect(fold.counts().records).toBe(records.length);
    }),
    { numRuns: 300 },
  );
});

test("应到 = 到 + 迟到 + 早退 + 请假 + 缺席 + 未登记, whatever is marked", () => {
  fc.assert(
    fc.property(history, (records) => {
      for (const { counts } of foldSessions(records)) {
        const { expected, P, L, X, V, A, unmarked } = counts;
        expect(P + L + X + V + A + unmarked).toBe(expected);
      }
    }),
  );
});

test("a fold that forgets the last record is found out", () => {
  const result = fc.check(
    fc.property(history, (records) => {
      expect(foldIncrementally(records.slice(0, -1))).toEqual(foldSessions(records));
    }),
  );
  expect(result.failed).toBe(true);
});

test("watched time is the union of the spans: each millisecond counts once, in any order", () => {
  const span = fc.tuple(fc.nat(60), fc.nat(60));
  fc.assert(
    fc.property(fc.array(span, { maxLength: 12 }), (spans) => {
      const seen = new Set<number>();
      for (const [from, to] of spans) for (let ms = from; ms < to; ms += 1) seen.add(ms);
      const union = spans.reduce<readonly PlaySpan[]>((all, one) => addSpan(all, one), []);
      expect(sumSpans(union)).toBe(seen.size);
    }),
  );
});
