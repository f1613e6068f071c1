import { expect, test } from "vitest";
import { planRange } from "../../../media-cache/range.ts";

const DATE = "Tue, 03 Mar 2026 08:00:00 GMT";
const FILE = { bytes: 1000, etag: '"abc"', lastModified: DATE };

function ask(range: string | undefined, extra: { ifRange?: string; method?: string } = {}) {
  return planRange({ method: "GET", range, ...extra }, FILE);
}

test.each([
  ["bytes=0-0", 0, 0],
  ["bytes=0-499", 0, 499],
  ["bytes=500-999", 500, 999],
  ["bytes=500-", 500, 999],
  ["bytes=999-", 999, 999],
  ["bytes=0-99999999999999999999999999", 0, 999],
  ["bytes=-1", 999, 999],
  ["bytes=-500", 500, 999],
  ["bytes=-1000", 0, 999],
  ["bytes=-99999", 0, 999],
  ["BYTES=1-2", 1, 2],
  ["bytes= 1-2 ", 1, 2],
  ["bytes=,1-2,", 1, 2],
  ["bytes=007-008", 7, 8],
  ["bytes=0-0,", 0, 0],
  ["bytes=\t3-4", 3, 4],
  ["bytes=-99999999999999999999999999", 0, 999],
  ["bytes=999-99999999999999999999999", 999, 999],
])("%s is answered with these bytes and no others", (range, from, to) => {
  const plan = ask(range);
  expect(plan).toMatchObject({ status: 206, from, to, hasBody: true });
  expect(plan.headers["Content-Range"]).toBe(`bytes ${from}-${to}/1000`);
  expect(plan.headers["Content-Length"]).toBe(String(to - from + 1));
});

test.each([
  undefined,
  "",
  "bytes",
  "bytes=",
  "bytes=-",
  "bytes=7-3",
  "bytes=a-b",
  "bytes=1-2x",
  "bytes=+1-2",
  "bytes=0x1-2",
  "bytes=1.0-2",
  "bytes=1 - 2",
  "bytes=--1",
  "bytes=0-1,5-6",
  "bytes=0-0,-1",
  "bytes=0-1,0-1",
  "bytes=1-2,5000-",
  "bytes=1-2,x",
  "bytes=1-2;q=1",
  "bytes=-5-",
  "bytes=5--",
  "bytes=9",
  "bytes=٣-٤",
  "bytes=1-2 3-4",
  "bytes==1-2",
  "bytes=1e1-20",
  "items=0-1",
  "bytes:0-1",
])("%s is answered with the whole file", (range) => {
  const plan = ask(range);
  expect(plan).toMatchObject({ status: 200, from: 0, to: 999, hasBody: true });
  expect(plan.headers["Content-Length"]).toBe("1000");
  expect(plan.headers["Content-Range"]).toBeUndefined();
});

test.each(["bytes=1000-", "bytes=1000-2000", "bytes=-0", "bytes=99999999999999999999999-"])(
  "%s cannot be satisfied, and the answer says how long the file is",
  (range) => {
    const plan = ask(range);
    expect(plan).toMatchObject({ status: 416, hasBody: false });
    expect(plan.headers["Content-Range"]).toBe("bytes */1000");
    expect(plan.headers["Content-Length"]).toBe("0");
  },
);

test.each([
  ['"abc"', 206],
  [' "abc" ', 206],
  ['"ABC"', 200],
  ['"abcd"', 200],
  ['W/"abc"', 200],
  ["abc", 200],
  [DATE, 206],
  ["Tue, 03 Mar 2026 08:00:01 GMT", 200],
  ["Tue, 03 Mar 2026 07:59:59 GMT", 200],
  ["", 200],
])("If-Range %s is compared strongly", (ifRange, status) => {
  expect(ask("bytes=1-2", { ifRange }).status).toBe(status);
});

test("an unsatisfiable range of an old version is answered with the whole file", () => {
  expect(ask("bytes=5000-", { ifRange: '"old"' }).status).toBe(200);
});

test("a weak entity tag of our own never satisfies If-Range", () => {
  const weak = { bytes: 10, etag: 'W/"abc"' };
  const request = { method: "GET", range: "bytes=1-2", ifRange: 'W/"abc"' };
  expect(planRange(request, weak).status).toBe(200);
});

test("a date does not satisfy If-Range when no date was ever sent", () => {
  const request = { method: "GET", range: "bytes=1-2", ifRange: DATE };
  expect(planRange(request, { bytes: 10, etag: '"abc"' }).status).toBe(200);
});

test("If-Range alone asks for nothing", () => {
  expect(ask(undefined, { ifRange: '"old"' }).status).toBe(200);
});

test("HEAD is told about the whole file and sent none of it", () => {
  const plan = ask("bytes=1-2", { method: "HEAD" });
  expect(plan).toMatchObject({ status: 200, hasBody: false });
  expect(plan.headers["Content-Length"]).toBe("1000");
});

test("a range means nothing to any method but GET", () => {
  expect(ask("bytes=1-2", { method: "POST" }).status).toBe(200);
});

test.each([
  ["bytes=0-", 416],
  ["bytes=-5", 200],
  [undefined, 200],
])("an empty file has no bytes to send for %s", (range, status) => {
  const plan = planRange({ method: "GET", range }, { bytes: 0, etag: '"e"' });
  expect(plan).toMatchObject({ status, hasBody: false });
  expect(plan.headers["Content-Length"]).toBe("0");
});

test("every answer says that ranges are served and what the validators are", () => {
  for (const range of [undefined, "bytes=1-2", "bytes=5000-"]) {
    const { headers } = ask(range);
    expect(headers).toMatchObject({ "Accept-Ranges": "bytes", ETag: '"abc"' });
    expect(headers["Last-Modified"]).toBe(DATE);
  }
});
