import { expect, test } from "vitest";
import { bytesEqual, firstDifference } from "../../../src/register/bytes.ts";

const LENGTH = 23;

/** The same content at any place of a memory: words begin at every fourth byte only. */
function laidAt(offset: number, length = LENGTH): Uint8Array {
  const memory = new Uint8Array(64).subarray(offset, offset + length);
  for (let at = 0; at < length; at += 1) memory[at] = at * 37 + 5;
  return memory;
}

test("the first byte that differs is found wherever it is, and wherever the two lie", () => {
  for (let offset = 0; offset < 8; offset += 1) {
    for (let at = 0; at < LENGTH; at += 1) {
      const other = laidAt(offset);
      other[at] = (other[at] ?? 0) ^ 0x80;
      expect(firstDifference(laidAt(0), other)).toBe(at);
      expect(bytesEqual(laidAt(0), other)).toBe(false);
    }
    expect(bytesEqual(laidAt(4), laidAt(offset))).toBe(true);
  }
});

test("when one begins the other, they differ where the shorter one ends", () => {
  for (let length = 0; length < LENGTH; length += 1) {
    expect(firstDifference(laidAt(0), laidAt(0, length))).toBe(length);
    expect(bytesEqual(laidAt(0), laidAt(0, length))).toBe(false);
  }
});
