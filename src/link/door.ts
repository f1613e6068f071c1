/**
 * The page's door: HTTP and web socket on loopback. It lets in who has the token, serves the page,
 * the lessons' media and the lists, and hands intents to the room.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import type { LessonLibrary } from "../../media-cache/library.ts";
import { type Access, hasKey, REFUSAL_TEXT, refuse, setCookieHeader } from "./access.ts";
import { answerApi } from "./api.ts";
import { openLinkSocket } from "./link-socket.ts";
import { sendMedia } from "./media.ts";
import { listPageFiles, type PageFile, sendPageFile } from "./page-files.ts";
import type { PageWatch, RoomDoor } from "./room-door.ts";

export interface DoorOptions {
  /** 0: any free port. */
  readonly port: number;
  readonly token: string;
  /** Folder of the built page. */
  readonly pageFolder: string;
  readonly room: RoomDoor;
  readonly library: Pick<LessonLibrary, "locate">;
  readonly watch: PageWatch;
}

export interface Door {
  readonly port: number;
  close(): Promise<void>;
}

const HOST = "127.0.0.1";
/** A page asks small questions; a client that takes longer for its headers is no page of ours. */
const HEADERS_TIMEOUT_MS = 10_000;

/** @throws NodeJS.ErrnoException `EADDRINUSE`, `EACCES` from the operating system */
export async function openDoor(options: DoorOptions): Promise<Door> {
  const server = createServer({ headersTimeout: HEADERS_TIMEOUT_MS, maxHeaderSize: 16 * 1024 });
  const port = await listen(server, options.port);
  const access: Access = { token: options.token, port };
  const socket = openLinkSocket(options.room, options.watch);
  const files = listPageFiles(options.pageFolder);
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    void answer({ request, response, access, options, files });
  });
  server.on("upgrade", (request: IncomingMessage, duplex: Duplex, head: Buffer) => {
    // The peer may vanish before the handshake is done.
    duplex.on("error", () => duplex.destroy());
    const refusal = refuse(request.headers, access, { strict: true, keyed: false });
    if (refusal === null && pathOf(request)?.pathname === "/link") {
      socket.upgrade(request, duplex, head);
    } else {
      duplex.end(`HTTP/1.1 ${refusal === null ? "404 Not Found" : "403 Forbidden"}\r\n\r\n`);
    }
  });
  server.on("clientError", (_error, duplex) => duplex.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        socket.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, HOST, () => {
      server.removeListener("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly access: Access;
  readonly options: DoorOptions;
  readonly files: ReadonlyMap<string, PageFile>;
}

/** Null: not a URL path that this server could ever answer. */
function pathOf(request: IncomingMessage): URL | null {
  try {
    const url = new URL(request.url ?? "", `http://${HOST}`);
    decodeURIComponent(url.pathname);
    return url;
  } catch {
    // `GET http://[ HTTP/1.1` and its kind: answered with 400.
    return null;
  }
}

async function answer(exchange: Exchange): Promise<void> {
  const { request, response, access } = exchange;
  const url = pathOf(request);
  if (url === null) return say(response, 400, "这个地址不对。");
  if (request.method !== "GET" && request.method !== "HEAD") {
    return say(response, 405, "这里只能读取。");
  }
  const keyed = url.pathname === "/" && hasKey(url, access);
  const refusal = refuse(request.headers, access, { strict: false, keyed });
  if (refusal !== null) return say(response, 403, REFUSAL_TEXT[refusal]);
  if (keyed) response.setHeader("set-cookie", setCookieHeader(access));
  await route(exchange, url);
}

async function route({ request, response, options, files }: Exchange, url: URL): Promise<void> {
  const path = decodeURIComponent(url.pathname);
  if (path.startsWith("/l/"))
    return sendMedia(request, response, { library: options.library, path });
  if (path.startsWith("/api/")) {
    const { status, body } = await answerApi(options.room, path.slice(5), url.searchParams);
    return sendJson(response, status, body);
  }
  const file = files.get(path);
  if (file !== undefined) return sendPageFile(request, response, file);
  const text = path === "/" ? "电视页面还没有构建，请先运行 npm run build。" : "没有这个页面。";
  return say(response, path === "/" ? 503 : 404, text);
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(text),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  response.end(text);
}

function say(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" });
  response.end(`${text}\n`);
}
