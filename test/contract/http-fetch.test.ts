import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FakeHttpFetch } from "../../platform/fake/fake-http-fetch.ts";
import { NodeHttpFetch } from "../../platform/node/node-http-fetch.ts";
import type { FetchAnswer, FetchBody } from "../../platform/ports/http-fetch.ts";

const BODY = "正文".repeat(100_000);
const LIMITS = { connectMs: 5000, headersMs: 5000, idleMs: 5000 };
let written = 0;

const ANSWERS: Record<string, (response: ServerResponse, request: IncomingMessage) => void> = {
  "/whole": (response) => response.end(BODY),
  "/moved": (response) => response.writeHead(302, { location: "/whole" }).end(),
  "/packed": (response) =>
    response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(BODY)),
  "/short": (response) => {
    response.writeHead(200, { "content-length": 1000 });
    response.write("abc", () => response.destroy());
  },
  "/chunk-cut": (response) => {
    response.write("abc", () => response.destroy());
  },
  "/silent": () => {},
  "/stalls": (response) => void response.write("abc"),
  "/headers": (response, request) =>
    response.end(`${request.headers.range} ${request.headers["accept-encoding"]}`),
  "/endless": (response) => {
    const piece = new Uint8Array(64 * 1024);
    const more = (): void => {
      while (!response.destroyed && response.write(piece)) written += piece.length;
    };
    response.on("drain", more);
    more();
  },
};

let server: Server;
let base: string;
const http = new NodeHttpFetch();

beforeAll(async () => {
  server = createServer((request, response) => ANSWERS[request.url ?? ""]?.(response, request));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  http.close();
  server.closeAllConnections();
  server.close();
});

const open = (path: string, limits = {}, headers = {}) =>
  http.open({ url: `${base}${path}`, headers, limits: { ...LIMITS, ...limits } });

function bodyOf(answer: FetchAnswer): FetchBody {
  if (answer.kind === "failed") throw new Error(`no answer: ${answer.why}`);
  return answer.body;
}

async function readAll(body: FetchBody): Promise<{ bytes: Buffer; last: unknown }> {
  const pieces: Uint8Array[] = [];
  for (;;) {
    const piece = await body.read();
    if (piece.kind !== "bytes") return { bytes: Buffer.concat(pieces), last: piece };
    pieces.push(piece.bytes);
  }
}

test("F1: a redirect and a packed body come as they are", async () => {
  const moved = await open("/moved");
  expect(moved).toMatchObject({ status: 302, headers: { location: "/whole" } });
  bodyOf(moved).cancel();
  const packed = await open("/packed");
  expect(packed).toMatchObject({ headers: { "content-encoding": "gzip" } });
  expect((await readAll(bodyOf(packed))).bytes).toEqual(gzipSync(BODY));
});

test("the headers that were asked for go out", async () => {
  const headers = { Range: "bytes=5-", "Accept-Encoding": "identity" };
  const { bytes } = await readAll(bodyOf(await open("/headers", {}, headers)));
  expect(bytes.toString()).toBe("bytes=5- identity");
});

test("F2: a server is held back while nobody reads", async () => {
  const body = bodyOf(await open("/endless"));
  await body.read();
  // It writes until the buffers between us are full, and then no more.
  let before = -1;
  while (written !== before) {
    before = written;
    for (let turn = 0; turn < 5; turn += 1) await readAll(bodyOf(await open("/whole")));
  }
  body.cancel();
});

test.each([
  ["/silent", { headersMs: 50 }],
  ["/stalls", { idleMs: 50 }],
])("F3: it ends with a server that stops at %s", async (path, limits) => {
  const answer = await open(path, limits);
  const last = answer.kind === "failed" ? answer : (await readAll(answer.body)).last;
  expect(last).toEqual({ kind: "failed", why: "timeout" });
});

test("F4: a whole body ends, byte for byte; a cut one does not", async () => {
  const whole = await readAll(bodyOf(await open("/whole")));
  expect(whole.last).toEqual({ kind: "end" });
  expect(whole.bytes.toString()).toBe(BODY);
  for (const path of ["/short", "/chunk-cut"]) {
    const { last } = await readAll(bodyOf(await open(path)));
    expect(last).toEqual({ kind: "failed", why: "cut-short" });
  }
});

test("F5: a read that waits ends when it is cancelled", async () => {
  const body = bodyOf(await open("/stalls"));
  await body.read();
  const waiting = body.read();
  body.cancel();
  expect(await waiting).toEqual({ kind: "failed", why: "cancelled" });
  expect(await body.read()).toEqual({ kind: "failed", why: "cancelled" });
});

test("an address that is none, and a server that is not there, are answers", async () => {
  const nowhere = { headers: {}, limits: LIMITS };
  expect(await http.open({ url: "nonsense", ...nowhere })).toMatchObject({ why: "bad-url" });
  expect(await http.open({ url: "http://127.0.0.1:1/", ...nowhere })).toMatchObject({
    why: "unreachable",
  });
});

test("F4, F5: the fake keeps the same promises", async () => {
  const fake = new FakeHttpFetch();
  const asked = { url: "http://a/", headers: {}, limits: LIMITS };
  expect(await fake.open(asked)).toEqual({ kind: "failed", why: "unreachable" });
  fake.answer = () => ({ status: 200, pieces: [Buffer.from("ab"), Buffer.from("c")] });
  const { bytes, last } = await readAll(bodyOf(await fake.open(asked)));
  expect([bytes.toString(), last]).toEqual(["abc", { kind: "end" }]);
  fake.answer = () => ({ status: 200, pieces: [Buffer.from("ab")], ends: "cut-short" });
  expect((await readAll(bodyOf(await fake.open(asked)))).last).toMatchObject({ why: "cut-short" });
  const body = bodyOf(await fake.open(asked));
  body.cancel();
  expect(await body.read()).toEqual({ kind: "failed", why: "cancelled" });
});
