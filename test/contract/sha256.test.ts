import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { nodeSha256 } from "../../platform/node/node-sha256.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
/** FIPS 180-4, as NIST's example of one block says it. */
const ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

test("one part, several parts and a rolling hash of the same bytes give the same digest", () => {
  const rolling = nodeSha256.begin();
  rolling.update(bytes("a"));
  rolling.update(bytes("bc"));
  expect(rolling.digest()).toBe(ABC);
  expect(nodeSha256.digest(bytes("abc"))).toBe(ABC);
  expect(nodeSha256.digest(bytes("a"), bytes(""), bytes("bc"))).toBe(ABC);
  expect(nodeSha256.digest()).toBe(createHash("sha256").digest("hex"));
});

test("a part of a larger memory is hashed as that part alone", () => {
  const memory = bytes("xxabcxx");
  expect(nodeSha256.digest(memory.subarray(2, 5))).toBe(ABC);
});
