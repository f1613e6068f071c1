/** `npm run -s one-room -- <command>`: the one command line, built first where it is stale. */
import { ensureBuilt, ensurePackages, ROOT, withSetup } from "./setup.mjs";

await withSetup(async () => {
  await ensurePackages();
  await ensureBuilt();
  const { main } = await import(`${ROOT}/dist/cli/main.mjs`);
  await main(process.argv.slice(2));
});
