/** A journal for tests, chained as a box chains it. */
import { journalChain } from "../../../console/server/ingest/chain.ts";
import type { RecordBatch } from "../../../protocol/generated/types.ts";

export const BOX = "abcdefghij234567";
export const EPOCH = "5be1a1b2";

export interface JournalRecord {
  readonly s: number;
  readonly h: string;
  readonly p: string;
}

export interface TestJournal {
  readonly box: string;
  readonly epoch: string;
  readonly records: JournalRecord[];
  append(kind: string, payload: object): JournalRecord;
  /** A batch of `n` records from `from`. */
  batch(from: number, n: number): RecordBatch;
}

export function makeJournal(box = BOX, epoch = EPOCH): TestJournal {
  const records: JournalRecord[] = [];
  const hashAt = (s: number) => records[s - 1]?.h ?? journalChain.start(box, epoch);
  return {
    box,
    epoch,
    records,
    append(kind, payload) {
      const s = records.length + 1;
      const previous = hashAt(s - 1);
      const p = JSON.stringify({
        e: epoch,
        s,
        p: previous.slice(0, 32),
        k: kind,
        v: 1,
        bt: 1,
        mt: 1000 * s,
        wt: 1_795_000_000_000 + s,
        ws: "ntp",
        by: "-",
        d: payload,
      });
      const record = { s, h: journalChain.next(previous, p), p };
      records.push(record);
      return record;
    },
    batch(from, n) {
      const recs = records.slice(from - 1, from - 1 + n);
      return {
        v: 1,
        epoch,
        from,
        n: recs.length,
        prev: hashAt(from - 1),
        first: 1,
        head: records.length,
        recs,
      } as RecordBatch;
    },
  };
}

/** As many records as asked, of a kind that nobody knows. */
export function filledJournal(count: number, box = BOX, epoch = EPOCH): TestJournal {
  const journal = makeJournal(box, epoch);
  for (let s = 1; s <= count; s += 1) journal.append("test.note", { text: `第${s}条` });
  return journal;
}
