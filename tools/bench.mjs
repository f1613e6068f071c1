/** `npm run bench [name …]`: what must stay fast, each beside its peer or its limit. */
import {
  ensureBlits,
  ensureBuilt,
  ensurePackages,
  ensurePrograms,
  ROOT,
  withSetup,
} from "./setup.mjs";

await withSetup(async () => {
  await ensurePackages();
  await ensurePrograms({ chromium: "chromium", ffmpeg: "ffmpeg" });
  await ensurePrograms({ nginx: "nginx", curl: "curl", aria2c: "aria2" });
  await ensureBlits();
  await ensureBuilt();
  const { build } = await import("vite");
  await build({
    configFile: false,
    logLevel: "error",
    root: ROOT,
    build: {
      ssr: `${ROOT}/bench/main.ts`,
      outDir: `${ROOT}/.build/bench-run`,
      emptyOutDir: true,
      minify: false,
      target: "node20",
      rolldownOptions: { output: { entryFileNames: "[name].mjs", codeSplitting: false } },
    },
  });
  const { main } = await import(`${ROOT}/.build/bench-run/main.mjs`);
  await main(process.argv.slice(2));
});
