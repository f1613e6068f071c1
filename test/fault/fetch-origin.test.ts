/** Goal: whatever an origin answers, the blob is whole or absent, and the next try completes it. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { blobPath, partPath } from "../../media-cache/blob-store.ts";
import { BlobFetcher, type Throttle } from "../../media-cache/fetch/blob-fetcher.ts";
import { runFetches } from "../../media-cache/fetch/fetch-run.ts";
import { Stop } from "../../media-cache/fetch/stop.ts";
import { FakeRandom } from "../../platform/fake/fake-random.ts";
import { NodeBlobDisk } from "../../platform/node/node-blob-disk.ts";
import { NodeHttpFetch } from "../../platform/node/node-http-fetch.ts";
import { NodePartDisk } from "../../platform/node/node-part-disk.ts";
import { nodeSha256 } from "../../platform/node/node-sha256.ts";
import type { Timer } from "../../platform/ports/timer.ts";
import { CASES } from "./origin/misbehaviours.ts";
import { makeBlob, type Origin, sha256Of, startOrigin } from "./origin/origin.ts";

const BYTES = 300_000;
const HALF = BYTES / 2;
const BLOB = makeBlob(BYTES);
const WANTED = { sha256: sha256Of(BLOB), bytes: BYTES };

/** Time runs ten thousand times faster, so that two minutes of a dripping line are over soon. */
const timer: Timer = {
  nowMs: () => performance.now() * 10_000,
  wait: () => ({ over: Promise.resolve(), cancel: () => {} }),
};
const freely: Throttle = { hasBudget: true, spent: () => Promise.resolve() };

let origin: Origin;
let http: NodeHttpFetch;
const folders: string[] = [];

beforeAll(async () => {
  origin = await startOrigin();
  http = new NodeHttpFetch();
  origin.add(BLOB);
});
afterAll(async () => {
  http.close();
  await origin.close();
});
afterEach(async () => {
  for (const path of folders.splice(0)) await rm(path, { recursive: true, force: true });
});

async function makeCache(part?: Uint8Array): Promise<string> {
  const cacheDir = await mkdtemp(join(tmpdir(), "one-room-fetch-"));
  folders.push(cacheDir);
  if (part !== undefined) {
    await mkdir(join(cacheDir, "part"));
    await writeFile(partPath(cacheDir, WANTED.sha256), part);
  }
  return cacheDir;
}

function makeFetcher(cacheDir: string): BlobFetcher {
  const disks = { parts: new NodePartDisk(), blobs: new NodeBlobDisk() };
  const limits = { connectMs: 2000, headersMs: 900, idleMs: 900 };
  return new BlobFetcher({ http, ...disks, sha256: nodeSha256, timer, cacheDir, limits });
}

const source = () => ({ base: origin.base, hosts: [origin.host] });
const blobIn = (cacheDir: string) => readFile(blobPath(cacheDir, WANTED.sha256)).catch(() => null);

async function tryOnce(cacheDir: string) {
  const run = { wanted: WANTED, source: source(), stop: new Stop(), throttle: freely };
  return makeFetcher(cacheDir).fetch(run);
}

function complete(cacheDir: string) {
  const options = {
    fetcher: makeFetcher(cacheDir),
    sources: [source()],
    stop: new Stop(),
    timer,
    random: new FakeRandom(1),
    bytesPerSecond: 1e9,
    budgetBytes: 1e9,
  };
  return runFetches([WANTED], options);
}

async function expectWholeOrAbsent(cacheDir: string, committed: boolean): Promise<void> {
  const bytes = await blobIn(cacheDir);
  expect(bytes === null ? "absent" : sha256Of(bytes)).toBe(committed ? WANTED.sha256 : "absent");
}

const PARTS = {
  fresh: undefined,
  resumed: BLOB.subarray(0, HALF),
} as const;

const runs = Object.entries(CASES).flatMap(([name, { how, fresh, resumed }]) => [
  { name, how, begun: "fresh" as const, expected: fresh },
  { name, how, begun: "resumed" as const, expected: resumed },
]);

