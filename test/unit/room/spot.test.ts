import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeSpot, encodeSpot, newestSpot, type Spot } from "../../../src/room/spot.ts";

const SPOT: Spot = {
  generation: 7,
  session: "0a0b0c0d-12",
  at: 2,
  card: 0,
  film: { atMs: 12_345, playing: true, spanFromMs: null },
};

test("a spot reads back as it was written", () => {
  expect(decodeSpot(encodeSpot(SPOT))).toEqual(SPOT);
});

test("a spot with any byte changed or missing is no spot", () => {
  const bytes = encodeSpot(SPOT);
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const changed = bytes.slice();
      changed[at] = (changed[at] ?? 0) ^ change;
      expect(decodeSpot(changed)).toBeNull();
      expect(decodeSpot(bytes.slice(0, at))).toBeNull();
    }),
  );
});

test("any bytes at all are read without an error", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => decodeSpot(bytes) === null));
});

test("the newer of two whole generations counts", () => {
  const newer = encodeSpot({ ...SPOT, generation: 8, card: 3 });
  expect(newestSpot([newer, encodeSpot(SPOT)])?.card).toBe(3);
  expect(newestSpot([newer.slice(4), encodeSpot(SPOT)])?.generation).toBe(7);
  expect(newestSpot([null, null])).toBeNull();
});
