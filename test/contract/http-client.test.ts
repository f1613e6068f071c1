import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { nodeHttpClient } from "../../platform/node/node-http-client.ts";

const BODY = "十六个字节的正文";

/** A server that misbehaves in the ways of bad networks, one path each. */
const MISBEHAVIOUR: Record<string, (response: ServerResponse) => void> = {
  "/whole": (response) => response.end(BODY),
  "/missing": (response) => response.writeHead(404).end(),
  "/moved": (response) => response.writeHead(302, { location: "/whole" }).end(),
  "/packed": (response) =>
    response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(BODY)),
  "/short": (response) => {
    response.writeHead(200, { "content-length": 1000 });
    response.write(BODY, () => response.destroy());
  },
  "/long": (response) => response.end("x".repeat(100_000)),
  "/silent": () => {},
  "/drip": (response) => {
    const timer = setInterval(() => response.write("x"), 20);
    response.on("close", () => clearInterval(timer));
  },
};

let server: Server;
let base: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const path = request.url ?? "";
    if (path === "/secret") response.end(request.headers.authorization ?? "nobody");
    else MISBEHAVIOUR[path]?.(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const get = (path: string, more: { maxBytes?: number; timeoutMs?: number } = {}) =>
  nodeHttpClient.get({ url: `${base}${path}`, maxBytes: 1000, timeoutMs: 5000, ...more });

test("H1: a whole body is ok, byte for byte", async () => {
  const answer = await get("/whole");
  expect(answer.kind === "ok" && Buffer.from(answer.bytes).toString()).toBe(BODY);
});

test("H1: a body shorter than announced is not ok", async () => {
  expect(await get("/short")).toEqual({ kind: "failed", why: "cut-short" });
});

test("H2: a redirect is an answer of another kind, and is not followed", async () => {
  expect(await get("/moved")).toEqual({ kind: "refused", status: 302 });
  expect(await get("/missing")).toEqual({ kind: "refused", status: 404 });
});

test("H2: a packed body is not unpacked", async () => {
  expect(await get("/packed")).toEqual({ kind: "failed", why: "encoded" });
});

test.each(["/silent", "/drip"])("H3: it ends in time with a server that is %s", async (path) => {
  expect(await get(path, { timeoutMs: 150 })).toEqual({ kind: "failed", why: "timeout" });
});

test("H4: a body longer than asked for is not kept", async () => {
  expect(await get("/long")).toEqual({ kind: "failed", why: "too-large" });
});

test("an address that is none, and a server that is not there, are answers", async () => {
  const nowhere = { maxBytes: 10, timeoutMs: 1000 };
  expect(await nodeHttpClient.get({ url: "nonsense", ...nowhere })).toMatchObject({
    why: "bad-url",
  });
  expect(await nodeHttpClient.get({ url: "http://127.0.0.1:1/", ...nowhere })).toMatchObject({
    why: "unreachable",
  });
});

test("the credential goes out as HTTP Basic", async () => {
  const answer = await nodeHttpClient.get({
    url: `${base}/secret`,
    credential: { user: "box", password: "p" },
    maxBytes: 1000,
    timeoutMs: 5000,
  });
  expect(answer.kind === "ok" && Buffer.from(answer.bytes).toString()).toBe("Basic Ym94OnA=");
});
