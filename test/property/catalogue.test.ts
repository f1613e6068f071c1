/** Goal: what is signed has one text, and a path goes to whom it was delegated to. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson } from "../../media-cache/catalogue/canonical-json.ts";
import { matchesPath } from "../../media-cache/catalogue/search.ts";
import {
  isExpired,
  NO_FREEZE,
  noteCycle,
  raiseFloor,
} from "../../media-cache/catalogue/security-clock.ts";

const text = (value: unknown) => {
  const bytes = canonicalJson(value);
  return bytes === null ? null : new TextDecoder().decode(bytes);
};

const integers = fc.maxSafeInteger().map((value) => (value === 0 ? 0 : value));
const strings = fc.string({ unit: "grapheme" });
const tree = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    integers,
    strings,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(strings, tie("value"), { maxKeys: 4 }),
  ),
})).value;

test("canonical JSON is the same however the names were ordered", () => {
  const backwards = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(backwards);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([name, member]) => [name, backwards(member)]),
    );
  };
  fc.assert(fc.property(tree, (value) => text(backwards(value)) === text(value)));
});

test("two values have one canonical text only when they are equal", () => {
  fc.assert(
    fc.property(tree, tree, (a, b) => {
      if (text(a) === text(b)) expect(a).toEqual(b);
    }),
  );
});

test("names are in the order of their code points, not of UTF-16", () => {
  expect(text({ "\u{1f600}": 1, "\uff01": 2, a: 3 })).toBe('{"a":3,"\uff01":2,"\u{1f600}":1}');
  expect(text({ 'a"\\': "\n" })).toBe('{"a\\"\\\\":"\n"}');
});

test("what has no canonical form is not signed by anybody", () => {
  expect(text(1.5)).toBeNull();
  expect(text(2 ** 53)).toBeNull();
  expect(text("\ud800")).toBeNull();
  expect(text({ a: [undefined] })).toBeNull();
});

const segment = fc.stringMatching(/^[a-z.]{0,6}$/);

test("a star stands for any part of one segment, and never for a slash", () => {
  fc.assert(
    fc.property(segment, segment, segment, (head, middle, tail) => {
      expect(matchesPath(`${head}*${tail}`, `${head}${middle}${tail}`)).toBe(true);
      expect(matchesPath(`${head}*${tail}`, `${head}${middle}/${tail}`)).toBe(false);
      expect(matchesPath("lessons/*/*", `lessons/${head}/${middle}`)).toBe(true);
    }),
  );
});

test("a pattern of many stars ends at once", () => {
  expect(matchesPath(`${"*a".repeat(500)}b`, "a".repeat(5000))).toBe(false);
});

const time = fc.integer({ min: 0, max: 4e12 });
const utc = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}Z`;

test("what has expired at the floor has expired, whatever the wall clock says", () => {
  fc.assert(
    fc.property(time, time, fc.boolean(), (floorMs, unixMs, isSynced) => {
      const clock = { floorMs, wall: { unixMs, isSynced }, isStrict: false };
      expect(isExpired(utc(floorMs), clock)).toBe(true);
    }),
  );
});

test("a wall clock that nobody set changes no verdict", () => {
  fc.assert(
    fc.property(time, time, time, (floorMs, at, unixMs) => {
      const judge = (wall: { unixMs: number; isSynced: boolean }) =>
        isExpired(utc(at), { floorMs, wall, isStrict: false });
      expect(judge({ unixMs, isSynced: false })).toBe(judge({ unixMs: 0, isSynced: false }));
    }),
  );
});

test("the floor never goes back, and never jumps further than 400 days", () => {
  fc.assert(
    fc.property(time, time, (floorMs, issued) => {
      const raised = raiseFloor(floorMs, utc(issued));
      expect(raised).toBeGreaterThanOrEqual(floorMs);
      expect(raised - floorMs).toBeLessThanOrEqual(400 * 86_400_000);
    }),
  );
});

test("a synchronised clock judges expiry within two years of the floor", () => {
  const floorMs = Date.UTC(2026, 10, 1);
  const judge = (year: number, isSynced = true) =>
    isExpired("2027-01-01T00:00:00Z", {
      floorMs,
      wall: { unixMs: Date.UTC(year, 1, 1), isSynced },
      isStrict: false,
    });
  expect(judge(2027)).toBe(true);
  expect(judge(2027, false)).toBe(false);
  expect(judge(1970)).toBe(false);
  // Nobody is locked out by a clock that was set to 2099.
  expect(judge(2099)).toBe(false);
});

test("freeze: seven answers without growth, twenty hours of uptime apart", () => {
  const hour = 3_600_000;
  let freeze = NO_FREEZE;
  for (let n = 0; n < 139; n += 1) freeze = noteCycle(freeze, { grew: false, elapsedMs: hour });
  expect(freeze.count).toBe(6);
  freeze = noteCycle(freeze, { grew: false, elapsedMs: hour });
  expect(freeze.count).toBe(7);
  expect(noteCycle(freeze, { grew: true, elapsedMs: hour })).toEqual(NO_FREEZE);
});
