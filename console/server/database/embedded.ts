/**
 * A PostgreSQL of our own: made once, started, watched and stopped by the console. It listens on
 * 127.0.0.1 only, on a port of its choice, with a password that only `<data>/keys` holds.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { access, mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { writeDurableFile } from "../../../platform/node/node-durable-file.ts";
import { freePort } from "../free-port.ts";
import { errorText, type Log } from "../log.ts";
import { StartError } from "../start-error.ts";
import { findPostgres, type PostgresPrograms } from "./binaries.ts";
import { stopLeftover } from "./leftover.ts";
import { type Launcher, ordinaryUser } from "./ordinary-user.ts";

export interface EmbeddedOptions {
  /** Data folder of the cluster; made when it is not there. */
  readonly folder: string;
  readonly keys: string;
  readonly password: string;
  readonly log: Log;
}

export interface EmbeddedDatabase {
  readonly url: string;
  readonly pid: () => number;
  stop(): Promise<void>;
}

const USER = "county";
const READY = "database system is ready to accept connections";
/** Recovery of a few minutes' log after a power cut on a slow disk. */
const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 3000;
const RESTART_AFTER_MS = [200, 500, 1000, 2000, 5000] as const;
/** A county PC is small; the records of a county are few. */
const SETTINGS = [
  "shared_buffers=64MB",
  "max_connections=24",
  "listen_addresses=127.0.0.1",
  "unix_socket_directories=",
  "password_encryption=scram-sha-256",
  "timezone=UTC",
  "log_timezone=UTC",
  "lc_messages=C",
];

/** @throws StartError */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const server = new Server(options, await findPostgres(), ordinaryUser());
  await server.prepare();
  await server.start();
  return { url: server.url, pid: () => server.pid, stop: () => server.stop() };
}

class Server {
  readonly #options: EmbeddedOptions;
  readonly #programs: PostgresPrograms;
  readonly #launcher: Launcher;
  #port = 0;
  #child: ChildProcess | null = null;
  #stopping = false;
  #failures = 0;

  constructor(options: EmbeddedOptions, programs: PostgresPrograms, launcher: Launcher) {
    this.#options = options;
    this.#programs = programs;
    this.#launcher = launcher;
  }

  get url(): string {
    const password = encodeURIComponent(this.#options.password);
    return `postgres://${USER}:${password}@127.0.0.1:${this.#port}/postgres`;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** A whole cluster in the folder, and no server running on it. */
  async prepare(): Promise<void> {
    const { folder, log } = this.#options;
    if (await exists(join(folder, "PG_VERSION"))) {
      if ((await stopLeftover(folder)) === "stopped") log.warn("database-leftover-stopped");
      return;
    }
    await this.#makeCluster();
  }

  async start(): Promise<void> {
    // Only the first start chooses: later ones must be found where the pool looks.
    if (this.#port === 0) this.#port = await freePort();
    const child = this.#spawn(this.#programs.postgres, [
      "-D",
      this.#options.folder,
      "-p",
      String(this.#port),
      ...SETTINGS.flatMap((setting) => ["-c", setting]),
    ]);
    this.#child = child;
    await untilReady(child);
    this.#failures = 0;
    child.once("exit", (code) => void this.#onExit(code));
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    const child = this.#child;
    if (child === null || hasEnded(child)) return;
    const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    child.kill("SIGINT");
    const timer = setTimeout(() => child.kill("SIGQUIT"), STOP_WITHIN_MS);
    await ended;
    clearTimeout(timer);
  }

  #spawn(program: string, args: readonly string[]): ChildProcess {
    const [command = program, ...rest] = [...this.#launcher.prefix, program, ...args];
    // Messages are read by a program here: they must be in one language.
    const env = { ...process.env, LC_ALL: "C", LC_MESSAGES: "C" };
    return spawn(command, rest, { env, stdio: ["ignore", "ignore", "pipe"], cwd: "/" });
  }

  /** Made aside and moved into place: a power cut in between leaves nothing half made. */
  async #makeCluster(): Promise<void> {
    const { folder, keys, password } = this.#options;
    const aside = `${folder}.new`;
    await rm(aside, { recursive: true, force: true });
    await mkdir(aside, { recursive: true, mode: 0o700 });
    const secret = join(keys, "initdb-password");
    await writeDurableFile(secret, `${password}\n`, { mode: 0o600 });
    try {
      const child = this.#spawn(this.#programs.initdb, [
        `--pgdata=${aside}`,
        `--username=${USER}`,
        `--pwfile=${secret}`,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
      ]);
      await untilDone(child);
    } finally {
      await rm(secret, { force: true });
    }
    await rename(aside, folder);
  }

  async #onExit(code: number | null): Promise<void> {
    while (!this.#stopping) {
      const waitMs = RESTART_AFTER_MS[Math.min(this.#failures, RESTART_AFTER_MS.length - 1)] ?? 0;
      this.#failures += 1;
      this.#options.log.warn("database-ended", { code, restartInMs: waitMs });
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      if (this.#stopping) return;
      try {
        await this.start();
        return;
      } catch (error) {
        this.#options.log.warn("database-restart-failed", { why: errorText(error) });
      }
    }
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** Keeps the last words of a program for the message when it fails. */
function lastWords(child: ChildProcess): () => string {
  let said = "";
  child.stderr?.on("data", (chunk) => {
    said = (said + chunk).slice(-3000);
  });
  return () => said;
}

function failed(words: string, cause?: unknown): StartError {
  const options = cause === undefined ? {} : { cause };
  return new StartError("database-failed", `数据库没能启动。它最后说：\n${words.trim()}`, options);
}

async function untilDone(child: ChildProcess): Promise<void> {
  const words = lastWords(child);
  await new Promise<void>((resolve, reject) => {
    child.once("error", (error) => reject(failed(error.message, error)));
    child.once("close", (code) => (code === 0 ? resolve() : reject(failed(words()))));
  });
}

function untilReady(child: ChildProcess): Promise<void> {
  const words = lastWords(child);
  return new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill("SIGQUIT");
      reject(failed(words()));
    }, READY_WITHIN_MS);
    const settle = (act: () => void) => {
      clearTimeout(timer);
      child.off("exit", onExit);
      act();
    };
    const onExit = () => settle(() => reject(failed(words())));
    child.once("error", (error) => settle(() => reject(failed(error.message, error))));
    child.once("exit", onExit);
    child.stderr?.on("data", () => {
      if (words().includes(READY)) settle(resolve);
    });
  });
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
