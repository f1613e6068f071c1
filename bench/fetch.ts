/**
 * What fetching, verifying and committing a lesson costs in processor time, beside the tools that
 * an operator would use: `curl` and then `sha256sum`, and `aria2c` with checksums. All three fetch
 * the same blobs from the same nginx.
 */
import { execFileSync } from "node:child_process";
import { createHash, randomFillSync } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BlobFetcher } from "../media-cache/fetch/blob-fetcher.ts";
import { runFetches } from "../media-cache/fetch/fetch-run.ts";
import { Stop } from "../media-cache/fetch/stop.ts";
import { NodeBlobDisk } from "../platform/node/node-blob-disk.ts";
import { NodeHttpFetch } from "../platform/node/node-http-fetch.ts";
import { NodePartDisk } from "../platform/node/node-part-disk.ts";
import { nodeRandom } from "../platform/node/node-random.ts";
import { nodeSha256 } from "../platform/node/node-sha256.ts";
import { nodeTimer } from "../platform/node/node-timer.ts";
import { makeFolder } from "./box.ts";
import { type Figure, median, round } from "./figure.ts";
import { startNginx } from "./nginx.ts";

const BLOBS = 32;
const BLOB_BYTES = 8 * 1024 * 1024;
const GB = (BLOBS * BLOB_BYTES) / 1e9;
const RUNS = 3;
const CURL_MAX = 1.2;
const ARIA_MAX = 0.6;

interface Ground {
  readonly folder: string;
  readonly base: string;
  readonly names: readonly string[];
}

/** Random bytes under their own hash, as an origin has them. */
function makeBlobs(folder: string): string[] {
  return Array.from({ length: BLOBS }, () => {
    const bytes = randomFillSync(Buffer.alloc(BLOB_BYTES));
    const name = createHash("sha256").update(bytes).digest("hex");
    mkdirSync(join(folder, "origin/blobs", name.slice(0, 2)), { recursive: true });
    writeFileSync(join(folder, "origin", pathOf(name)), bytes);
    return name;
  });
}

const pathOf = (name: string) => `blobs/${name.slice(0, 2)}/${name}`;

/** Processor seconds of everything that a shell started, user and system. */
function secondsOf(script: string, cwd: string): number {
  const out = execFileSync(
    "bash",
    ["-c", `TIMEFORMAT='%U %S'; { time { ${script}; } >/dev/null 2>&1; } 2>&1`],
    { cwd },
  );
  return out
    .toString()
    .trim()
    .split(" ")
    .map(Number)
    .reduce((sum, each) => sum + each, 0);
}

function withCurl({ folder, base, names }: Ground): number {
  const lines = names.map((name) => `url = "${base}/${pathOf(name)}"\noutput = "${name}"`);
  const out = freshFolder(folder, "curl");
  writeFileSync(join(out, "list"), lines.join("\n"));
  writeFileSync(join(out, "sums"), names.map((name) => `${name}  ${name}\n`).join(""));
  return secondsOf("curl -sf -K list && sha256sum -c sums || exit 1", out);
}

function withAria({ folder, base, names }: Ground): number {
  const lines = names.map((name) => `${base}/${pathOf(name)}\n  checksum=sha-256=${name}`);
  const out = freshFolder(folder, "aria");
  writeFileSync(join(out, "list"), lines.join("\n"));
  return secondsOf("aria2c -q -j1 -x1 -s1 --file-allocation=none -i list || exit 1", out);
}

async function withOurs({ folder, base, names }: Ground): Promise<number> {
  const cacheDir = freshFolder(folder, "ours");
  const http = new NodeHttpFetch();
  const disks = { parts: new NodePartDisk(), blobs: new NodeBlobDisk() };
  const machine = { sha256: nodeSha256, timer: nodeTimer };
  const fetcher = new BlobFetcher({ http, ...disks, ...machine, cacheDir });
  const before = process.cpuUsage();
  const report = await runFetches(
    names.map((sha256) => ({ sha256, bytes: BLOB_BYTES })),
    {
      ...{ fetcher, sources: [{ base, hosts: [] }], stop: new Stop() },
      ...{ timer: nodeTimer, random: nodeRandom, bytesPerSecond: 1e12, budgetBytes: 1e12 },
    },
  );
  const { user, system } = process.cpuUsage(before);
  http.close();
  if (report.end !== "done") throw new Error(`the fetch ended with ${report.end}`);
  return (user + system) / 1e6;
}

function freshFolder(folder: string, name: string): string {
  const path = join(folder, name);
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path);
  return path;
}

function figureOf(peer: string, max: number, [ours, theirs]: readonly [number, number]): Figure {
  return {
    name: `fetch, verify and commit, beside ${peer}`,
    value: round(ours / GB),
    unit: "CPU s per GB",
    comparedWith: `${peer}: ${round(theirs / GB)}`,
    ratio: round(ours / theirs),
    target: `≤ ${max} ×`,
    met: ours <= max * theirs,
  };
}

export async function run(root: string): Promise<Figure[]> {
  const folder = makeFolder(root, "fetch");
  const names = makeBlobs(folder);
  const nginx = await startNginx(folder, join(folder, "origin"));
  try {
    const ground = { folder, base: nginx.base, names };
    const [ours, curl, aria]: number[][] = [[], [], []];
    // By turns, so that a busy neighbour is everybody's.
    for (let turn = 0; turn < RUNS; turn += 1) {
      curl?.push(withCurl(ground));
      ours?.push(await withOurs(ground));
      aria?.push(withAria(ground));
    }
    const own = median(ours ?? []);
    return [
      figureOf("curl + sha256sum", CURL_MAX, [own, median(curl ?? [])]),
      figureOf("aria2c with checksums", ARIA_MAX, [own, median(aria ?? [])]),
    ];
  } finally {
    nginx.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
