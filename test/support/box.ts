/**
 * The built box service in a folder with the sample lessons, roster and plan: to be killed and
 * started again on the same folder, by this Node or an older one.
 */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { bringSamples } from "../../cli/demo/sample-data.ts";
import { type Program, ROOT, readyLine, startProgram } from "./process.ts";

export interface BoxFacts {
  readonly page: string;
  readonly port: number;
  readonly boxId: string;
}

export class TestBox {
  readonly data: string;
  readonly #node: string;
  readonly #more: readonly string[];
  #program: Program | null = null;
  #facts: BoxFacts | null = null;

  private constructor(data: string, node: string, more: readonly string[] = []) {
    this.data = data;
    this.#node = node;
    this.#more = more;
  }

  static async make(node = process.execPath): Promise<TestBox> {
    const data = mkdtempSync(join(tmpdir(), "one-room-box-"));
    await bringSamples(data, { samples: join(ROOT, "samples") });
    return new TestBox(data, node);
  }

  /**
   * With the roster and no lesson: nothing is hashed at its starts.
   * @param more arguments of the service
   */
  static async makeBare(...more: string[]): Promise<TestBox> {
    const data = mkdtempSync(join(tmpdir(), "one-room-box-"));
    mkdirSync(join(data, "register"));
    copyFileSync(join(ROOT, "samples/roster.json"), join(data, "register/roster.json"));
    writeFileSync(join(data, "settings.json"), '{"setUp":true}\n');
    return new TestBox(data, process.execPath, more);
  }

  get page(): string {
    return this.#facts?.page ?? "";
  }

  get boxId(): string {
    return this.#facts?.boxId ?? "";
  }

  get port(): number {
    return this.#facts?.port ?? 0;
  }

  /** On the port it had before, as a box does; the page finds it there again. */
  async start(): Promise<this> {
    this.#facts = await readyLine<BoxFacts>(this.#spawn());
    return this;
  }

  /** Begins to start, and is killed so many milliseconds later, ready or not. */
  async startAndKill(afterMs: number): Promise<void> {
    this.#spawn();
    await pause(afterMs);
    await this.kill();
  }

  #spawn(): Program {
    const port = String(this.port);
    const args = [
      join(ROOT, "dist/box/box.mjs"),
      "--data",
      this.data,
      "--port",
      port,
      ...this.#more,
    ];
    this.#program = startProgram(this.#node, args);
    return this.#program;
  }

  /** In good order, as when the system goes down. */
  async stop(): Promise<void> {
    this.#program?.kill("SIGTERM");
    await this.#program?.ended;
  }

  /** As when the power goes, for this process. */
  async kill(): Promise<void> {
    this.#program?.kill("SIGKILL");
    await this.#program?.ended;
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.data, { recursive: true, force: true });
  }
}
