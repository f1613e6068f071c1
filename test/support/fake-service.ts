/**
 * A box service without a box: the built page, the sample lessons' media, and whatever view a test
 * gives it. It knows no rules; intents are kept for the test to look at and answered as it says.
 */
import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { type WebSocket, WebSocketServer } from "ws";
import type {
  AnswerError,
  Intent,
  PageMessage,
  ServiceMessage,
  View,
} from "../../protocol/generated/types.ts";

const root = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".ttf": "font/ttf",
  ".m3u8": "application/vnd.apple.mpegurl",
  ".m4s": "video/iso.segment",
  ".mp4": "video/mp4",
  ".vtt": "text/vtt",
  ".webp": "image/webp",
};
const BEAT_MS = 1000;

export interface FakeServiceOptions {
  readonly view: View;
  /** JSON by path with its query, such as `/api/members?session=s1`. */
  readonly api?: Readonly<Record<string, unknown>>;
  /** The view after an intent, or why it was refused. Without it every intent is answered ok. */
  readonly onIntent?: (intent: Intent, view: View) => View | AnswerError | null;
  readonly port?: number;
}

export interface FakeService {
  readonly url: string;
  readonly port: number;
  /** Everything the page said, oldest first. */
  readonly heard: readonly PageMessage[];
  show(view: View): void;
  /** Drops every page and refuses new ones, as a service that died. */
  die(): void;
  close(): Promise<void>;
}

/** `/l/<lesson>/<version>/<path>` lies in `samples/<lesson>/<path>`. */
function fileOf(path: string): string | null {
  const media = /^\/l\/([^/]+)\/\d+\/(.+)$/.exec(path);
  const folder = media === null ? root("dist/tv") : root(`samples/${media[1]}`);
  const file = join(folder, normalize(`/${media === null ? path : media[2]}`));
  const real = path === "/" ? join(folder, "index.html") : file;
  return existsSync(real) && statSync(real).isFile() ? real : null;
}

function sendFile(request: IncomingMessage, response: ServerResponse, file: string): void {
  const type = TYPES[extname(file)] ?? "application/octet-stream";
  const size = statSync(file).size;
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "");
  if (range === null) {
    response.writeHead(200, { "content-type": type, "content-length": size });
    createReadStream(file).pipe(response);
    return;
  }
  const start = Number(range[1]);
  const end = range[2] === "" ? size - 1 : Math.min(Number(range[2]), size - 1);
  response.writeHead(206, {
    "content-type": type,
    "content-length": end - start + 1,
    "content-range": `bytes ${start}-${end}/${size}`,
  });
  createReadStream(file, { start, end }).pipe(response);
}

export async function startFakeService(options: FakeServiceOptions): Promise<FakeService> {
  let view = options.view;
  const heard: PageMessage[] = [];
  const pages = new Set<WebSocket>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const answer = options.api?.[`${url.pathname}${url.search}`];
    const file = fileOf(decodeURIComponent(url.pathname));
    if (answer !== undefined) {
      response.writeHead(200, { "content-type": "application/json; charset=utf-8" });
      response.end(JSON.stringify(answer));
    } else if (file === null) response.writeHead(404).end();
    else sendFile(request, response, file);
  });
  const sockets = new WebSocketServer({ server, path: "/link" });
  const send = (page: WebSocket, message: ServiceMessage) => page.send(JSON.stringify(message));
  const show = (next: View): void => {
    view = { ...next, rev: view.rev + 1 };
    for (const page of pages) send(page, { kind: "view", rev: view.rev, view });
  };
  const hear = (page: WebSocket, message: PageMessage): void => {
    heard.push(message);
    if (message.kind !== "intent") return;
    const outcome = options.onIntent?.(message.intent, view) ?? null;
    if (outcome !== null && "code" in outcome) {
      send(page, { kind: "answer", id: message.id, ok: false, error: outcome });
      return;
    }
    send(page, { kind: "answer", id: message.id, ok: true });
    if (outcome !== null) show(outcome);
  };
  sockets.on("connection", (page) => {
    pages.add(page);
    send(page, { kind: "view", rev: view.rev, view });
    page.on("message", (data) => hear(page, JSON.parse(String(data)) as PageMessage));
    page.on("close", () => pages.delete(page));
  });
  const beat = setInterval(() => {
    for (const page of pages) send(page, { kind: "beat" });
  }, BEAT_MS);
  await new Promise<void>((resolve) => {
    server.listen(options.port ?? 0, "127.0.0.1", () => resolve());
  });
  const { port } = server.address() as AddressInfo;
  const die = (): void => {
    clearInterval(beat);
    for (const page of pages) page.terminate();
    sockets.close();
    server.closeAllConnections();
    server.close();
  };
  return {
    url: `http://127.0.0.1:${port}/`,
    port,
    heard,
    show,
    die,
    close: () =>
      new Promise((resolve) => {
        server.once("close", () => resolve());
        if (!server.listening) resolve();
        die();
      }),
  };
}

/** A sample lesson's own file, as the box would give it. */
export function readSample<T>(lesson: string, file: string): T {
  return JSON.parse(readFileSync(root(`samples/${lesson}/${file}`), "utf8")) as T;
}
