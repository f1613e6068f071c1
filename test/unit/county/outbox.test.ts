import { expect, test } from "vitest";
import {
  contradictionIn,
  countBacklog,
  noteAcknowledged,
  noteAppended,
  noteSent,
  noteTime,
  type Outbox,
  openOutbox,
  planBatch,
} from "../../../src/county/outbox.ts";

const E = "5be1a1b2";
const acknowledged = (outbox: Outbox, upTo: number, more: object = {}) =>
  noteAcknowledged(
    outbox,
    { epoch: E, upTo, h: `h${upTo}`, want: [], win: 4, ...more },
    (s) => `h${s}`,
  );
const open = (head: number) => openOutbox([{ epoch: E, first: 1, head }]);
const sent = (outbox: Outbox, from: number, to: number, nowMs = 0) =>
  noteSent(outbox, E, { from, to, nowMs });

test("O1: the next batch begins after what the county has, also when that goes back", () => {
  expect(planBatch(acknowledged(open(120), 70))).toEqual({ epoch: E, from: 71, to: 120 });
  expect(planBatch(acknowledged(acknowledged(open(120), 70), 20))).toMatchObject({ from: 21 });
});

test("O2: nothing is sent before the county has spoken", () => {
  expect(planBatch(open(120))).toBeNull();
});

test("O3: no more batches are on the way than the county's window", () => {
  let outbox = acknowledged(open(1000), 0, { win: 2 });
  outbox = sent(sent(outbox, 1, 50), 51, 100);
  expect(planBatch(outbox)).toBeNull();
  expect(planBatch(acknowledged(outbox, 50, { win: 2 }))).toEqual({ epoch: E, from: 101, to: 150 });
});

test("O4: what was not acknowledged in time goes again from the contiguous point", () => {
  const outbox = sent(acknowledged(open(60), 10), 11, 60, 1000);
  expect(planBatch(noteTime(outbox, 20_999))).toBeNull();
  expect(planBatch(noteTime(outbox, 21_000))).toEqual({ epoch: E, from: 11, to: 60 });
});

const another = { epoch: E, upTo: 7, h: "another", want: [], win: 4 };
const ours = (s: number) => (s <= 9 ? `h${s}` : undefined);

test("O5: a county with another hash at the cursor is told ours from the first record on", () => {
  let outbox = noteAcknowledged(open(120), another, ours);
  expect(planBatch(outbox)).toEqual({ epoch: E, from: 1, to: 50 });
  outbox = noteAcknowledged(sent(outbox, 1, 5), { ...another, also: { upTo: 5, h: "h5" } }, ours);
  expect(planBatch(outbox)).toEqual({ epoch: E, from: 6, to: 55 });
  expect(countBacklog(outbox)).toBe(115);
});

test("O5: a county that holds ours too is told nothing again", () => {
  const ack = { ...another, also: { upTo: 9, h: "h9" } };
  expect(planBatch(noteAcknowledged(open(9), ack, ours))).toBeNull();
});

test("O6: another hash at the cursor is a fork, a county ahead a rollback, and neither is a word", () => {
  const told = (ack: object) =>
    contradictionIn(noteAcknowledged(open(9), { ...another, ...ack }, ours), E);
  expect(told({})).toEqual({ kind: "fork", epoch: E, s: 7, h: "another" });
  expect(told({ upTo: 12, h: "h12" })).toMatchObject({ kind: "rollback", s: 12 });
  expect(told({ h: "h7" })).toBeNull();
  expect(told({ upTo: 0, h: null })).toBeNull();
});

test("O7: a late word of an earlier start of the county moves nothing", () => {
  const outbox = openOutbox([{ epoch: E, first: 1, head: 9 }], "second");
  const ack = { epoch: E, upTo: 9, h: "h9", want: [], win: 4 };
  expect(planBatch(noteAcknowledged(outbox, { ...ack, host: "first" }, ours))).toBeNull();
  expect(countBacklog(noteAcknowledged(outbox, { ...ack, host: "first" }, ours))).toBe(9);
  expect(countBacklog(noteAcknowledged(outbox, { ...ack, host: "second" }, ours))).toBe(0);
});

test("O5: a county that has more than we ever wrote is told everything, once", () => {
  const outbox = noteAcknowledged(
    open(9),
    { epoch: E, upTo: 12, h: "h12", want: [], win: 4 },
    ours,
  );
  expect(planBatch(outbox)).toEqual({ epoch: E, from: 1, to: 9 });
});

test("a gap that the county asks for goes before what is new", () => {
  const outbox = acknowledged(open(90), 10, { want: [[15, 20]] });
  expect(planBatch(outbox)).toEqual({ epoch: E, from: 15, to: 20 });
});

test("a gap beyond what was ever written is not sent", () => {
  const outbox = acknowledged(open(10), 10, { want: [[15, 20]] });
  expect(planBatch(outbox)).toBeNull();
});

test("the newest epoch goes first", () => {
  const two = openOutbox([
    { epoch: "00000001", first: 1, head: 5 },
    { epoch: E, first: 1, head: 5 },
  ]);
  const old = { epoch: "00000001", upTo: 0, h: null, want: [], win: 4 };
  expect(planBatch(acknowledged(noteAcknowledged(two, old, ours), 0))?.epoch).toBe(E);
});

test("a record written while connected is sent next", () => {
  expect(planBatch(noteAppended(acknowledged(open(5), 5), E, 6))).toMatchObject({ from: 6, to: 6 });
});

test("the backlog is what the county has not, and all of it while that is unknown", () => {
  expect(countBacklog(open(30))).toBe(30);
  expect(countBacklog(acknowledged(open(30), 12))).toBe(18);
});
