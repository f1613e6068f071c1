import fc from "fast-check";
import { test } from "vitest";
import { planRange } from "../../media-cache/range.ts";

const specs = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.tuple(fc.nat(3000), fc.nat(3000)).map(([a, b]) => `bytes=${a}-${b}`),
  fc.nat(3000).map((n) => `bytes=${n}-`),
  fc.nat(3000).map((n) => `bytes=-${n}`),
  fc.array(fc.nat(99)).map((list) => `bytes=${list.join("-")}`),
);

test("no header makes an answer leave the file or contradict itself", () => {
  fc.assert(
    fc.property(specs, fc.nat(2000), fc.constantFrom("GET", "HEAD"), (range, bytes, method) => {
      const { status, from, to, hasBody, headers } = planRange(
        { method, range },
        { bytes, etag: '"e"' },
      );
      const inside = from >= 0 && to < Math.max(bytes, 1) && to >= from - 1;
      const length = Number(headers["Content-Length"]);
      const told =
        status === 206 ? headers["Content-Range"] === `bytes ${from}-${to}/${bytes}` : true;
      return inside && length === to - from + 1 && told && (!hasBody || length > 0);
    }),
  );
});

test("what is cut into ranges in any way is put together again whole", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5000 }),
      fc.integer({ min: 1, max: 700 }),
      (bytes, step) => {
        let next = 0;
        while (next < bytes) {
          const range = `bytes=${next}-${next + step - 1}`;
          const plan = planRange({ method: "GET", range }, { bytes, etag: '"e"' });
          if (plan.status !== 206 || plan.from !== next) return false;
          next = plan.to + 1;
        }
        return next === bytes;
      },
    ),
  );
});
