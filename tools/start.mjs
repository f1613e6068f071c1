/** `npm start`: the demonstration, kept in `.data/demo` so that the next start finds it again. */
import { join } from "node:path";
import { ensureBuilt, ensurePackages, ensureVoice, ROOT, withSetup } from "./setup.mjs";

await withSetup(async () => {
  await ensurePackages();
  await ensureVoice();
  await ensureBuilt();
  const { main } = await import(`${ROOT}/dist/cli/main.mjs`);
  await main(["demo", "--data", join(ROOT, ".data/demo"), ...process.argv.slice(2)]);
});
