import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { nodeSha256 } from "../../../platform/node/node-sha256.ts";
import { chainLink, chainNext, chainStart } from "../../../protocol/chain.ts";
import { crc32c } from "../../../protocol/crc32c.ts";
import { foldSession, sessionIdOf } from "../../../protocol/fold-session.ts";
import { encodeFrame, FRAME_JSON_BYTES_MAX, parseFrame } from "../../../protocol/frame.ts";
import type { RecordEnvelope } from "../../../protocol/generated/types.ts";
import { isRecordEnvelope } from "../../../protocol/generated/validators.js";
import type { StoredRecord } from "../../../protocol/record.ts";
import type { SessionRegister } from "../../../protocol/register.ts";

interface Vector {
  readonly boxId: string;
  readonly epoch: string;
  readonly start: string;
  readonly lines: readonly string[];
  readonly hashes: readonly string[];
  readonly register: SessionRegister;
}

const file = new URL("../../../protocol/vectors/journal.json", import.meta.url);
const vector = JSON.parse(readFileSync(file, "utf8")) as Vector;
const hash = nodeSha256.digest;
const bytes = (text: string) => new TextEncoder().encode(text);
const text = (content: Uint8Array) => new TextDecoder().decode(content);

function storedOf(line: string, index: number): StoredRecord {
  const json = line.slice(15);
  const record = JSON.parse(json) as RecordEnvelope;
  return { e: record.e, s: record.s, h: vector.hashes[index] ?? "", json, record };
}

test("the sum of RFC 3720 appendix B.4, and of the classic check string, is ours", () => {
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
  expect(crc32c(bytes("123456789"))).toBe(0xe3069283);
  expect(crc32c(new Uint8Array())).toBe(0);
});

test("the sum of any part is that of the rule, bit by bit, wherever the part begins and ends", () => {
  const all = Uint8Array.from({ length: 64 }, (_, index) => (index * 151 + 13) & 0xff);
  const byTheRule = (part: Uint8Array) => {
    let crc = 0xffffffff;
    for (const byte of part) {
      crc ^= byte;
      for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
    }
    return ~crc >>> 0;
  };
  for (let from = 0; from < 9; from += 1) {
    for (let to = from; to <= all.length; to += 1) {
      expect(crc32c(all, from, to)).toBe(byTheRule(all.slice(from, to)));
    }
  }
});

test("every line of the golden journal is read, and written the same", () => {
  for (const line of vector.lines) {
    const frame = parseFrame(bytes(`${line}\n`), 0);
    expect(frame).toMatchObject({ ok: true, bytes: bytes(line).length + 1 });
    const json = frame.ok ? frame.json : new Uint8Array();
    expect(isRecordEnvelope(JSON.parse(text(json)))).toBe(true);
    expect(text(encodeFrame(json))).toBe(`${line}\n`);
  }
});

test("the golden journal's chain begins with box and epoch, and links every record", () => {
  let h = chainStart(hash, vector.boxId, vector.epoch);
  expect(h).toBe(vector.start);
  vector.lines.forEach((line, index) => {
    expect(storedOf(line, index).record.p).toBe(chainLink(h));
    h = chainNext(hash, h, bytes(line.slice(15)));
    expect(h).toBe(vector.hashes[index]);
  });
});

test("the golden journal's register is what its records say", () => {
  const records = vector.lines
    .map(storedOf)
    .filter((stored) => sessionIdOf(stored) === vector.register.id);
  expect(records).toHaveLength(7);
  expect(foldSession(records)).toEqual(vector.register);
});

const FRAME = encodeFrame(bytes('{"a":1}'));

test("the largest record is a frame, and one byte more is a programmer's error", () => {
  const most = encodeFrame(new Uint8Array(FRAME_JSON_BYTES_MAX).fill(0x20));
  expect(parseFrame(most, 0).ok).toBe(true);
  expect(() => encodeFrame(new Uint8Array(FRAME_JSON_BYTES_MAX + 1))).toThrow();
  expect(() => encodeFrame(new Uint8Array())).toThrow();
});

test("a frame is found where it begins, also behind others", () => {
  const two = new Uint8Array([...FRAME, ...FRAME]);
  expect(parseFrame(two, FRAME.length)).toMatchObject({ ok: true, bytes: FRAME.length });
});

test.each([
  ["cut anywhere before its end", FRAME.subarray(0, FRAME.length - 1), "short"],
  ["cut in its head", FRAME.subarray(0, 10), "short"],
  ["empty", new Uint8Array(), "short"],
  ["zeros", new Uint8Array(40), "head"],
  ["a sum in capitals", bytes(text(FRAME).replace(/^.{8}/, (sum) => sum.toUpperCase())), "head"],
  ["a length of nothing", bytes("00000000 00000 \n"), "length"],
  ["a length beyond the limit", bytes(`00000000 16001 ${" ".repeat(16_002)}`), "length"],
  ["another json", bytes(text(FRAME).replace("1", "2")), "sum"],
  ["another line end", bytes(text(FRAME).replace("\n", "\r")), "line-end"],
])("a frame that is %s is not accepted, and says why", (_name, damaged, fault) => {
  // The example's sum must hold a letter, or capitals would change nothing.
  expect(text(FRAME).slice(0, 8)).toMatch(/[a-f]/);
  expect(parseFrame(damaged, 0)).toMatchObject({ ok: false, fault });
});
