/** A program of ours as a child: its ready line, its end, and its end when we end. */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface ChildProgram {
  readonly name: string;
  /** The one JSON line it prints when it is ready. */
  readonly ready: Record<string, unknown>;
  readonly ended: Promise<number | null>;
  stop(): Promise<void>;
}

/**
 * After a polite stop the program gets this long; then it is killed. A stop may take 5 s in all.
 */
const STOP_MS = 4000;

export interface FailureFacts extends ErrorOptions {
  /** Exit code of the program that failed. */
  readonly code?: number | null;
}

export class ProgramFailed extends Error {
  /** Of the program that failed: 2 is wrong usage, and stays it for whoever called us. */
  readonly exitCode: number;

  constructor(message: string, { code, ...more }: FailureFacts = {}) {
    super(message, more);
    this.exitCode = code === 2 ? 2 : 1;
  }
}

/**
 * Starts `node <file> <args>` with an IPC channel: a program of ours ends by itself when that
 * channel closes, so that nothing is left behind when we are killed.
 * @throws ProgramFailed with what it said, when it ends before it is ready
 */
export async function startProgram(
  name: string,
  file: string,
  args: readonly string[],
): Promise<ChildProgram> {
  const child = spawn(process.execPath, [file, ...args], {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const ready = await readyLine(name, child);
  return { name, ready, ended, stop: () => stop(child, ended) };
}

function readyLine(name: string, child: ChildProcess): Promise<Record<string, unknown>> {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new ProgramFailed(`${name}: 没有输出`);
  let said = "";
  stderr.on("data", (chunk) => {
    // The last words are what matters when it fails; a demonstration may run for days.
    said = (said + chunk).slice(-4000);
  });
  return new Promise((resolve, reject) => {
    createInterface({ input: stdout }).once("line", (line) => {
      try {
        resolve(JSON.parse(line) as Record<string, unknown>);
      } catch {
        reject(new ProgramFailed(`${name} 没有按约定启动：${line}`));
      }
    });
    child.once("exit", (code) =>
      reject(new ProgramFailed(`${name}没能启动。\n${said.trim()}`, { code })),
    );
  });
}

async function stop(child: ChildProcess, ended: Promise<number | null>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
  await ended;
  clearTimeout(timer);
}
