/** Builds every program and page into `dist/`. `node tools/build.mjs [target …]` builds some. */
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { generate } from "./generate.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
export const TARGETS = ["box", "console", "broker", "cli", "console-web", "tv"];

export async function buildTargets(targets = TARGETS, say = () => {}) {
  await generate();
  for (const mode of targets) {
    say(mode);
    await build({ configFile: `${ROOT}/vite.config.ts`, mode, logLevel: "error" });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wanted = process.argv.slice(2);
  await buildTargets(wanted.length > 0 ? wanted : TARGETS, (mode) =>
    console.error(`build ${mode}`),
  );
}
