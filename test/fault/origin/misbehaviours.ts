/** Every way in which an origin, or somebody in its place, answers wrongly, by name. */
import { gzipSync } from "node:zlib";
import { type Asked, answerWell, type Misbehaviour, makeBlob } from "./origin.ts";

const OTHER_FILES = new Map<number, Buffer>();

/** Made once: a server that makes it while it is asked would be slow on a busy machine. */
function otherFile(bytes: number): Buffer {
  const known = OTHER_FILES.get(bytes) ?? Buffer.from(makeBlob(bytes, 99));
  OTHER_FILES.set(bytes, known);
  return known;
}

/** Bytes on the connection as they are, without a library that would put them right. */
function raw({ response }: Asked, head: readonly string[], ...body: Uint8Array[]): void {
  const { socket } = response;
  socket?.write(`${head.join("\r\n")}\r\n\r\n`);
  for (const piece of body) socket?.write(piece);
  socket?.end();
}

function part(asked: Asked, contentRange: string | null, length?: number): void {
  const { response, blob, from } = asked;
  const range = contentRange === null ? {} : { "content-range": contentRange };
  const body = blob.subarray(from, length === undefined ? undefined : from + length);
  response.writeHead(206, { "content-length": body.length, ...range }).end(body);
}

/** Half of what was asked for, then `cut`. */
function half({ response, blob, from }: Asked, headers: object, cut: () => void): void {
  const isRanged = from > 0;
  const range = isRanged
    ? { "content-range": `bytes ${from}-${blob.length - 1}/${blob.length}` }
    : {};
  response.writeHead(isRanged ? 206 : 200, { ...headers, ...range });
  response.write(blob.subarray(from, from + ((blob.length - from) >> 1)), cut);
}

const status =
  (code: number, headers = {}): Misbehaviour =>
  ({ response }) =>
    response.writeHead(code, headers).end();
const redirect =
  (to: (asked: Asked) => string): Misbehaviour =>
  (asked) =>
    asked.response.writeHead(302, { location: to(asked) }).end();

export interface Case {
  readonly how: Misbehaviour;
  /** What the first try says: begun from nothing, and with half of the blob in the part. */
  readonly fresh: string;
  readonly resumed: string;
}

const c = (how: Misbehaviour, fresh: string, resumed = fresh): Case => ({ how, fresh, resumed });
const range =
  (text: (from: number, bytes: number) => string | null): Misbehaviour =>
  (asked) =>
    part(asked, text(asked.from, asked.blob.length));

/** A 206 to a request without a range is judged like any other: it may hold the whole. */
const WRONG_RANGES: Record<string, Case> = {
  "206 without Content-Range": c(
    range(() => null),
    "bad-origin",
    "committed",
  ),
  "206 that begins too early": c(
    range((f, b) => `bytes ${Math.max(f - 1, 0)}-${b - 2}/${b}`),
    "bad-origin",
    "committed",
  ),
  "206 that begins too late": c(
    range((f, b) => `bytes ${f + 1}-${b - 1}/${b}`),
    "bad-origin",
    "committed",
  ),
  "206 of a larger file": c(
    range((f, b) => `bytes ${f}-${b - 1}/${b + 1}`),
    "bad-origin",
    "committed",
  ),
  "206 that ends beyond the file": c(
    range((f, b) => `bytes ${f}-${b}/${b}`),
    "bad-origin",
    "committed",
  ),
  "206 with letters in the range": c(
    range((f, b) => `bytes ${f}-${b - 1}o/${b}`),
    "bad-origin",
    "committed",
  ),
  "206 with a negative range": c(
    range((f, b) => `bytes -${f}-${b - 1}/${b}`),
    "bad-origin",
    "committed",
  ),
  "206 with an empty range": c(
    range(() => ""),
    "bad-origin",
    "committed",
  ),
  "206 with another unit": c(
    range((f, b) => `lines ${f}-${b - 1}/${b}`),
    "bad-origin",
    "committed",
  ),
  "206 with two ranges": c(
    range((f, b) => `bytes ${f}-${b - 1}/${b}, bytes 0-1/${b}`),
    "bad-origin",
    "committed",
  ),
  "206 in several parts": c(
    ({ response, blob }) =>
      response.writeHead(206, { "content-type": "multipart/byteranges; boundary=x" }).end(blob),
    "bad-origin",
    "committed",
  ),
  "206 of unknown total": c(
    range((f, b) => `bytes ${f}-${b - 1}/*`),
    "committed",
  ),
  "206 that ends early": c(
    (asked) => part(asked, `bytes ${asked.from}-${asked.from + 99}/${asked.blob.length}`, 100),
    "network",
  ),
  "200 to a range": c(
    ({ response, blob }) => response.writeHead(200, { "content-length": blob.length }).end(blob),
    "committed",
  ),
  "416": c(status(416), "bad-origin", "committed"),
};

