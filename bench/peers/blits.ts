/**
 * Builds the Blits app beside it and serves it with the same lessons, posters and fonts as the TV
 * page gets. Blits is fetched into `.cache/blits` by `tools/setup.mjs`: its build tools are 70 MB
 * that nothing but this bench needs.
 */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { build, type Plugin } from "vite";

const HTML = `<!doctype html><meta charset="utf-8">
<style>html, body { margin: 0; background: #10182a; overflow: hidden }</style>
<div id="app"></div><script src="/peer.js"></script>`;
const TYPES: Readonly<Record<string, string>> = { ".js": "text/javascript", ".ttf": "font/ttf" };

export interface Peer {
  readonly url: string;
  close(): Promise<void>;
}

/** Import assertions became attributes; this release still writes them in the old way. */
const newAttributes: Plugin = {
  name: "import-attributes",
  enforce: "pre",
  transform: (code, id) =>
    id.includes("@lightningjs") ? code.replace(/ assert \{ type: 'json' \}/g, "") : null,
};

async function buildPeer(root: string): Promise<string> {
  const outDir = join(root, ".build/bench-blits");
  const blits = join(root, ".cache/blits/node_modules/@lightningjs/blits");
  const { default: preCompiler } = (await import(join(blits, "vite/preCompiler.js"))) as {
    default: () => Plugin;
  };
  await build({
    configFile: false,
    logLevel: "error",
    root: join(root, "bench/peers/blits"),
    resolve: { alias: { "@lightningjs/blits": join(blits, "index.js") } },
    plugins: [newAttributes, preCompiler()],
    build: {
      outDir,
      emptyOutDir: true,
      rolldownOptions: {
        input: join(root, "bench/peers/blits/main.js"),
        output: { format: "iife", entryFileNames: "peer.js", codeSplitting: false },
      },
    },
  });
  return outDir;
}

/** @param api what the service answers at a path, undefined when it has no such thing */
export async function startPeer(root: string, api: (path: string) => unknown): Promise<Peer> {
  const folder = await buildPeer(root);
  const fileOf = (path: string): string => {
    const lesson = /^\/l\/([a-z0-9-]+)\/\d+\/poster\.webp$/.exec(path)?.[1];
    if (lesson !== undefined) return join(root, "samples", lesson, "poster.webp");
    return path.startsWith("/fonts/") ? join(root, "dist/tv", path) : join(folder, path);
  };
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://127.0.0.1").pathname;
    const send = (type: string, body: string | Buffer) =>
      response.writeHead(200, { "content-type": type }).end(body);
    const answer = api(path);
    if (path === "/") send("text/html; charset=utf-8", HTML);
    else if (answer !== undefined) send("application/json", JSON.stringify(answer));
    else {
      try {
        send(TYPES[extname(path)] ?? "image/webp", readFileSync(fileOf(path)));
      } catch {
        response.writeHead(404).end();
      }
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
