import { expect, test } from "vitest";
import type { RecordEnvelope } from "../../../protocol/generated/types.ts";
import { IntentMemory } from "../../../src/register/intent-memory.ts";

/** What docs/formats/journal.md promises. */
const REMEMBERED = 4000;

function noteUpTo(memory: IntentMemory, last: number): void {
  for (let s = 1; s <= last; s += 1) {
    const record = { e: "9e45903c", s, k: "attend", r: `intent-${s}` } as RecordEnvelope;
    memory.note({ e: "9e45903c", s, h: "00", json: JSON.stringify(record), record });
  }
}

test("the last 4,000 intents are remembered with their records, however many came before", () => {
  for (const last of [1, REMEMBERED - 1, REMEMBERED, REMEMBERED + 1, 3 * REMEMBERED + 17]) {
    const memory = new IntentMemory();
    noteUpTo(memory, last);
    const promised = Array.from({ length: Math.min(last, REMEMBERED) }, (_, back) => last - back);
    const forgotten = promised.filter((s) => memory.find(`intent-${s}`)?.record.s !== s);
    expect(forgotten).toEqual([]);
  }
});

test("what is long past is forgotten: a box runs for years", () => {
  const memory = new IntentMemory();
  noteUpTo(memory, 3 * REMEMBERED);
  expect(memory.find(`intent-${REMEMBERED}`)).toBeUndefined();
});
