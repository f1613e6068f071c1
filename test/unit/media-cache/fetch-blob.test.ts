/** Fetching against fakes: stops, caps, full disks and power cuts at every step. */
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { blobPath, partPath } from "../../../media-cache/blob-store.ts";
import { BlobFetcher } from "../../../media-cache/fetch/blob-fetcher.ts";
import { type FetchRunOptions, runFetches } from "../../../media-cache/fetch/fetch-run.ts";
import { Stop } from "../../../media-cache/fetch/stop.ts";
import { FakeBlobDisk } from "../../../platform/fake/fake-blob-disk.ts";
import { type FakeAnswer, FakeHttpFetch } from "../../../platform/fake/fake-http-fetch.ts";
import { FakePartDisk } from "../../../platform/fake/fake-part-disk.ts";
import { FakeRandom } from "../../../platform/fake/fake-random.ts";
import { FakeTimer } from "../../../platform/fake/fake-timer.ts";
import { nodeSha256 } from "../../../platform/node/node-sha256.ts";
import type { FetchRequest } from "../../../platform/ports/http-fetch.ts";

const MIB = 1024 * 1024;
const BYTES = 7 * MIB;
const PIECE = 64 * 1024;
const BLOB = Uint8Array.from({ length: BYTES }, (_, at) => (at * 31 + (at >> 9)) & 0xff);
const SHA256 = createHash("sha256").update(BLOB).digest("hex");
const WANTED = { sha256: SHA256, bytes: BYTES };
const CACHE = "/cache";

function answerWell({ headers }: FetchRequest): FakeAnswer {
  const from = Number(/bytes=(\d+)-/.exec(headers.Range ?? "")?.[1] ?? 0);
  const pieces = [];
  for (let at = from; at < BYTES; at += PIECE) pieces.push(BLOB.subarray(at, at + PIECE));
  if (from === 0) return { status: 200, pieces };
  return {
    status: 206,
    pieces,
    headers: { "content-range": `bytes ${from}-${BYTES - 1}/${BYTES}` },
  };
}

function setUp(more: Partial<FetchRunOptions> = {}) {
  const blobs = new FakeBlobDisk();
  const parts = new FakePartDisk(blobs.files);
  const http = new FakeHttpFetch();
  http.answer = answerWell;
  const timer = new FakeTimer({ jumps: true });
  const disks = { blobs, parts };
  const fetcher = new BlobFetcher({ http, ...disks, sha256: nodeSha256, timer, cacheDir: CACHE });
  const stop = new Stop();
  const options: FetchRunOptions = {
    fetcher,
    sources: [{ base: "http://origin", hosts: ["origin"] }],
    stop,
    timer,
    random: new FakeRandom(1),
    bytesPerSecond: 1e9,
    budgetBytes: 1e12,
    ...more,
  };
  return { blobs, parts, http, timer, stop, run: () => runFetches([WANTED], options) };
}

type Setup = ReturnType<typeof setUp>;

function held({ blobs }: Setup): number {
  return blobs.files.get(partPath(CACHE, SHA256))?.length ?? 0;
}

/** P9: nothing lies under a blob's name that does not hash to it. */
function expectTrue({ blobs }: Setup): void {
  const bytes = blobs.files.get(blobPath(CACHE, SHA256));
  if (bytes !== undefined) {
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(SHA256);
  }
}

test("Q3: a key press stops it before the next piece, and what came is kept", async () => {
  let pieces = 0;
  const set = setUp({
    onCommitted: () => {
      throw new Error("it must not get so far");
    },
  });
  const open = set.http.open.bind(set.http);
  set.http.open = async (request) => {
    const answer = await open(request);
    if (answer.kind === "failed") return answer;
    const read = async () => {
      pieces += 1;
      if (pieces === 20) set.stop.stop();
      return answer.body.read();
    };
    return { ...answer, body: { read, cancel: () => answer.body.cancel() } };
  };
  expect((await set.run()).end).toBe("stopped");
  expect(pieces).toBe(20);
  expect(held(set)).toBe(19 * PIECE);
});

test("a stop while a pause is waited for ends the run at once", async () => {
  const timer = new FakeTimer();
  const set = setUp({ timer });
  set.http.answer = () => ({ status: 503, headers: { "retry-after": "3000" } });
  const running = set.run();
  while (timer.waits.length === 0) await Promise.resolve();
  set.stop.stop();
  expect((await running).end).toBe("stopped");
  expect(timer.waits).toEqual([3_000_000]);
});

