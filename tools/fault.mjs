/**
 * `npm run fault [-- name …]`: every point of the fault tests, of which `npm test` takes a sample.
 * Minutes each; the tests read `ONE_ROOM_FAULT=all`.
 */
import { join } from "node:path";
import { ensureBuilt, ensurePackages, ROOT, run, say, withSetup } from "./setup.mjs";

/** Name → files of test/fault. */
const SUITES = {
  fetch: ["test/fault/fetch-kill.test.ts", "test/fault/fetch-origin.test.ts"],
};

await withSetup(async () => {
  const names = process.argv.slice(2);
  const unknown = names.filter((name) => !(name in SUITES));
  if (unknown.length > 0) {
    say(`no suite "${unknown.join(" ")}"; there are: ${Object.keys(SUITES).join(", ")}`);
    process.exitCode = 2;
    return;
  }
  await ensurePackages();
  await ensureBuilt(["box"]);
  const files = (names.length > 0 ? names : Object.keys(SUITES)).flatMap((name) => SUITES[name]);
  const vitest = join(ROOT, "node_modules/.bin/vitest");
  const args = ["run", "--project", "slow", "--testTimeout=600000", ...files];
  await run(vitest, args, { show: true, env: { ONE_ROOM_FAULT: "all" } });
});
