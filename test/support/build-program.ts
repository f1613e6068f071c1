/** A test's own program, in one file: to be started, and killed, from outside. */
import { basename, join } from "node:path";
import { build } from "vite";
import { ROOT } from "./process.ts";

/** `source` from the root of the project; answers the path of what was built. */
export async function buildProgram(source: string, outDir: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: "error",
    ssr: { noExternal: true },
    build: {
      ssr: join(ROOT, source),
      outDir,
      minify: false,
      rolldownOptions: { output: { entryFileNames: "[name].mjs" } },
    },
  });
  return join(outDir, basename(source).replace(/\.ts$/, ".mjs"));
}
