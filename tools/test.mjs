/**
 * `npm test`: sets up what is missing and passes every check and every test.
 * Its last line is `N passed, N failed`; a check (style, types, imports) counts as one test.
 */
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import {
  ensureBuilt,
  ensureNode18,
  ensureOldChromium,
  ensurePackages,
  ensurePrograms,
  ensureVoice,
  ROOT,
  run,
  SetupError,
  say,
  withSetup,
} from "./setup.mjs";

const PARTS = ["src", "platform", "protocol", "media-cache", "console", "cli", "test", "bench"];
const bin = (name) => join(ROOT, "node_modules/.bin", name);

const CHECKS = {
  "style: biome": () => run(bin("biome"), ["check", "--error-on-warnings", "."]),
  "types: tsc": () => run(bin("tsc"), ["--build"]),
  "words: Chinese signs": () => run(process.execPath, [join(ROOT, "tools/chinese-signs.mjs")]),
  "imports: dependency-cruiser": () => run(bin("depcruise"), PARTS),
};

async function runCheck([name, check]) {
  try {
    await check();
    say(`✔ ${name}`);
    return { passed: 1, failed: 0 };
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(`✖ ${name}\n${error.message}`);
    return { passed: 0, failed: 1 };
  }
}

/** Runs one vitest project; what it counted comes from its JSON report. */
async function runTests({ name, project, workers }, filters) {
  const report = join(ROOT, ".build/test-report", `${name}.json`);
  mkdirSync(join(ROOT, ".build/test-report"), { recursive: true });
  rmSync(report, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const options = ["--passWithNoTests", `--maxWorkers=${workers}`, ...reporters];
  const args = ["run", "--project", project, ...options, ...filters];
  let ended = true;
  await run(bin("vitest"), args, { show: true }).catch((error) => {
    if (!(error instanceof SetupError)) throw error;
    ended = false;
  });
  return countReport(report, ended);
}

function countReport(path, ended) {
  try {
    const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(
      readFileSync(path, "utf8"),
    );
    // A file that could not be loaded has no tests, and yet it failed.
    const failed = Math.max(numFailedTests, numFailedTestSuites > 0 ? 1 : 0, ended ? 0 : 1);
    return { passed: numPassedTests, failed };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

/**
 * Everything in two lanes: slow tests wait for browsers, brokers and disks half of the time. Within
 * a lane they run one file at a time; three lanes made them wait for one another.
 */
async function runEverything() {
  const slow = (name) => ({ name, project: "slow", workers: 1 });
  const quick = { name: "quick", project: "quick", workers: 1 };
  const county = ["test/fleet/", "test/fault/county"];
  const lanes = [
    async () => [
      await runTests(slow("journey"), ["test/journey/"]),
      await runTests(slow("county"), county),
    ],
    async () => [
      ...(await Promise.all(Object.entries(CHECKS).map(runCheck))),
      await runTests(quick, []),
      await runTests(slow("fault"), ["test/fault/", "--exclude=test/fault/county*"]),
    ],
  ];
  return (await Promise.all(lanes.map((lane) => lane()))).flat();
}

/** The tests that the command line names, without the checks. */
async function runFiltered(filters) {
  const quick = { name: "quick", project: "quick", workers: availableParallelism() };
  const slow = { name: "slow", project: "slow", workers: 1 };
  return [await runTests(quick, filters), await runTests(slow, filters)];
}

await withSetup(async () => {
  const filters = process.argv.slice(2);
  await ensurePackages();
  await ensurePrograms({ chromium: "chromium", ffmpeg: "ffmpeg", mosquitto: "mosquitto" });
  await ensureVoice();
  await ensureNode18();
  await ensureOldChromium();
  await ensureBuilt();
  const results = filters.length > 0 ? await runFiltered(filters) : await runEverything();
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failed = results.reduce((sum, result) => sum + result.failed, 0);
  if (failed > 0 || passed === 0) process.exitCode = 1;
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
});
