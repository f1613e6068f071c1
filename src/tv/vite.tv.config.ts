/**
 * How the TV page is built: one classic script. Old web views know neither `type=module` (Chrome
 * 61) nor dynamic import (63) nor static blocks (94); docs/tv.md tells the rest.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { Plugin, UserConfig } from "vite";
import { makeTvFonts } from "./fonts.config.ts";
import { SPOKEN_LIST, sentencePath } from "./voice/sentences.ts";
import { makeVoice } from "./voice.config.ts";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const require = createRequire(import.meta.url);

/**
 * The page itself, the fonts, and the worker of hls.js, whose path Vite would bake into the page.
 */
function pageFiles(): Plugin {
  return {
    name: "one-room-page-files",
    async generateBundle() {
      const emit = (fileName: string, source: Uint8Array) =>
        this.emitFile({ type: "asset", fileName, source });
      emit("index.html", await readFile(at("index.html")));
      emit("floor.js", await readFile(at("floor.js")));
      emit("hls.worker.js", await readFile(require.resolve("hls.js/dist/hls.worker.js")));
      const spoken = makeVoice();
      for (const { id, bytes } of spoken) emit(sentencePath(id), bytes);
      emit(SPOKEN_LIST, new TextEncoder().encode(JSON.stringify(spoken.map(({ id }) => id))));
      for (const { file, bytes } of await makeTvFonts()) emit(`fonts/${file}`, bytes);
    },
  };
}

/** `Launch` and states of Lightning find classes by name; minified names break them in silence. */
const KEEP_NAMES = { class: true, function: true };

export function tvBuild(): UserConfig {
  return {
    root: at("."),
    base: "./",
    publicDir: false,
    resolve: {
      dedupe: ["@lightningjs/core"],
      // Lessons have one playlist, sound and picture in one, captions of our own and no keys.
      alias: [{ find: /^hls\.js$/, replacement: "hls.js/light" }],
    },
    plugins: [pageFiles()],
    build: {
      outDir: at("../../dist/tv"),
      emptyOutDir: true,
      target: "es2018",
      modulePreload: false,
      assetsInlineLimit: 0,
      sourcemap: false,
      rolldownOptions: {
        input: at("main.ts"),
        output: {
          format: "iife",
          entryFileNames: "tv.js",
          codeSplitting: false,
          minify: { mangle: { keepNames: KEEP_NAMES }, compress: { keepNames: KEEP_NAMES } },
        },
      },
    },
  };
}
