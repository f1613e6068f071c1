/** How the TV page is built: one classic script for old web views. docs/decisions has the reasons. */
import { fileURLToPath } from "node:url";
import type { UserConfig } from "vite";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export function tvBuild(): UserConfig {
  return { root: at("."), base: "./", build: { outDir: at("../../dist/tv"), emptyOutDir: true } };
}
