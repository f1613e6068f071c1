import { ProgramFailed } from "../demo/program.ts";

/** Tells a foreseen failure in its own words, with exit code 1. */
export async function tellFailure(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof ProgramFailed)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
