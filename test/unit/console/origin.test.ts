/** The console as origin: what of the published tree is served, and how; who signs the day. */
import { createHash } from "node:crypto";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Fastify, { type FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ApiContext } from "../../../console/server/api/context.ts";
import { registerOrigin } from "../../../console/server/api/origin-route.ts";
import { silentLog } from "../../../console/server/log.ts";
import { Origin, type OriginRoot } from "../../../console/server/origin/origin-keeper.ts";
import { originFile } from "../../../console/server/origin/origin-paths.ts";
import type { PublishedLesson } from "../../../console/server/origin/published-words.ts";
import { makeCatalogue } from "../../../console/supply/catalogue/manage-keys.ts";
import { publishLessons } from "../../../console/supply/catalogue/publish.ts";

const NOW = Date.UTC(2026, 10, 25);
const DAY = 86_400_000;
const work = mkdtempSync(join(tmpdir(), "one-room-origin-"));
const tree = join(work, "tree");
const keys = join(work, "keys");
const BLOB = Buffer.from("0123456789".repeat(10));
const BLOB_NAME = createHash("sha256").update(BLOB).digest("hex");
const BLOB_PATH = `blobs/${BLOB_NAME.slice(0, 2)}/${BLOB_NAME}`;

let app: FastifyInstance;

beforeAll(async () => {
  const catalogue = { tree, keysFolder: keys, nowMs: NOW, rootKeys: 3, threshold: 2 };
  await makeCatalogue(catalogue);
  mkdirSync(join(tree, "blobs", BLOB_NAME.slice(0, 2)), { recursive: true });
  writeFileSync(join(tree, BLOB_PATH), BLOB);
  writeFileSync(join(work, "secret"), "not for boxes");
  writeFileSync(join(tree, "published.json"), "{}");
  app = Fastify();
  app.setErrorHandler((error: { status?: number }, _request, reply) =>
    reply.code(error.status ?? 500).send(),
  );
  registerOrigin(app, { origin: { tree } } as unknown as ApiContext);
});

afterAll(async () => {
  await app.close();
  rmSync(work, { recursive: true, force: true });
});

const get = (path: string, headers: Record<string, string> = {}, method: "GET" | "HEAD" = "GET") =>
  app.inject({ method, url: `/origin/${path}`, headers });

test("a blob is served whole, in parts, and not again to who has it", async () => {
  const whole = await get(BLOB_PATH);
  expect(whole.statusCode).toBe(200);
  expect(whole.rawPayload).toEqual(BLOB);
  expect(whole.headers).toMatchObject({
    etag: `"${BLOB_NAME}"`,
    "cache-control": "public, no-transform, max-age=31536000, immutable",
    "content-length": "100",
    "accept-ranges": "bytes",
  });
  const part = await get(BLOB_PATH, { range: "bytes=90-", "if-range": `"${BLOB_NAME}"` });
  expect([part.statusCode, part.body, part.headers["content-range"]]).toEqual([
    206,
    "0123456789",
    "bytes 90-99/100",
  ]);
  const other = await get(BLOB_PATH, { range: "bytes=90-", "if-range": '"other"' });
  expect(other.statusCode).toBe(200);
  expect((await get(BLOB_PATH, { range: "bytes=100-" })).statusCode).toBe(416);
  const known = await get(BLOB_PATH, { "if-none-match": `"${BLOB_NAME}"` });
  expect([known.statusCode, known.body]).toEqual([304, ""]);
  const head = await get(BLOB_PATH, {}, "HEAD");
  expect([head.statusCode, head.body, head.headers["content-length"]]).toEqual([200, "", "100"]);
});

test("only the timestamp is asked for again each time, and its tag changes with its bytes", async () => {
  const first = await get("metadata/timestamp.json");
  expect(first.headers["cache-control"]).toBe("public, no-transform, no-cache");
  const tag = String(first.headers.etag);
  expect((await get("metadata/timestamp.json", { "if-none-match": tag })).statusCode).toBe(304);
  const origin = keeper({ nowMs: NOW + DAY });
  await origin.start();
  await origin.stop();
  const second = await get("metadata/timestamp.json", { "if-none-match": tag });
  expect(second.statusCode).toBe(200);
  expect(second.headers.etag).not.toBe(tag);
  expect((await get("metadata/1.root.json")).headers["cache-control"]).toContain("immutable");
});

test("a root that is not there yet is not there, and nobody remembers it so", async () => {
  const answer = await get("metadata/2.root.json");
  expect(answer.statusCode).toBe(404);
  expect(answer.headers["cache-control"]).toBeUndefined();
});

const STRANGERS = [
  "",
  "published.json",
  ".publishing",
  "metadata/",
  "metadata/../../secret",
  "../secret",
  "..%2fsecret",
  "%2e%2e/secret",
  "metadata/..%2f..%2fsecret",
  "metadata/%2e%2e%2f%2e%2e%2fsecret",
  "/etc/passwd",
  "metadata/timestamp.json%00",
  "metadata/TIMESTAMP.json",
  "blobs/ab/../../../secret",
  `blobs/00/${BLOB_NAME}`,
  `blobs/${BLOB_NAME.slice(0, 2)}/${BLOB_NAME.toUpperCase()}`,
  "targets/lessons/../x.json",
];

test.each(STRANGERS)("nothing but the tree is served: %j", async (path) => {
  expect(originFile(path)).toBeNull();
  const { statusCode, body } = await get(path);
  expect([404, 400]).toContain(statusCode);
  expect(body).not.toContain("not for boxes");
});

