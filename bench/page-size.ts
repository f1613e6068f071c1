/** What the box's web view must fetch and parse before the first screen. */
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { type Figure, round } from "./figure.ts";

const PAGE_KB_MAX = 350;

/** The scripts that `index.html` names; fonts and pictures are counted apart. */
export async function run(root: string): Promise<Figure[]> {
  const html = readFileSync(`${root}/dist/tv/index.html`, "utf8");
  const scripts = [...html.matchAll(/<script[^>]*src="([^"]+)"/g)].map((match) => match[1] ?? "");
  const bytes = scripts.map((path) => gzipSync(readFileSync(`${root}/dist/tv/${path}`)).length);
  const kb = bytes.reduce((sum, count) => sum + count, 0) / 1000;
  return [
    {
      name: "page scripts, gzip",
      value: round(kb, 1),
      unit: "kB",
      comparedWith: `limit ${PAGE_KB_MAX} kB, hls.js included`,
      target: `≤ ${PAGE_KB_MAX} kB`,
      met: kb <= PAGE_KB_MAX,
    },
  ];
}
