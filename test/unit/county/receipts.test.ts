/** Goal: the chain holds its own witnesses, and never a receipt about a receipt. */
import { expect, test } from "vitest";
import type { StoredRecord } from "../../../protocol/record.ts";
import { isWorthKeeping, NO_WITNESSES, noteRecord } from "../../../src/county/receipts.ts";

const E = "5be1a1b2";
const DAY_MS = 86_400_000;
const record = (s: number, k: string, d: object = {}) =>
  ({ e: E, s, record: { k, d } }) as unknown as StoredRecord;
const receipt = (s: number, upTo: number, now: number) =>
  record(s, "receipt", { epoch: E, upTo, h: "h", ack: JSON.stringify({ m: `{"now":${now}}` }) });
const after = (...records: StoredRecord[]) => records.reduce(noteRecord, NO_WITNESSES);
const ack = (upTo: number, now = 0) => ({ epoch: E, upTo, now });

test("the first acknowledgement of a journal is kept", () => {
  expect(isWorthKeeping(after(record(1, "init")), ack(1))).toBe(true);
});

test("a receipt is never a reason for another one, however old it is", () => {
  const journal = after(record(1, "init"), receipt(2, 1, 0));
  expect(isWorthKeeping(journal, ack(2, 9 * DAY_MS))).toBe(false);
});

test("one acknowledgement a day is kept", () => {
  const journal = after(record(1, "init"), receipt(2, 1, 0), record(3, "boot"));
  expect(isWorthKeeping(journal, ack(3, DAY_MS - 1))).toBe(false);
  expect(isWorthKeeping(journal, ack(3, DAY_MS))).toBe(true);
});

test("the acknowledgement that covers a session's close is kept at once, and once", () => {
  const journal = after(record(1, "init"), receipt(2, 1, 0), record(3, "session.close"));
  expect(isWorthKeeping(journal, ack(2))).toBe(false);
  expect(isWorthKeeping(journal, ack(3))).toBe(true);
  expect(isWorthKeeping(noteRecord(journal, receipt(4, 3, 1)), ack(4, 1))).toBe(false);
});

test("an acknowledgement of another epoch says nothing of this one", () => {
  expect(isWorthKeeping(after(record(1, "init")), { ...ack(1), epoch: "00000001" })).toBe(false);
});
