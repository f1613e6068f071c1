/**
 * Keeps a program running, as the kiosk shell does on a real box: it is started again when it ends
 * by itself, with the same arguments, a little later each time.
 */
import { type ChildProgram, ProgramFailed, startProgram } from "./program.ts";

const FIRST_DELAY_MS = 500;
const DELAY_MAX_MS = 10_000;
/** A program that ran this long was well; its next end is a new story. */
const WELL_AFTER_MS = 60_000;

export interface Supervised {
  /** Ready line of its first start. */
  readonly ready: Record<string, unknown>;
  stop(): Promise<void>;
}

export interface ProgramPlan {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  /** Arguments of every later start, when the first run chose something (a port). */
  argsAfter?(ready: Record<string, unknown>): readonly string[];
}

/** @throws ProgramFailed when it does not start the first time */
export async function supervise(plan: ProgramPlan): Promise<Supervised> {
  const first = await startProgram(plan.name, plan.file, plan.args);
  const args = plan.argsAfter?.(first.ready) ?? plan.args;
  const keeper = new Keeper({ ...plan, args }, first);
  return { ready: first.ready, stop: () => keeper.stop() };
}

class Keeper {
  readonly #plan: ProgramPlan;
  #child: ChildProgram;
  #stopping = false;
  #delayMs = FIRST_DELAY_MS;
  #wake: (() => void) | null = null;

  constructor(plan: ProgramPlan, first: ChildProgram) {
    this.#plan = plan;
    this.#child = first;
    void this.#keep();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#wake?.();
    await this.#child.stop();
  }

  async #keep(): Promise<void> {
    while (!this.#stopping) {
      const startedAtMs = performance.now();
      const code = await this.#child.ended;
      if (this.#stopping) return;
      if (performance.now() - startedAtMs > WELL_AFTER_MS) this.#delayMs = FIRST_DELAY_MS;
      process.stderr.write(`${this.#plan.name}停了（${code ?? "被强行结束"}），正在重新启动…\n`);
      await this.#restart();
    }
  }

  async #restart(): Promise<void> {
    while (!this.#stopping) {
      await this.#pause();
      if (this.#stopping) return;
      try {
        this.#child = await startProgram(this.#plan.name, this.#plan.file, this.#plan.args);
        // Told to stop while it was starting.
        if (this.#stopping) await this.#child.stop();
        return;
      } catch (error) {
        if (!(error instanceof ProgramFailed)) throw error;
        process.stderr.write(`${error.message}\n`);
      }
    }
  }

  #pause(): Promise<void> {
    const delayMs = this.#delayMs;
    this.#delayMs = Math.min(delayMs * 2, DELAY_MAX_MS);
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, delayMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