test("a link out of the tree is not followed", async () => {
  const name = "f".repeat(64);
  mkdirSync(join(tree, "blobs/ff"), { recursive: true });
  symlinkSync(join(work, "secret"), join(tree, "blobs/ff", name));
  expect((await get(`blobs/ff/${name}`)).statusCode).toBe(404);
});

interface KeeperOptions {
  readonly nowMs: number;
  readonly keysFolder?: string;
  readonly at?: string;
}

const roots: (OriginRoot | null)[] = [];
const told: PublishedLesson[] = [];
let isDatabaseAway = false;

function keeper({ nowMs, keysFolder = keys, at = tree }: KeeperOptions): Origin {
  const clock = { nowMs: () => nowMs };
  const onRoot = (root: OriginRoot | null) => void roots.push(root);
  const onLessons = (lessons: readonly PublishedLesson[]) => {
    if (isDatabaseAway) return Promise.reject(new Error("away"));
    told.push(...lessons);
    return Promise.resolve();
  };
  return new Origin({ tree: at, keysFolder, clock, log: silentLog, onRoot, onLessons });
}

/** The tree and the online key alone, as a console has them. */
function consoleFolder(name: string): { at: string; keysFolder: string } {
  const folder = join(work, name);
  cpSync(tree, join(folder, "tree"), { recursive: true });
  mkdirSync(join(folder, "keys"), { mode: 0o700 });
  for (const key of readdirSync(keys).filter((file) => file.startsWith("online"))) {
    cpSync(join(keys, key), join(folder, "keys", key));
  }
  return { at: join(folder, "tree"), keysFolder: join(folder, "keys") };
}

const timestampIn = (at: string) =>
  JSON.parse(readFileSync(join(at, "metadata/timestamp.json"), "utf8")).signed;

test("the console signs each day with the online key alone, once a day", async () => {
  const folder = consoleFolder("daily");
  const before = timestampIn(folder.at).version;
  for (const hours of [25, 26, 30]) {
    const origin = keeper({ nowMs: NOW + DAY + hours * 3_600_000, ...folder });
    await origin.start();
    await origin.stop();
    expect(origin.trouble).toBeNull();
  }
  expect(timestampIn(folder.at).version).toBe(before + 1);
});

test("what needs keys from the drawer is told in time, and the day is signed all the same", async () => {
  const folder = consoleFolder("due");
  const before = timestampIn(folder.at).version;
  const origin = keeper({ nowMs: NOW + 310 * DAY, ...folder });
  await origin.start();
  await origin.stop();
  expect(origin.due.map(({ role }) => role)).toEqual(["lessons"]);
  expect(timestampIn(folder.at).version).toBe(before + 1);
});

test("without its key the console says what to do, and serves what is there", async () => {
  const folder = consoleFolder("keyless");
  rmSync(folder.keysFolder, { recursive: true });
  const origin = keeper({ nowMs: NOW + 2 * DAY, ...folder });
  await origin.start();
  await origin.stop();
  expect(origin.trouble).toContain("每天的签名没有做成");
  expect(origin.trouble).toContain("私钥");
  expect(await origin.catalogue()).toMatchObject({ lessons: [] });
});

test("a county without a catalogue has no root; the first one is told of when it comes", async () => {
  const at = join(work, "later/tree");
  const origin = keeper({ nowMs: NOW, at });
  await origin.start();
  expect([origin.root, origin.trouble, await origin.catalogue()]).toEqual([null, null, null]);
  roots.splice(0);
  cpSync(tree, at, { recursive: true });
  await origin.look();
  await origin.stop();
  const text = readFileSync(join(at, "metadata/1.root.json"), "utf8");
  expect(roots).toEqual([
    { version: 1, text, sha256: createHash("sha256").update(text).digest("hex") },
  ]);
});

test("a catalogue that is damaged is told, not taken for none", async () => {
  const folder = consoleFolder("damaged");
  writeFileSync(join(folder.at, "metadata/1.root.json"), "rotten");
  const origin = keeper({ nowMs: NOW, ...folder });
  await origin.start();
  await origin.stop();
  expect(origin.trouble).toContain("片源目录坏了");
});

test("what is published is told with its words, once, and again after the database was away", async () => {
  const at = join(work, "words/tree");
  const keysFolder = join(work, "words/keys");
  const county = { tree: at, keysFolder, nowMs: NOW };
  await makeCatalogue({ ...county, rootKeys: 3, threshold: 2 });
  const sample = join(import.meta.dirname, "../../../samples/rice-blast-2026");
  await publishLessons([sample], { ...county, priority: 0, withoutFilm: true });
  const origin = keeper({ nowMs: NOW, keysFolder, at });
  isDatabaseAway = true;
  await origin.look();
  isDatabaseAway = false;
  await origin.look();
  await origin.look();
  expect(told.map(({ manifest }) => manifest.title)).toEqual(["稻瘟病的识别与防治"]);
  expect(told[0]?.material.discuss?.topics.length).toBeGreaterThan(0);
  const { sha256 = "", manifestText = "" } = told[0] ?? {};
  expect(createHash("sha256").update(manifestText).digest("hex")).toBe(sha256);

  // What is not what its name says has no words; nothing else is harmed by it.
  const material = told[0]?.manifest.files.find(({ path }) => path === "material.json");
  writeFileSync(join(at, `blobs/${material?.sha256.slice(0, 2)}/${material?.sha256}`), "{}");
  const again = keeper({ nowMs: NOW, keysFolder, at });
  await again.look();
  expect(told).toHaveLength(1);
  expect(again.trouble).toBeNull();
});
