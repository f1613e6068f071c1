import { expect, test } from "vitest";
import type { RecordEnvelope } from "../../../protocol/generated/types.ts";
import type { StoredRecord } from "../../../protocol/record.ts";
import { IntentMemory } from "../../../src/register/intent-memory.ts";
import type { Register } from "../../../src/register/register.ts";

/** What docs/formats/journal.md promises. */
const REMEMBERED = 4000;

function noteUpTo(memory: IntentMemory, last: number): void {
  for (let s = 1; s <= last; s += 1) {
    const record = { e: "9e45903c", s, k: "attend", r: `intent-${s}` } as RecordEnvelope;
    memory.note({ e: "9e45903c", s, h: "00", json: JSON.stringify(record), record });
  }
}

test("the last 4,000 intents are remembered, however many came before", () => {
  for (const last of [1, REMEMBERED - 1, REMEMBERED, REMEMBERED + 1, 3 * REMEMBERED + 17]) {
    const memory = new IntentMemory();
    noteUpTo(memory, last);
    const promised = Array.from({ length: Math.min(last, REMEMBERED) }, (_, back) => last - back);
    const forgotten = promised.filter((s) => memory.find(`intent-${s}`)?.s !== s);
    expect(forgotten).toEqual([]);
  }
});

test("an intent of before a restart is answered with its record, which lies on the disk", async () => {
  const memory = new IntentMemory();
  noteUpTo(memory, 3);
  const asked: unknown[] = [];
  const stored = { e: "9e45903c", s: 2 } as StoredRecord;
  const read: Register["read"] = async (...what) => {
    asked.push(what);
    return [stored];
  };
  expect(await memory.recall("intent-2", { read })).toBe(stored);
  expect(await memory.recall("intent-9", { read })).toBeUndefined();
  expect(asked).toEqual([["9e45903c", 2, { maxCount: 1, maxBytes: 0 }]]);
});

test("what is long past is forgotten: a box runs for years", () => {
  const memory = new IntentMemory();
  noteUpTo(memory, 3 * REMEMBERED);
  expect(memory.find(`intent-${REMEMBERED}`)).toBeUndefined();
});