const WRONG_BODIES: Record<string, Case> = {
  "short body, connection closed": c(
    (a) => half(a, { "content-length": a.blob.length - a.from }, () => a.response.destroy()),
    "network",
  ),
  "short chunked body": c((a) => half(a, {}, () => a.response.destroy()), "network"),
  "short body without a length, clean end": c(
    (a) => raw(a, ["HTTP/1.0 200 OK"], a.blob.subarray(0, 1000)),
    "network",
  ),
  "connection reset": c(
    (a) =>
      half(a, { "content-length": a.blob.length - a.from }, () =>
        a.response.socket?.resetAndDestroy(),
      ),
    "network",
  ),
  "length announced too large": c(
    (a) =>
      a.response
        .writeHead(200, { "content-length": a.blob.length + 9 })
        .end(Buffer.alloc(a.blob.length + 9)),
    "bad-origin",
  ),
  "length announced too small": c(
    (a) => a.response.writeHead(200, { "content-length": 9 }).end(a.blob.subarray(0, 9)),
    "bad-origin",
  ),
  "chunked body that goes on": c(({ response, blob }) => {
    response.writeHead(200);
    response.write(blob);
    response.end("more");
  }, "bad-origin"),
  "endless body": c(({ response }) => {
    response.writeHead(200);
    const more = (): void => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536)));
    };
    response.on("drain", more);
    more();
  }, "bad-origin"),
  "two lengths": c(
    (a) =>
      raw(a, ["HTTP/1.1 200 OK", "content-length: 5", `content-length: ${a.blob.length}`], a.blob),
    "network",
  ),
  "length of words": c(
    (a) => raw(a, ["HTTP/1.1 200 OK", "content-length: many"], a.blob),
    "network",
  ),
  "no HTTP at all": c((a) => raw(a, ["SSH-2.0-something"]), "network"),
  "packed though it was not asked for": c(
    ({ response, blob }) =>
      response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(blob)),
    "bad-origin",
  ),
  "another file of the same length": c(
    ({ response, blob }) =>
      response.writeHead(200, { "content-length": blob.length }).end(otherFile(blob.length)),
    "wrong-bytes",
  ),
  "another file's rest": c(({ response, blob, from }) => {
    const headers = { "content-range": `bytes ${from}-${blob.length - 1}/${blob.length}` };
    response.writeHead(206, headers).end(otherFile(blob.length).subarray(from));
  }, "wrong-bytes"),
};

const SLOW: Record<string, Case> = {
  silence: c(() => {}, "network"),
  "headers and then silence": c(
    (a) => a.response.writeHead(200, { "content-length": a.blob.length }).flushHeaders(),
    "network",
  ),
  "silence in the body": c(
    (a) => half(a, { "content-length": a.blob.length - a.from }, () => {}),
    "network",
  ),
  "a byte at a time": c(({ response, blob }) => {
    response.writeHead(200, { "content-length": blob.length });
    let at = 0;
    const timer = setInterval(() => {
      response.write(blob.subarray(at, at + 1));
      at += 1;
    }, 5);
    response.on("close", () => clearInterval(timer));
  }, "network"),
  "connection closed at once": c(({ response }) => response.destroy(), "network"),
};

const ELSEWHERE: Record<string, Case> = {
  "login page of the network": c(
    ({ response }) =>
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end("<html>login"),
    "portal",
  ),
  "511": c(status(511), "portal"),
  "redirect to another host": c(
    redirect(() => "http://portal.invalid/login"),
    "portal",
  ),
  "redirect to another scheme": c(
    redirect(() => "ftp://127.0.0.1/x"),
    "portal",
  ),
  "redirect to nowhere": c(
    redirect(() => ""),
    "portal",
  ),
  "redirect within the origin": c(
    redirect(({ request }) => `${request.url}`),
    "committed",
  ),
  "redirect with the whole address": c(
    redirect(({ request, base }) => `${base}${request.url}`),
    "committed",
  ),
};

const REFUSALS: Record<string, Case> = {
  "404": c(status(404), "missing"),
  "410": c(status(410), "missing"),
  "401": c(status(401), "refused"),
  "403": c(status(403), "refused"),
  "418": c(status(418), "bad-origin"),
  "304": c(status(304), "bad-origin"),
  "429 with Retry-After": c(status(429, { "retry-after": "7" }), "wait"),
  "503 with a date": c(status(503, { "retry-after": "Wed, 21 Oct 2026 07:28:00 GMT" }), "wait"),
  "500": c(status(500), "wait"),
  "502 with a page": c(status(502, { "content-type": "text/html" }), "wait"),
};

export const CASES: Readonly<Record<string, Case>> = {
  "the right answer": c(answerWell, "committed"),
  ...WRONG_RANGES,
  ...WRONG_BODIES,
  ...SLOW,
  ...ELSEWHERE,
  ...REFUSALS,
};
