/** Waits for Ctrl+C or a polite signal, then stops the programs in turn. */
import type { ChildProgram } from "./program.ts";

/** Resolves when all have ended; also when the first one ends by itself. */
export async function untilStopped(programs: readonly ChildProgram[]): Promise<void> {
  const asked = nextStopSignal();
  const first = await Promise.race([asked, ...programs.map((program) => program.ended)]);
  if (first !== STOP) process.exitCode = 1;
  await Promise.all(programs.map((program) => program.stop()));
}

export const STOP = Symbol("stop");

export function nextStopSignal(): Promise<typeof STOP> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.once(signal, () => resolve(STOP));
    }
  });
}
