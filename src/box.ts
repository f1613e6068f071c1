/** The box service: makes the adapters, joins the parts, starts. No logic of its own. */
import { startBox } from "./box/start-box.ts";
import { StartError } from "./box/start-error.ts";

const USAGE_EXIT = 2;

async function main(): Promise<void> {
  try {
    const box = await startBox(process.argv.slice(2));
    process.stdout.write(`${JSON.stringify(box.ready)}\n`);
    const stop = (): void => {
      void box.stop().then(() => process.exit(0));
    };
    for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.once(signal, stop);
    // Started by another program of ours: nothing is left behind when that one is killed.
    if (process.channel) process.once("disconnect", stop);
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    process.stderr.write(`${error.message}\n`);
    // Parts that had started before the one that could not would keep the process alive.
    process.exit(error.code === "usage" ? USAGE_EXIT : 1);
  }
}

await main();
