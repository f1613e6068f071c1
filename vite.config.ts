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

/**
 * The day before the build, so that a box whose clock is a little behind the builder's is not told
 * that it is wrong. SOURCE_DATE_EPOCH (reproducible-builds.org) makes two builds alike.
 */
function builtAtMs(): number {
  const DAY_MS = 86_400_000;
  const seconds = Number(process.env["SOURCE_DATE_EPOCH"] ?? Math.floor(Date.now() / 1000));
  return (Math.floor((seconds * 1000) / DAY_MS) - 1) * DAY_MS;
}

const BUILDS: Record<string, () => UserConfig> = {
  box: () => ({
    ...nodeProgram("src/box.ts", "dist/box", true),
    define: { __BUILT_AT_MS__: String(builtAtMs()) },
  }),
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
