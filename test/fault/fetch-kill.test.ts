/**
 * Goal: a download that is killed at any point leaves whole blobs and no wrong byte, and at most
 * 8 MiB come twice. `npm test` kills at some points of a lesson; `npm run fault -- fetch` at every
 * hundredth of a large one.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildProgram } from "../support/build-program.ts";
import { startNode } from "../support/process.ts";
import { type Origin, offerBlobs, sha256Of, startOrigin } from "./origin/origin.ts";

const MIB = 1024 * 1024;
const isAll = process.env["ONE_ROOM_FAULT"] === "all";
const BLOBS = isAll ? 13 : 3;
const BLOB_BYTES = 8 * MIB;
const TOTAL = BLOBS * BLOB_BYTES;
const POINTS = isAll ? Array.from({ length: 100 }, (_, at) => at + 1) : [1, 20, 33, 55, 80, 99];

const folder = mkdtempSync(join(tmpdir(), "one-room-fetch-kill-"));
const program = join(folder, "program", "fetcher.mjs");
const listPath = join(folder, "blobs.json");
let origin: Origin;

beforeAll(async () => {
  origin = await startOrigin();
  const list = offerBlobs(origin, { count: BLOBS, bytes: BLOB_BYTES });
  writeFileSync(listPath, JSON.stringify(list));
  await buildProgram("test/fault/fetch/fetcher.ts", join(folder, "program"));
});
afterAll(async () => {
  await origin.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs to the end, or to a kill when that many bytes have come. Answers what has come. */
async function fetchUntil(cacheDir: string, killAtBytes = Number.POSITIVE_INFINITY) {
  const started = startNode([program, origin.base, cacheDir, listPath]);
  let fetched = 0;
  if (started.child.stdout === null) throw new Error("the fetcher's output is not piped");
  createInterface({ input: started.child.stdout }).on("line", (line) => {
    fetched = Number(line);
    if (fetched >= killAtBytes) started.kill("SIGKILL");
  });
  const code = await new Promise<number | null>((resolve) => started.child.once("close", resolve));
  return { code, fetched, log: started.log() };
}

function expectTrueNames(cacheDir: string): number {
  const names = readdirSync(join(cacheDir, "blobs"), { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile());
  for (const { parentPath, name } of files) {
    expect(sha256Of(readFileSync(join(parentPath, name)))).toBe(name);
  }
  return files.length;
}

test.each(POINTS)(
  "P9: killed after %s hundredths, no byte is wrong and few come twice",
  async (at) => {
    const cacheDir = join(folder, `cache-${at}`);
    const first = await fetchUntil(cacheDir, (TOTAL * at) / 100);
    if (first.fetched > BLOB_BYTES) expectTrueNames(cacheDir);
    const second = await fetchUntil(cacheDir);
    expect(second.code, second.log).toBe(0);
    expect(first.fetched + second.fetched - TOTAL).toBeLessThanOrEqual(8 * MIB);
    expect(expectTrueNames(cacheDir)).toBe(BLOBS);
    rmSync(cacheDir, { recursive: true });
  },
);

test("killed again and again, it still comes to its end", async () => {
  const cacheDir = join(folder, "cache-often");
  let fetched = 0;
  for (let kill = 0; kill < (isAll ? 50 : 4); kill += 1) {
    fetched += (await fetchUntil(cacheDir, TOTAL / 60)).fetched;
  }
  const last = await fetchUntil(cacheDir);
  expect(last.code, last.log).toBe(0);
  expect(fetched).toBeGreaterThan(0);
  expect(expectTrueNames(cacheDir)).toBe(BLOBS);
});
