/** Goal: no record is stored that is not exactly what its box hashed. */
import { describe, expect, test } from "vitest";
import { journalChain } from "../../../console/server/ingest/chain.ts";
import { checkBatch } from "../../../console/server/ingest/check-batch.ts";
import { BOX, filledJournal } from "./journal.ts";

const check = (batch: unknown, box = BOX) =>
  checkBatch(box, typeof batch === "string" ? batch : JSON.stringify(batch), journalChain);

describe("checkBatch", () => {
  test("accepts a batch from the middle of a journal, with the exact bytes of its records", () => {
    const journal = filledJournal(9);
    const answer = check(journal.batch(4, 3));
    if (!answer.ok) throw new Error(answer.why);
    expect(answer.batch.records.map(({ s, json }) => [s, json])).toEqual(
      journal.records.slice(3, 6).map(({ s, p }) => [s, p]),
    );
    expect(answer.batch.prev).toBe(journal.records[2]?.h);
  });

  test.each([
    ["not-json", "{"],
    ["bad-schema", {}],
    ["bad-schema", []],
    ["bad-schema", null],
  ])("says %s to garbage", (why, text) => {
    expect(check(text)).toEqual({ ok: false, why });
  });

  test("refuses records whose numbers leave a hole", () => {
    const batch = filledJournal(3).batch(1, 3);
    const recs = [batch.recs[0], batch.recs[2]];
    expect(check({ ...batch, n: 2, recs })).toEqual({ ok: false, why: "bad-numbers" });
  });

  test("refuses a record that was altered on the way", () => {
    const batch = filledJournal(2).batch(1, 2);
    const recs = batch.recs.map((record) => ({ ...record, p: record.p.replace("第2条", "第9条") }));
    expect(check({ ...batch, recs })).toEqual({ ok: false, why: "bad-chain" });
  });

  test("refuses the journal of another box under this box's name", () => {
    expect(check(filledJournal(2).batch(1, 2), "zzzzzzzzzz")).toEqual({
      ok: false,
      why: "bad-chain",
    });
  });

  test("refuses a record that claims another epoch than its batch", () => {
    const batch = filledJournal(3).batch(2, 2);
    expect(check({ ...batch, epoch: "00000000" })).toEqual({ ok: false, why: "bad-record" });
  });
});
