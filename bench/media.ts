/**
 * What serving a film costs the box, beside nginx: the processor time that one player takes while
 * it reads whole segments over a connection that is kept.
 */
import { execFile, execFileSync } from "node:child_process";
import { randomFillSync } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { sendMedia } from "../src/link/media.ts";
import { makeFolder } from "./box.ts";
import { type Figure, median, round } from "./figure.ts";
import { startNginx } from "./nginx.ts";

const SEGMENTS = 100;
const SEGMENT_BYTES = 2_000_000;
const GB = (SEGMENTS * SEGMENT_BYTES) / 1e9;
const RUNS = 3;
/** A film of 2 Mbit/s. */
const PLAYER_GB_PER_S = 2e6 / 8 / 1e9;
/** Of one core: what is left over is the picture's. */
const SHARE_MAX = 0.01;

const nameOf = (at: number) => `s${at}.m4s`;

/** A player: one connection, one segment after the other, whole. */
async function play(base: string, folder: string): Promise<void> {
  const lines = Array.from(
    { length: SEGMENTS },
    (_, at) => `url = "${base}${nameOf(at)}"\noutput = "/dev/null"`,
  );
  const list = join(folder, "list");
  writeFileSync(list, lines.join("\n"));
  await promisify(execFile)("curl", ["-sf", "-K", list]);
}

/**
 * Our server in this process, the player in another: the time that is used here is the server's.
 */
async function ours(folder: string): Promise<number> {
  const locate = (_id: string, _version: number, path: string) => ({
    ...{ file: join(folder, "film", path), bytes: SEGMENT_BYTES, type: "video/mp4", sha256: path },
  });
  const server = createServer((request, response) => {
    sendMedia(request, response, { library: { locate }, path: request.url ?? "" });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/l/film/1/`;
  const before = process.cpuUsage();
  await play(base, folder);
  const { user, system } = process.cpuUsage(before);
  server.closeAllConnections();
  server.close();
  return (user + system) / 1e6;
}

/** proc(5): fields 14 and 15 of stat, in ticks. */
function secondsOf(pid: number, ticksPerSecond: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

export async function run(root: string): Promise<Figure[]> {
  const folder = makeFolder(root, "media");
  mkdirSync(join(folder, "film"));
  for (let at = 0; at < SEGMENTS; at += 1) {
    writeFileSync(join(folder, "film", nameOf(at)), randomFillSync(Buffer.alloc(SEGMENT_BYTES)));
  }
  const nginx = await startNginx(folder, join(folder, "film"));
  const ticksPerSecond = Number(execFileSync("getconf", ["CLK_TCK"]).toString());
  const [own, theirs]: number[][] = [[], []];
  try {
    for (let turn = 0; turn < RUNS; turn += 1) {
      own?.push(await ours(folder));
      const before = secondsOf(nginx.pid, ticksPerSecond);
      await play(`${nginx.base}/`, folder);
      theirs?.push(secondsOf(nginx.pid, ticksPerSecond) - before);
    }
  } finally {
    nginx.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  const [mine, peer] = [median(own ?? []) / GB, median(theirs ?? []) / GB];
  const share = mine * PLAYER_GB_PER_S;
  return [
    {
      name: "range server, one player of 2 Mbit/s",
      value: round(100 * share, 3),
      unit: "% of a core",
      comparedWith: `nginx: ${round(100 * peer * PLAYER_GB_PER_S, 3)} % (${round(mine)} and ${round(peer)} CPU s per GB)`,
      ratio: round(mine / peer, 1),
      target: `≤ ${100 * SHARE_MAX} % of a core`,
      met: share <= SHARE_MAX,
    },
  ];
}
