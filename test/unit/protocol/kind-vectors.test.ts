import { expect, test } from "vitest";
import { nodeSha256 } from "../../../platform/node/node-sha256.ts";
import { chainLink, chainNext, chainStart } from "../../../protocol/chain.ts";
import { ErasureFold } from "../../../protocol/erasures.ts";
import { foldSessions } from "../../../protocol/fold-session.ts";
import { encodeFrame } from "../../../protocol/frame.ts";
import type { RecordEnvelope } from "../../../protocol/generated/types.ts";
import * as validators from "../../../protocol/generated/validators.js";
import { isKnownRecord, type RecordKind, type StoredRecord } from "../../../protocol/record.ts";
import { KIND_BOX, KIND_EPOCH, KIND_EXAMPLES } from "../../support/kind-examples.ts";

const VECTORS = "../../../protocol/vectors/kinds.json";
const KINDS = Object.keys(KIND_EXAMPLES) as RecordKind[];
const hash = nodeSha256.digest;

/** `practise.result` is checked by `isPractiseResultPayload`. */
function checkOf(kind: RecordKind): (value: unknown) => boolean {
  const words = kind.split(".").map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  const check = (validators as unknown as Record<string, unknown>)[`is${words.join("")}Payload`];
  if (typeof check !== "function") throw new Error(`no schema for ${kind}`);
  return check as (value: unknown) => boolean;
}

/** The examples as one journal: each a second after the one before. */
function writeJournal() {
  let h = chainStart(hash, KIND_BOX, KIND_EPOCH);
  const lines: string[] = [];
  const records: StoredRecord[] = [];
  KINDS.forEach((k, index) => {
    const s = index + 1;
    const clock = { bt: 1, mt: s * 1000, wt: 1_772_670_600_000 + s * 1000, ws: "county" };
    const chain = { e: KIND_EPOCH, s, p: chainLink(h), k, v: 1 };
    const record = { ...chain, ...clock, by: "aaaaaaaa", d: KIND_EXAMPLES[k] };
    const json = JSON.stringify(record);
    const bytes = new TextEncoder().encode(json);
    h = chainNext(hash, h, bytes);
    lines.push(new TextDecoder().decode(encodeFrame(bytes)).trimEnd());
    records.push({ e: KIND_EPOCH, s, h, json, record: record as unknown as RecordEnvelope });
  });
  return { lines, records };
}

test.each(KINDS)("the example of %s is what its schema says, and a known record", (kind) => {
  const check = checkOf(kind);
  check(KIND_EXAMPLES[kind]);
  expect((check as { errors?: unknown }).errors ?? null).toBeNull();
  const stored = writeJournal().records.find(({ record }) => record.k === kind);
  expect(stored !== undefined && isKnownRecord(stored.record)).toBe(true);
});

test.each(KINDS)("a field that %s does not have is refused by its schema", (kind) => {
  expect(checkOf(kind)({ ...KIND_EXAMPLES[kind], surprise: 1 })).toBe(false);
});

test("bytes, chain, registers and erasures of every kind are what the golden vectors say", async () => {
  const { lines, records } = writeJournal();
  const erasures = new ErasureFold();
  for (const stored of records) erasures.note(stored);
  const golden = {
    boxId: KIND_BOX,
    epoch: KIND_EPOCH,
    lines,
    hashes: records.map(({ h }) => h),
    registers: foldSessions(records),
    erased: { members: [...erasures.members], notes: [...erasures.notes] },
  };
  await expect(`${JSON.stringify(golden, null, 2)}\n`).toMatchFileSnapshot(VECTORS);
});
