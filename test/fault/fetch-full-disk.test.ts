/**
 * Goal: a disk that is really full, at whatever byte, keeps what came, serves no wrong byte, and
 * goes on when there is room. `npm test` fills it at some points; `npm run fault -- fetch` at every
 * hundredth of a lesson of 100 MB. The disk is a small tmpfs in a mount namespace of its own, so
 * nothing is left of it whatever happens; where the system gives none, that is said.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildProgram } from "../support/build-program.ts";
import { startProgram } from "../support/process.ts";
import { type Origin, offerBlobs, startOrigin } from "./origin/origin.ts";

const MIB = 1024 * 1024;
const isAll = process.env["ONE_ROOM_FAULT"] === "all";
const BLOBS = isAll ? 13 : 2;
const BLOB_BYTES = 8 * MIB;
const TOTAL = BLOBS * BLOB_BYTES;
const POINTS = isAll ? Array.from({ length: 100 }, (_, at) => at) : [0, 37, 99];
/** A page or two for what the disk itself keeps. */
const SLACK_KIB = 16;

const folder = mkdtempSync(join(tmpdir(), "one-room-fetch-full-"));
const disk = join(folder, "disk");
const listPath = join(folder, "blobs.json");
const namespace = ["--mount", ...(process.getuid?.() === 0 ? [] : ["--user", "--map-root-user"])];
const mount = `mkdir -p ${disk} && mount -t tmpfs -o size=64k none ${disk}`;
const isPossible = spawnSync("unshare", [...namespace, "sh", "-c", mount]).status === 0;
if (!isPossible) process.stderr.write("no mount namespace here: no disk is filled for real\n");

let program = "";
let origin: Origin;

beforeAll(async () => {
  origin = await startOrigin();
  const list = offerBlobs(origin, { count: BLOBS, bytes: BLOB_BYTES });
  writeFileSync(listPath, JSON.stringify(list));
  program = await buildProgram("test/fault/fetch/fetcher.ts", join(folder, "program"));
});
afterAll(async () => {
  await origin.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Fetches with so much room, looks, makes room, fetches again, looks: all on one mounted disk. */
function script(roomKib: number): string {
  const ballast = `${disk}/ballast`;
  const sizeKib = TOTAL / 1024 + 1024;
  const fetch = `${process.execPath} ${program} ${origin.base} ${disk}/cache ${listPath}`;
  return [
    mount.replace("64k", `${sizeKib}k`),
    `head -c ${(sizeKib - roomKib) * 1024} /dev/zero > ${ballast}`,
    `${fetch} > ${folder}/first 2> ${folder}/first-end`,
    `cd ${disk}/cache && find blobs -type f -exec sha256sum {} + > ${folder}/first-blobs`,
    `rm ${ballast}`,
    `${fetch} > ${folder}/second 2> ${folder}/second-end`,
    `find blobs -type f -exec sha256sum {} + > ${folder}/second-blobs`,
    `find part -type f > ${folder}/parts`,
  ].join("\n");
}

const said = (name: string) => readFileSync(join(folder, name), "utf8").trim();
const lines = (name: string) => said(name).split("\n").filter(Boolean);
const bytesOf = (name: string) => Number(lines(name).at(-1) ?? 0);

/** `<hash>  blobs/ab/<name>`: every hash is the name it stands beside. */
function expectTrueNames(name: string): number {
  for (const line of lines(name)) expect(line.split("/").at(-1)).toBe(line.slice(0, 64));
  return lines(name).length;
}

async function fillAndFree(at: number): Promise<void> {
  const roomKib = Math.floor((TOTAL * at) / 100 / 1024) + SLACK_KIB;
  await startProgram("unshare", [...namespace, "sh", "-c", script(roomKib)]).ended;
  expect(said("first-end"), `${at} %`).toBe("no-space");
  expectTrueNames("first-blobs");
  expect(said("second-end"), `${at} %`).toBe("done");
  expect(expectTrueNames("second-blobs")).toBe(BLOBS);
  expect(lines("parts")).toEqual([]);
  expect(bytesOf("first") + bytesOf("second") - TOTAL, `${at} %`).toBeLessThanOrEqual(MIB);
}

test("P9: a disk that is really full serves no wrong byte, and what came is not fetched twice", async () => {
  for (const at of isPossible ? POINTS : []) await fillAndFree(at);
}, 600_000);
