/**
 * One file, five builds, chosen by `--mode`: the TV page, the box service, the county's two
 * processes, the console page and the command line. `tools/build.mjs` runs them all.
 */
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type UserConfig } from "vite";
import { tvBuild } from "./src/tv/vite.tv.config.ts";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** A Node program in one file. `alone`: packages are bundled too, so that it runs without npm. */
function nodeProgram(entry: string, outDir: string, alone: boolean): UserConfig {
  return {
    ssr: { noExternal: alone ? true : undefined, target: "node" },
    build: {
      ssr: at(entry),
      outDir: at(outDir),
      emptyOutDir: true,
      minify: false,
      sourcemap: true,
      target: "node18",
      rolldownOptions: { output: { entryFileNames: "[name].mjs", codeSplitting: false } },
    },
  };
}

const BUILDS: Record<string, () => UserConfig> = {
  box: () => nodeProgram("src/box.ts", "dist/box", true),
  console: () => nodeProgram("console/server/main.ts", "dist/console", false),
  broker: () => nodeProgram("console/server/broker/broker-process.ts", "dist/broker", false),
  cli: () => nodeProgram("cli/main.ts", "dist/cli", false),
  "console-web": () => ({
    root: at("console/web"),
    base: "./",
    plugins: [react()],
    build: { outDir: at("dist/console-web"), emptyOutDir: true },
  }),
  tv: tvBuild,
};

export default defineConfig(({ mode }) => BUILDS[mode]?.() ?? {});
