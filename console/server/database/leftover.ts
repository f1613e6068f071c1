/**
 * A database that outlived its console: killed with SIGKILL, the console could not stop it. It is
 * found by the pid in its own `postmaster.pid` and stopped before the next one starts.
 */
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { commandLineOf, isRunning } from "../../../platform/node/process-identity.ts";

/** A fast stop ends within this; then an immediate one, which costs a recovery and no data. */
const FAST_STOP_MS = 4000;
const IMMEDIATE_STOP_MS = 3000;
const LOOK_EVERY_MS = 20;

/** Leaves the folder without a running server. A stale pid file is PostgreSQL's own affair. */
export async function stopLeftover(folder: string): Promise<"none" | "stopped"> {
  const file = join(folder, "postmaster.pid");
  const pid = await readPid(file);
  if (pid === null) return "none";
  if (!isOurs(pid, folder)) {
    // The number may belong to another program by now; PostgreSQL would refuse to start over it.
    await rm(file, { force: true });
    return "none";
  }
  await stop(pid);
  return "stopped";
}

async function readPid(file: string): Promise<number | null> {
  const text = await readFile(file, "utf8").catch(() => "");
  const pid = Number(text.split("\n")[0]);
  return Number.isInteger(pid) && pid > 1 ? pid : null;
}

function isOurs(pid: number, folder: string): boolean {
  if (!isRunning(pid)) return false;
  const command = commandLineOf(pid);
  // Without procfs nobody can tell; a running process of that number is then believed.
  return command === "" || (command.includes("postgres") && command.includes(folder));
}

async function stop(pid: number): Promise<void> {
  for (const [signal, patienceMs] of [
    ["SIGINT", FAST_STOP_MS],
    ["SIGQUIT", IMMEDIATE_STOP_MS],
    ["SIGKILL", IMMEDIATE_STOP_MS],
  ] as const) {
    send(pid, signal);
    if (await ended(pid, patienceMs)) return;
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // It ended by itself in the meantime.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

async function ended(pid: number, patienceMs: number): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += LOOK_EVERY_MS) {
    if (!isRunning(pid)) return true;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return !isRunning(pid);
}
