/**
 * The files of the page: listed once at start, so that no request can name another file.
 */
import { createReadStream, type Dirent, readdirSync, statSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join, relative, sep } from "node:path";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".webp": "image/webp",
  ".ttf": "font/ttf",
  ".woff2": "font/woff2",
  ".mp3": "audio/mpeg",
  ".ogg": "audio/ogg",
  ".txt": "text/plain; charset=utf-8",
};

/**
 * Only what is ours: no request leaves the machine, whatever a lesson says. Lightning makes its
 * templates with `new Function`, hence `unsafe-eval` (docs/decisions/0010).
 */
const PAGE_POLICY = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-eval' blob:",
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "connect-src 'self' ws://127.0.0.1:* ws://localhost:*",
  "frame-ancestors 'none'",
].join("; ");

export interface PageFile {
  readonly file: string;
  readonly type: string;
  readonly bytes: number;
}

/** URL path to file. An empty map when the page was not built. */
export function listPageFiles(folder: string): ReadonlyMap<string, PageFile> {
  const files = new Map<string, PageFile>();
  const walk = (at: string): void => {
    for (const entry of entriesOf(at)) {
      const file = join(at, entry.name);
      if (entry.isDirectory()) walk(file);
      else files.set(`/${relative(folder, file).split(sep).join("/")}`, describe(file));
    }
  };
  walk(folder);
  const index = files.get("/index.html");
  if (index !== undefined) files.set("/", index);
  return files;
}

function entriesOf(folder: string): Dirent[] {
  return statSync(folder, { throwIfNoEntry: false })
    ? readdirSync(folder, { withFileTypes: true })
    : [];
}

function describe(file: string): PageFile {
  const type = TYPES[extname(file)] ?? "application/octet-stream";
  return { file, type, bytes: statSync(file).size };
}

export function sendPageFile(
  request: IncomingMessage,
  response: ServerResponse,
  { file, type, bytes }: PageFile,
): void {
  response.writeHead(200, {
    "content-type": type,
    "content-length": bytes,
    // The page is updated with the box; a reload must never mix two versions of it.
    "cache-control": "no-cache",
    "content-security-policy": PAGE_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
  });
  if (request.method === "HEAD") {
    response.end();
    return;
  }
  const stream = createReadStream(file);
  stream.on("error", () => response.destroy());
  response.on("close", () => stream.destroy());
  stream.pipe(response);
}
