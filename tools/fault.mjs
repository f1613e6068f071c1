/**
 * `npm run fault [-- name … [count]]`: every point of the fault tests, of which `npm test` takes a
 * sample. Minutes each; the tests read `ONE_ROOM_FAULT=all`, and how many from
 * `ONE_ROOM_FAULT_COUNT`: `npm run fault -- cuts 1000000`, `npm run fault -- bits 1000`,
 * `npm run fault -- kills 10000`. What each has shown: docs/fault.md.
 * `kills` keeps where it stands in `.build/fault/`, and goes on there when it was broken off.
 */
import { join } from "node:path";
import { ensureBuilt, ensurePackages, ROOT, run, say, withSetup } from "./setup.mjs";

/** Name → files of test/fault. */
const SUITES = {
  cuts: ["test/fault/power-cuts.test.ts"],
  bits: ["test/fault/flipped-bits.test.ts"],
  kills: ["test/fault/box-kill.test.ts"],
  "register-kills": ["test/fault/register-kill.test.ts"],
  fetch: [
    "test/fault/fetch-kill.test.ts",
    "test/fault/fetch-full-disk.test.ts",
    "test/fault/fetch-origin.test.ts",
  ],
};

await withSetup(async () => {
  const isCount = (argument) => /^\d+$/.test(argument);
  const names = process.argv.slice(2).filter((argument) => !isCount(argument));
  const count = process.argv.slice(2).find(isCount);
  const unknown = names.filter((name) => !(name in SUITES));
  if (unknown.length > 0) {
    say(`no suite "${unknown.join(" ")}"; there are: ${Object.keys(SUITES).join(", ")}`);
    process.exitCode = 2;
    return;
  }
  await ensurePackages();
  await ensureBuilt(["box", "cli"]);
  const files = (names.length > 0 ? names : Object.keys(SUITES)).flatMap((name) => SUITES[name]);
  const vitest = join(ROOT, "node_modules/.bin/vitest");
  const args = ["run", "--project", "slow", "--testTimeout=600000", ...files];
  const env = { ONE_ROOM_FAULT: "all", ...(count && { ONE_ROOM_FAULT_COUNT: count }) };
  await run(vitest, args, { show: true, env });
});