test.each(runs)("Q1, Q2: $name, $begun: $expected, and the next run completes it", async (run) => {
  const cacheDir = await makeCache(PARTS[run.begun]);
  origin.misbehave(run.how);
  const tried = await tryOnce(cacheDir);
  expect(tried.outcome.kind).toBe(run.expected);
  await expectWholeOrAbsent(cacheDir, run.expected === "committed");
  origin.misbehave(() => {}, 0);
  expect(await complete(cacheDir)).toMatchObject({ end: "done", committed: [WANTED.sha256] });
  await expectWholeOrAbsent(cacheDir, true);
  expect(await readFile(partPath(cacheDir, WANTED.sha256)).catch(() => null)).toBeNull();
});

test.each([
  ["zeros", new Uint8Array(HALF)],
  ["another file's beginning", makeBlob(HALF, 5)],
  [
    "zeros at its end, as a power cut leaves them",
    Buffer.concat([BLOB.subarray(0, HALF), Buffer.alloc(500)]),
  ],
  ["more bytes than the blob", new Uint8Array(BYTES + 1)],
  ["all bytes, never renamed", BLOB],
  ["all bytes, but wrong ones", makeBlob(BYTES, 5)],
  ["nothing", new Uint8Array(0)],
])("a part that holds %s ends as the right blob", async (_name, part) => {
  const cacheDir = await makeCache(part);
  expect(await complete(cacheDir)).toMatchObject({ end: "done", committed: [WANTED.sha256] });
  await expectWholeOrAbsent(cacheDir, true);
});

test("what is there already is not asked for", async () => {
  const cacheDir = await makeCache(BLOB);
  const before = origin.asked.length;
  expect((await complete(cacheDir)).fetchedBytes).toBe(0);
  expect((await complete(cacheDir)).fetchedBytes).toBe(0);
  expect(origin.asked.length).toBe(before);
});

test("Q2: a connection that breaks again and again costs no byte twice", async () => {
  const cacheDir = await makeCache();
  const cut = CASES["short body, connection closed"]?.how ?? (() => {});
  origin.misbehave(cut, 12);
  const report = await complete(cacheDir);
  expect(report).toMatchObject({ end: "done", fetchedBytes: BYTES });
  await expectWholeOrAbsent(cacheDir, true);
});

test("X1: an origin that never answers well is given up, and nothing is there", async () => {
  for (const name of ["silence", "500", "404", "another file of the same length", "endless body"]) {
    const cacheDir = await makeCache();
    origin.misbehave(CASES[name]?.how ?? (() => {}), Number.POSITIVE_INFINITY);
    const report = await complete(cacheDir);
    expect(report.committed, name).toEqual([]);
    await expectWholeOrAbsent(cacheDir, false);
  }
  origin.misbehave(() => {}, 0);
});

test("a loop of redirects ends", async () => {
  const cacheDir = await makeCache();
  const before = origin.asked.length;
  origin.misbehave(
    CASES["redirect within the origin"]?.how ?? (() => {}),
    Number.POSITIVE_INFINITY,
  );
  expect((await tryOnce(cacheDir)).outcome).toEqual({ kind: "portal" });
  expect(origin.asked.length - before).toBe(6);
  origin.misbehave(() => {}, 0);
});

test("a strong entity tag of the same part goes out with If-Range, and a changed one begins again", async () => {
  const cacheDir = await makeCache();
  const fetcher = makeFetcher(cacheDir);
  const run = { wanted: WANTED, source: source(), stop: new Stop(), throttle: freely };
  origin.misbehave(({ response, blob }) => {
    response.writeHead(200, { etag: '"old"', "content-length": blob.length });
    response.write(makeBlob(HALF, 7), () => response.destroy());
  });
  await fetcher.fetch(run);
  // The origin has another tag by now, and so it answers with the whole.
  expect((await fetcher.fetch(run)).outcome).toEqual({ kind: "committed" });
  await expectWholeOrAbsent(cacheDir, true);
});
