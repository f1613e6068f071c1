/**
 * The peer of the TV page: a page with one <video> and hls.js, with the same settings, from a
 * plain static server. Enter makes the player and plays; there is nothing else.
 */
import { createReadStream, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { HLS_SETTINGS } from "../src/tv/player/hls-settings.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript",
  ".m3u8": "application/vnd.apple.mpegurl",
  ".m4s": "video/iso.segment",
  ".mp4": "video/mp4",
};

const HTML = `<!doctype html>
<style>html, body { margin: 0 } video { width: 100vw; height: 100vh; background: #000 }</style>
<video playsinline></video>
<script src="/hls.min.js"></script>
<script>
  addEventListener("keydown", () => {
    const video = document.querySelector("video");
    const hls = new Hls(${JSON.stringify(HLS_SETTINGS)});
    hls.config.startPosition = 0;
    hls.attachMedia(video);
    hls.loadSource("/video/index.m3u8");
    video.play();
  }, { once: true });
</script>`;

export interface BarePage {
  readonly page: string;
  close(): Promise<void>;
}

/** @param lesson folder of a lesson package */
export async function startBarePage(root: string, lesson: string): Promise<BarePage> {
  const hls = join(root, "node_modules/hls.js/dist");
  const scripts = new Map(
    ["hls.min.js", "hls.worker.js"].map((name) => [`/${name}`, join(hls, name)]),
  );
  for (const path of scripts.values()) readFileSync(path);
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? "/", "http://127.0.0.1").pathname);
    if (path === "/") {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(HTML);
      return;
    }
    const file = scripts.get(path) ?? join(lesson, path);
    const stats = statSync(file, { throwIfNoEntry: false });
    if (!stats?.isFile()) {
      response.writeHead(404).end();
      return;
    }
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    response.writeHead(200, { "content-type": type, "content-length": stats.size });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    page: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