test("Retry-After is honoured up to an hour, and a date is not", async () => {
  const answers = ["7", "999999", "Wed, 21 Oct 2026 07:28:00 GMT"];
  const set = setUp();
  set.http.answer = (request) => {
    const after = answers.shift();
    return after === undefined
      ? answerWell(request)
      : { status: 429, headers: { "retry-after": after } };
  };
  expect((await set.run()).end).toBe("done");
  expect(set.timer.waits.slice(0, 2)).toEqual([7000, 3_600_000]);
  expect(set.timer.waits[2]).toBeLessThan(40_000);
});

test("a line is never used faster than its cap", async () => {
  const set = setUp({ bytesPerSecond: 250_000 });
  expect((await set.run()).end).toBe("done");
  const seconds = set.timer.nowMs() / 1000;
  expect(BYTES / seconds).toBeLessThan(250_000 * 1.02);
  expect(BYTES / seconds).toBeGreaterThan(250_000 * 0.98);
});

test("the bytes of a night are a bound, and the next night goes on from there", async () => {
  const set = setUp({ budgetBytes: 2 * MIB });
  const first = await set.run();
  expect(first.end).toBe("over-budget");
  expect(first.fetchedBytes).toBe(2 * MIB);
  expect(held(set)).toBe(2 * MIB);
  for (let night = 0; night < 3; night += 1) await set.run();
  expectTrue(set);
  expect(set.blobs.files.has(blobPath(CACHE, SHA256))).toBe(true);
});

test("a line that is down is given up after a few blobs, not after all of them", async () => {
  const set = setUp();
  set.http.answer = () => null;
  const blobs = Array.from({ length: 50 }, (_, at) => ({
    sha256: `${at}`.padStart(64, "0"),
    bytes: 9,
  }));
  const { http, timer, blobs: disk, parts, stop } = set;
  const fetcher = new BlobFetcher({
    ...{ http, parts, blobs: disk, timer },
    ...{ sha256: nodeSha256, cacheDir: CACHE },
  });
  const report = await runFetches(blobs, {
    ...{ fetcher, timer, stop, sources: [{ base: "http://o", hosts: [] }] },
    ...{ random: new FakeRandom(2), bytesPerSecond: 1e9, budgetBytes: 1e9 },
  });
  expect(report.end).toBe("unreachable");
  expect(http.asked.length).toBe(10);
});

test("a second origin is asked when the first answers wrongly", async () => {
  const sources = ["http://bad", "http://good"].map((base) => ({ base, hosts: [] }));
  const set = setUp({ sources });
  set.http.answer = (request) =>
    request.url.startsWith("http://bad")
      ? { status: 200, headers: { "content-length": "3" } }
      : answerWell(request);
  expect((await set.run()).end).toBe("done");
});

test("a power cut at any change costs at most what was not synced, and the next run ends it", async () => {
  for (let at = 1; ; at += 1) {
    const set = setUp();
    set.parts.plan({ at, kind: "cut" });
    const report = await set.run();
    if (report.end === "done") {
      expect(at).toBeGreaterThan(10);
      return;
    }
    expect(report.end).toBe("disk-failed");
    set.parts.powerOn();
    expectTrue(set);
    const kept = held(set);
    expect(report.fetchedBytes - kept).toBeLessThanOrEqual(4 * MIB);
    const again = await set.run();
    expect(again).toMatchObject({ end: "done", fetchedBytes: BYTES - kept });
    expectTrue(set);
  }
});

test("a disk that fills up at any change loses nothing that was there, and goes on with space", async () => {
  for (let at = 1; ; at += 1) {
    const set = setUp();
    set.parts.plan({ at, kind: "no-space" });
    const report = await set.run();
    if (report.end === "done") return;
    expect(report.end).toBe("no-space");
    expectTrue(set);
    set.parts.powerOn();
    expect((await set.run()).end).toBe("done");
    expectTrue(set);
  }
});

test("after a failed sync the part is gone, the run ends, and nothing is synced again", async () => {
  const set = setUp();
  // Six appends of half a megabyte, then the first sync.
  set.parts.plan({ at: 7, kind: "io" });
  expect((await set.run()).end).toBe("disk-failed");
  expect(set.blobs.files.size).toBe(0);
  expect((await set.run()).end).toBe("done");
  expectTrue(set);
});
