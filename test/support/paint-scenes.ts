/** Scenes as the TV shows them: painted by real Chromium, at 720 lines, as cheap boxes draw. */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import type { Browser } from "playwright-core";
import { build } from "vite";
import type { Scene } from "../../src/tv/scene/node.ts";
import { tvBuild } from "../../src/tv/vite.tv.config.ts";
import { countTextures, texturesOf } from "./count-textures.ts";
import type { PainterHook } from "./painter/main.ts";
import { ROOT } from "./process.ts";

type Hooked = { __painter?: PainterHook };

export const PICTURE = { width: 1280, height: 720 } as const;

const HTML = `<!doctype html><meta charset="utf-8">
<style>html, body { margin: 0; background: #000; overflow: hidden }
canvas { position: absolute; width: 100vw; height: 100vh }</style>
<canvas id="canvas" width="1280" height="720"></canvas><script src="/tv.js"></script>`;
const TYPES: Readonly<Record<string, string>> = { ".js": "text/javascript", ".ttf": "font/ttf" };

export interface PaintedTv {
  /** Resolves when some frames have passed. */
  paint(scene: Scene): Promise<void>;
  /** As it is now: letters may still be on their way. */
  picture(): Promise<Buffer>;
  /** How many the graphics hold. */
  textures(): Promise<number>;
  close(): Promise<void>;
}

async function buildPainter(folder: string): Promise<void> {
  const config = tvBuild();
  await build({
    ...config,
    configFile: false,
    logLevel: "error",
    plugins: [],
    build: {
      ...config.build,
      outDir: folder,
      rolldownOptions: {
        ...config.build?.rolldownOptions,
        input: join(ROOT, "test/support/painter/main.ts"),
      },
    },
  });
}

/** The painter's script, the built page's fonts, and the posters of the samples. */
function serve(folder: string) {
  const fileOf = (path: string): string => {
    const poster = /^\/l\/([a-z0-9-]+)\/\d+\/(poster\.webp)$/.exec(path);
    if (poster !== null) return join(ROOT, "samples", poster[1] ?? "", "poster.webp");
    return path.startsWith("/fonts/") ? join(ROOT, "dist/tv", path) : join(folder, path);
  };
  return createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://127.0.0.1").pathname;
    if (path === "/") {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(HTML);
      return;
    }
    try {
      const bytes = readFileSync(fileOf(path));
      response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "image/webp" }).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
}

export async function openPaintedTv(browser: Browser): Promise<PaintedTv> {
  const folder = join(ROOT, ".build/painter");
  await buildPainter(folder);
  const server = serve(folder);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const page = await browser.newPage({ viewport: PICTURE });
  await page.addInitScript(countTextures);
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await page.waitForFunction(() => (window as unknown as Hooked).__painter?.hasFonts === true);
  return {
    async paint(scene) {
      await page.evaluate((shown) => (window as unknown as Hooked).__painter?.paint(shown), scene);
    },
    picture: () => page.screenshot(),
    textures: () => texturesOf(page),
    async close() {
      await page.close();
      server.closeAllConnections();
      server.close();
    },
  };
}
