/** Programs started by tests: ready lines, exits, and clean-up by process id. */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

export interface Program {
  readonly child: ChildProcess;
  readonly pid: number;
  /** What it has written to stderr so far, for a failure's message. */
  log(): string;
  /** Resolves with the exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Sends the signal to the program and to all it started. */
  kill(signal: NodeJS.Signals): void;
}

export function startNode(args: readonly string[], env: Record<string, string> = {}): Program {
  return startProgram(process.execPath, args, env);
}

/** Starts it as leader of its own process group, so that a kill reaches its children. */
export function startProgram(
  command: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Program {
  const child = spawn(command, args, {
    cwd: ROOT,
    detached: true,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  child.stderr?.on("data", (chunk) => {
    log += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const pid = child.pid ?? 0;
  return {
    child,
    pid,
    log: () => log,
    ended,
    kill(signal) {
      try {
        process.kill(-pid, signal);
      } catch {
        // It ended by itself in the meantime.
      }
    },
  };
}

/** The first line of stdout, parsed. Rejects with the log when the program ends before it. */
export async function readyLine<T>(program: Program): Promise<T> {
  const stdout = program.child.stdout;
  if (stdout === null) throw new Error("the program's output is not piped");
  const lines = createInterface({ input: stdout });
  return new Promise<T>((resolve, reject) => {
    lines.once("line", (line) => resolve(JSON.parse(line) as T));
    void program.ended.then((code) => reject(new Error(`ended with ${code}: ${program.log()}`)));
  });
}

/** Runs `one-room <args>` to its end. */
export async function oneRoom(
  ...args: string[]
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const program = startNode(["tools/one-room.mjs", ...args]);
  let stdout = "";
  program.child.stdout?.on("data", (chunk) => {
    stdout += chunk;
  });
  const code = await new Promise<number | null>((resolve) =>
    program.child.once("close", (exitCode) => resolve(exitCode)),
  );
  return { code, stdout, stderr: program.log() };
}
