/** The console's built page. Unknown paths are the page's own affair: it has its own addresses. */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import type { FastifyInstance, FastifyReply } from "fastify";
import { noSuchPage } from "./api-problem.ts";
import type { ApiContext } from "./context.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".json": "application/json",
};

const NOT_BUILT = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>县控制台</title>
<p>县控制台的网页还没有构建。请在项目文件夹里执行 <code>npm run build -- console-web</code>，再刷新本页。</p></html>`;

export function registerPage(app: FastifyInstance, { webFolder }: ApiContext): void {
  app.get("/*", async (request, reply) => {
    const path = pathOf(request.url);
    if (path.startsWith("/api/") || path.startsWith("/b/")) throw noSuchPage();
    if (await sendFile(reply, webFolder, path)) return reply;
    // A file that is not there is an error; an address of the page is the page.
    if (extname(path) !== "") throw noSuchPage();
    if (await sendFile(reply, webFolder, "/index.html")) return reply;
    return reply.code(503).header("content-type", TYPES[".html"]).send(NOT_BUILT);
  });
}

function pathOf(url: string): string {
  const [path = "/"] = url.split("?");
  try {
    return normalize(decodeURIComponent(path));
  } catch {
    // Bad percent-encoding names no file.
    throw noSuchPage();
  }
}

async function sendFile(reply: FastifyReply, folder: string, path: string): Promise<boolean> {
  const type = TYPES[extname(path)];
  if (type === undefined || path.includes("..") || path.includes("\0")) return false;
  const file = join(folder, path);
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) return false;
  // The builder puts a hash into the names of what lies in assets/.
  const forever = path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache";
  reply.header("content-type", type).header("content-length", found.size);
  reply.header("cache-control", forever);
  await reply.send(createReadStream(file));
  return true;
}
