/**
 * The county console: broker, database, ingest and HTTP API, in one program with two children.
 * Prints one JSON line when it is ready; ends with exit code 1 and a sentence when it cannot start.
 */
import { readArguments } from "./arguments.ts";
import { startCounty } from "./county.ts";
import { stderrLog } from "./log.ts";
import { StartError } from "./start-error.ts";

/** A clean stop ends well within the 5 s that whoever started us waits. */
const STOP_WITHIN_MS = 4500;

/** SIGTERM, Ctrl+C, or the end of whoever started us. */
function stopAsked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
      process.on(signal, () => resolve());
    }
    if (process.connected) process.once("disconnect", () => resolve());
  });
}

async function main(): Promise<void> {
  const asked = stopAsked();
  const county = await startCounty(readArguments(process.argv.slice(2)), stderrLog);
  process.stdout.write(`${JSON.stringify(county.ready)}\n`);
  await asked;
  setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
  await county.stop();
  process.exit(0);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
