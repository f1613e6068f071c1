import { Agent, type ClientRequest, type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps, Agent as SecureAgent } from "node:https";
import type {
  BodyPiece,
  FetchAnswer,
  FetchBody,
  FetchFault,
  FetchLimits,
  FetchRequest,
  HttpFetch,
} from "../ports/http-fetch.ts";

/** A lesson is dozens of files on one origin: one connection carries them one after the other. */
const SOCKETS_MAX = 2;

/** `HttpFetch` over `node:http`, which neither redirects nor unpacks. */
export class NodeHttpFetch implements HttpFetch {
  readonly #agents = {
    "http:": new Agent({ keepAlive: true, maxSockets: SOCKETS_MAX }),
    "https:": new SecureAgent({ keepAlive: true, maxSockets: SOCKETS_MAX }),
  };

  open(request: FetchRequest): Promise<FetchAnswer> {
    const url = parseUrl(request.url);
    if (url === null) return Promise.resolve({ kind: "failed", why: "bad-url" });
    return new Promise((resolve) => this.#ask(url, request, resolve));
  }

  /** Lets go of idle connections. */
  close(): void {
    for (const agent of Object.values(this.#agents)) agent.destroy();
  }

  #ask(url: URL, { headers, limits }: FetchRequest, resolve: (answer: FetchAnswer) => void): void {
    const isSecure = url.protocol === "https:";
    const agent = isSecure ? this.#agents["https:"] : this.#agents["http:"];
    const send = isSecure ? requestHttps : requestHttp;
    const outgoing = send(url, { method: "GET", agent, headers: { ...headers } });
    const stopClock = watchStart(outgoing, limits, () =>
      settle({ kind: "failed", why: "timeout" }),
    );
    const settle = (answer: FetchAnswer): void => {
      stopClock();
      resolve(answer);
      if (answer.kind === "failed") outgoing.destroy();
    };
    // The listener stays: a connection that breaks later is told by the body, and must not throw.
    outgoing.on("error", () => settle({ kind: "failed", why: "unreachable" }));
    outgoing.on("response", (response) => {
      const body = new NodeBody(outgoing, response, limits);
      const { statusCode = 0, headers: raw } = response;
      settle({ kind: "answered", status: statusCode, headers: joined(raw), body });
    });
    outgoing.end();
  }
}

function parseUrl(text: string): URL | null {
  try {
    const url = new URL(text);
    return url.protocol === "http:" || url.protocol === "https:" ? url : null;
  } catch {
    return null;
  }
}

function joined(headers: IncomingMessage["headers"]): Record<string, string> {
  const entries = Object.entries(headers);
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

/** Two clocks: until there is a connection, then until there are headers. */
function watchStart(outgoing: ClientRequest, limits: FetchLimits, late: () => void): () => void {
  let timer = setTimeout(late, limits.connectMs);
  const connected = (): void => {
    clearTimeout(timer);
    timer = setTimeout(late, limits.headersMs);
  };
  outgoing.on("socket", (socket) => {
    if (socket.connecting) socket.once("connect", connected);
    else connected();
  });
  return () => clearTimeout(timer);
}

class NodeBody implements FetchBody {
  readonly #outgoing: ClientRequest;
  readonly #response: IncomingMessage;
  readonly #idleMs: number;
  #fault: FetchFault | null = null;
  #wake: (() => void) | null = null;

  constructor(outgoing: ClientRequest, response: IncomingMessage, { idleMs }: FetchLimits) {
    this.#outgoing = outgoing;
    this.#response = response;
    this.#idleMs = idleMs;
    const wake = () => this.#wake?.();
    response.on("readable", wake);
    response.on("end", wake);
    // A body that was cut off closes without an end.
    response.on("error", () => this.#fail("cut-short"));
    response.on("close", () => {
      if (!response.readableEnded) this.#fail("cut-short");
    });
  }

  async read(): Promise<BodyPiece> {
    for (;;) {
      if (this.#fault !== null) return { kind: "failed", why: this.#fault };
      const bytes: Uint8Array | null = this.#response.read();
      if (bytes !== null) return { kind: "bytes", bytes };
      if (this.#response.readableEnded) {
        return this.#response.complete ? { kind: "end" } : { kind: "failed", why: "cut-short" };
      }
      await this.#next();
    }
  }

  cancel(): void {
    this.#fail("cancelled");
  }

  /** Until something happened, or nothing for too long. */
  #next(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#fail("timeout"), this.#idleMs);
      this.#wake = () => {
        clearTimeout(timer);
        this.#wake = null;
        resolve();
      };
    });
  }

  #fail(why: FetchFault): void {
    if (this.#fault !== null || this.#response.readableEnded) return;
    this.#fault = why;
    this.#outgoing.destroy();
    this.#wake?.();
  }
}
