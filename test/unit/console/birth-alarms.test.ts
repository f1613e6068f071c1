/** Goal: a birth that cannot be is told before a record has come; an honest one is not. */
import { expect, test } from "vitest";
import { alarmsOf, type HeldJournal } from "../../../console/server/ingest/birth-alarms.ts";

const E = "5be1a1b2";
const hash = (digit: string) => digit.repeat(64);
const told = (epoch: string, head: number, h = hash("a")) => ({
  ...{ epoch, first: 1, head, hash: h, acked: 0 },
});
const held = (epoch: string, highest: number, hashAtHead: string | null): HeldJournal => ({
  ...{ epoch, highest, hashAtHead },
});

test("a box that is ahead of the county, level with it, or new to it, is no alarm", () => {
  const birth = { journals: [told(E, 12)] };
  expect(alarmsOf(birth, { key: null, journals: [held(E, 9, null)] })).toEqual([]);
  expect(alarmsOf(birth, { key: null, journals: [held(E, 12, hash("a"))] })).toEqual([]);
  expect(alarmsOf(birth, { key: null, journals: [] })).toEqual([]);
  expect(alarmsOf({ journals: [] }, { key: null, journals: [held(E, 0, null)] })).toEqual([]);
});

test("another key than the known one is an alarm; none, or a first one, is not", () => {
  const known = (key: string | null) => ({ key, journals: [] });
  expect(alarmsOf({ key: "b", journals: [] }, known("a"))).toEqual([
    { kind: "other-key", epoch: null, records: 0 },
  ]);
  expect(alarmsOf({ key: "a", journals: [] }, known("a"))).toEqual([]);
  expect(alarmsOf({ key: "b", journals: [] }, known(null))).toEqual([]);
  expect(alarmsOf({ journals: [] }, known("a"))).toEqual([]);
});

test("an epoch that the box does not know any more is an alarm, with how many records are here", () => {
  const journals = [held(E, 9, null)];
  expect(alarmsOf({ journals: [told("00000001", 3)] }, { key: null, journals })).toEqual([
    { kind: "unknown-epoch", epoch: E, records: 9 },
  ]);
});

test("a birth that names as many epochs as it may can have left some out", () => {
  const many = Array.from({ length: 64 }, (_, n) => told(String(n).padStart(8, "0"), 1));
  expect(alarmsOf({ journals: many }, { key: null, journals: [held(E, 9, null)] })).toEqual([]);
});

test("a journal that ends before what is held is behind, by so many records", () => {
  const journals = [held(E, 30, hash("a"))];
  expect(alarmsOf({ journals: [told(E, 12)] }, { key: null, journals })).toEqual([
    { kind: "behind", epoch: E, records: 18 },
  ]);
});

test("another record at the head is another history, also when the box is not behind", () => {
  const journals = [held(E, 12, hash("b"))];
  expect(alarmsOf({ journals: [told(E, 12)] }, { key: null, journals })).toEqual([
    { kind: "other-history", epoch: E, records: 12 },
  ]);
});
