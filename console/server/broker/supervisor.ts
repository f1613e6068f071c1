/**
 * Keeps the broker process running: started again when it ends by itself, on the same port, a
 * little later each time.
 */
import { type ChildProcess, fork } from "node:child_process";
import { explainListenError } from "../free-port.ts";
import type { Log } from "../log.ts";
import { StartError } from "../start-error.ts";
import type { BrokerOrder, BrokerReport } from "./messages.ts";

export interface BrokerPlan {
  /** The built program, `broker-process.mjs`. */
  readonly program: string;
  readonly host: string;
  readonly port: number;
  readonly countySha256: string;
  accounts(): Promise<Record<string, string>>;
  readonly log: Log;
  onRefused(why: string): void;
}

export interface SupervisedBroker {
  readonly port: number;
  readonly isUp: () => boolean;
  readonly pid: () => number;
  setAccount(box: string, sha256: string): void;
  stop(): Promise<void>;
}

const FIRST_DELAY_MS = 100;
const DELAY_MAX_MS = 10_000;
/** A broker that ran this long was well; its next end is a new story. */
const WELL_AFTER_MS = 60_000;
const STOP_WITHIN_MS = 1000;

/** @throws StartError when it does not listen the first time */
export async function superviseBroker(plan: BrokerPlan): Promise<SupervisedBroker> {
  const keeper = new Keeper(plan);
  await keeper.start();
  return {
    port: keeper.port,
    isUp: () => keeper.isUp,
    pid: () => keeper.pid,
    setAccount: (box, sha256) => keeper.tell({ kind: "account", box, sha256 }),
    stop: () => keeper.stop(),
  };
}

class Keeper {
  readonly #plan: BrokerPlan;
  #child: ChildProcess | null = null;
  #stopping = false;
  #delayMs = FIRST_DELAY_MS;
  port: number;
  isUp = false;

  constructor(plan: BrokerPlan) {
    this.#plan = plan;
    this.port = plan.port;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  async start(): Promise<void> {
    const child = fork(this.#plan.program, [], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
    this.#child = child;
    const { host, countySha256 } = this.#plan;
    const accounts = await this.#plan.accounts();
    const listening = this.#untilListening(child);
    this.tell({ kind: "open", host, port: this.port, countySha256, accounts });
    this.port = await listening;
    this.isUp = true;
    const startedAtMs = performance.now();
    child.on("message", (message) => this.#hear(message as BrokerReport));
    child.once("exit", (code) => {
      if (performance.now() - startedAtMs > WELL_AFTER_MS) this.#delayMs = FIRST_DELAY_MS;
      void this.#onExit(code);
    });
  }

  tell(order: BrokerOrder): void {
    if (this.#child?.connected) this.#child.send(order);
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    const child = this.#child;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    if (child.connected) child.disconnect();
    const timer = setTimeout(() => child.kill("SIGKILL"), STOP_WITHIN_MS);
    await ended;
    clearTimeout(timer);
  }

  #hear(report: BrokerReport): void {
    if (report.kind === "refused") this.#plan.onRefused(report.why);
  }

  #untilListening(child: ChildProcess): Promise<number> {
    const { host, port } = this.#plan;
    return new Promise((resolve, reject) => {
      child.once("exit", (code) =>
        reject(new StartError("broker-failed", `消息服务没能启动（${code ?? "被强行结束"}）。`)),
      );
      child.on("message", (message) => {
        const report = message as BrokerReport;
        if (report.kind === "listening") resolve(report.port);
        if (report.kind !== "cannot-listen") return;
        child.kill("SIGKILL");
        const fault = Object.assign(new Error(report.code), { code: report.code });
        reject(explainListenError({ what: "消息服务（MQTT）", host, port }, fault));
      });
    });
  }

  async #onExit(code: number | null): Promise<void> {
    this.isUp = false;
    while (!this.#stopping) {
      const waitMs = this.#delayMs;
      this.#delayMs = Math.min(waitMs * 2, DELAY_MAX_MS);
      this.#plan.log.warn("broker-ended", { code, restartInMs: waitMs });
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      if (this.#stopping) return;
      try {
        await this.start();
        return;
      } catch (error) {
        this.#plan.log.warn("broker-restart-failed", { why: String(error) });
      }
    }
  }
}
