import { Buffer } from "node:buffer";
import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { HttpAnswer, HttpClient, HttpGet } from "../ports/http-client.ts";

export const nodeHttpClient: HttpClient = {
  get(request) {
    const url = parseUrl(request.url);
    return url === null
      ? Promise.resolve({ kind: "failed", why: "bad-url" })
      : new Promise((resolve) => ask(url, request, resolve));
  },
};

function parseUrl(text: string): URL | null {
  try {
    const url = new URL(text);
    return url.protocol === "http:" || url.protocol === "https:" ? url : null;
  } catch {
    return null;
  }
}

type Settle = (answer: HttpAnswer) => void;

function ask(url: URL, { credential, maxBytes, timeoutMs }: HttpGet, resolve: Settle): void {
  const open = url.protocol === "https:" ? requestHttps : requestHttp;
  const headers = { "accept-encoding": "identity", connection: "close" };
  const auth = credential && { auth: `${credential.user}:${credential.password}` };
  const outgoing = open(url, { method: "GET", headers, ...auth });
  const settle: Settle = (answer) => {
    clearTimeout(timer);
    resolve(answer);
    outgoing.destroy();
  };
  const timer = setTimeout(() => settle({ kind: "failed", why: "timeout" }), timeoutMs);
  outgoing.on("error", () => settle({ kind: "failed", why: "unreachable" }));
  outgoing.on("response", (response) => collect(response, maxBytes, settle));
  outgoing.end();
}

function collect(response: IncomingMessage, maxBytes: number, settle: Settle): void {
  if (response.statusCode !== 200) {
    settle({ kind: "refused", status: response.statusCode ?? 0 });
    return;
  }
  if ((response.headers["content-encoding"] ?? "identity") !== "identity") {
    settle({ kind: "failed", why: "encoded" });
    return;
  }
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  response.on("data", (chunk: Uint8Array) => {
    bytes += chunk.length;
    if (bytes > maxBytes) settle({ kind: "failed", why: "too-large" });
    else chunks.push(chunk);
  });
  const cutShort = () => settle({ kind: "failed", why: "cut-short" });
  response.on("aborted", cutShort);
  response.on("error", cutShort);
  response.on("end", () => {
    const announced = response.headers["content-length"];
    const whole = announced === undefined || Number(announced) === bytes;
    if (whole && response.complete) settle({ kind: "ok", bytes: Buffer.concat(chunks) });
    else cutShort();
  });
}
