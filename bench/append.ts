/**
 * From `append` to its acknowledgement, through the register that the box really runs, beside what
 * no journal could do without: the same frames written and synced bare, to as many files, one file
 * after the other, in the same folder. Both by turns in one run, so that a busy disk is busy for
 * both. Once on the disk as it is, and once with every sync made slower, as on cheap flash.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { NodeDisk } from "../platform/node/node-disk.ts";
import { encodeFrame } from "../protocol/frame.ts";
import type { BootPayload } from "../protocol/generated/types.ts";
import type { RecordDraft, StoredRecord } from "../protocol/record.ts";
import type { Register } from "../src/register/register.ts";
import { type Figure, median, round } from "./figure.ts";
import { openRegisterOn } from "./open-register.ts";
import { slowDisk } from "./slow-disk.ts";

const OVERHEAD_MS_MAX = 0.5;
const SLOW_RATIO_MAX = 1.1;
const LOOP_P99_MS_MAX = 10;
const SYNC_DELAY_MS = 20;
const ROUNDS = 600;
/** Each takes two delayed syncs a copy. */
const SLOW_ROUNDS = 120;
/** Until the code is compiled and the files have their first blocks. */
const WARM_UP_ROUNDS = 60;

const SESSION = "5e7ca1be01";

/** One mark of a sign-in: what a session writes most. */
function mark(count: number): RecordDraft {
  const member = `m${String(count % 50).padStart(3, "0")}`;
  return { k: "attend", d: { session: SESSION, marks: [[member, "P", "call"]] } };
}

function openBench(folder: string, delayMs: number): Promise<Register> {
  const disk = new NodeDisk(folder);
  return openRegisterOn(delayMs > 0 ? slowDisk(disk, delayMs) : disk);
}

/** How many copies the register keeps is what its own `boot` record says, and nothing else. */
async function copyCount(register: Register): Promise<number> {
  const records = await register.read(register.epoch, 1, { maxCount: 20, maxBytes: 1e6 });
  const boot = records.find(({ record }) => record.k === "boot");
  if (boot === undefined) throw new Error("a register that was opened tells of its boot");
  return (boot.record.d as unknown as BootPayload).copies.length;
}

/** What is left when everything that makes a register is taken away. */
class BareFiles {
  readonly #files: readonly FileHandle[];
  readonly #delayMs: number;

  constructor(files: readonly FileHandle[], delayMs: number) {
    this.#files = files;
    this.#delayMs = delayMs;
  }

  async write(frame: Uint8Array): Promise<void> {
    for (const file of this.#files) {
      await file.write(frame);
      await file.datasync();
      if (this.#delayMs > 0) await pause(this.#delayMs);
    }
  }

  async close(): Promise<void> {
    for (const file of this.#files) await file.close();
  }
}

async function openBare(folder: string, copies: number, delayMs: number): Promise<BareFiles> {
  const names = Array.from({ length: copies }, (_, index) => join(folder, `bare-${index}`));
  const files = await Promise.all(names.map((name) => open(name, "a")));
  return new BareFiles(files, delayMs);
}

const ENCODER = new TextEncoder();

function frameOf({ json }: StoredRecord): Uint8Array {
  return encodeFrame(ENCODER.encode(json));
}

interface Measured {
  readonly copies: number;
  readonly appendMs: number;
  readonly bareMs: number;
  readonly loopP99Ms: number;
}

interface Race {
  readonly register: Register;
  readonly bare: BareFiles;
  readonly rounds: number;
}

async function race({ register, bare, rounds }: Race) {
  const appendsMs: number[] = [];
  const baresMs: number[] = [];
  for (let count = 0; count < rounds; count += 1) {
    const beganMs = performance.now();
    const stored = await register.append(mark(count), { intentId: `bench-${rounds}-${count}` });
    appendsMs.push(performance.now() - beganMs);
    const frame = frameOf(stored);
    const bareBeganMs = performance.now();
    await bare.write(frame);
    baresMs.push(performance.now() - bareBeganMs);
  }
  return { appendMs: median(appendsMs), bareMs: median(baresMs) };
}

async function measure(folder: string, rounds: number, delayMs: number): Promise<Measured> {
  const register = await openBench(folder, delayMs);
  const copies = await copyCount(register);
  const bare = await openBare(folder, copies, delayMs);
  // Its timer looks every millisecond: what it finds beyond that is delay.
  const loop = monitorEventLoopDelay({ resolution: 1 });
  try {
    await race({ register, bare, rounds: delayMs > 0 ? 10 : WARM_UP_ROUNDS });
    loop.enable();
    const times = await race({ register, bare, rounds });
    loop.disable();
    return { copies, ...times, loopP99Ms: loop.percentile(99) / 1e6 };
  } finally {
    await bare.close();
    await register.close();
  }
}

function plainFigures({ copies, appendMs, bareMs }: Measured): Figure[] {
  const bare = `${copies} × write + fdatasync of the same frame: ${round(bareMs, 3)} ms`;
  const overheadMs = appendMs - bareMs;
  return [
    {
      name: "append to acknowledged, median",
      value: round(appendMs, 3),
      unit: "ms",
      comparedWith: bare,
      ratio: round(appendMs / bareMs),
    },
    {
      name: "append, overhead of the median",
      value: round(overheadMs, 3),
      unit: "ms",
      comparedWith: bare,
      target: `≤ ${OVERHEAD_MS_MAX} ms over the bare sync`,
      met: overheadMs <= OVERHEAD_MS_MAX,
    },
  ];
}

function slowFigures({ copies, appendMs, bareMs, loopP99Ms }: Measured): Figure[] {
  const name = `append, each sync ${SYNC_DELAY_MS} ms slower`;
  return [
    {
      name: `${name}, median`,
      value: round(appendMs),
      unit: "ms",
      comparedWith: `${copies} × write + fdatasync, as slow: ${round(bareMs)} ms`,
      ratio: round(appendMs / bareMs, 3),
      target: `≤ ${SLOW_RATIO_MAX} × the bare sync`,
      met: appendMs <= SLOW_RATIO_MAX * bareMs,
    },
    {
      name: `${name}: event loop delay, p99`,
      value: round(loopP99Ms),
      unit: "ms",
      comparedWith: "what a beat of the link or a range of the film may wait",
      target: `< ${LOOP_P99_MS_MAX} ms`,
      met: loopP99Ms < LOOP_P99_MS_MAX,
    },
  ];
}

/** Beside the sources: the system's folder for temporary files may be no disk at all. */
export async function run(root: string): Promise<Figure[]> {
  mkdirSync(join(root, ".build"), { recursive: true });
  const folder = mkdtempSync(join(root, ".build/bench-append-"));
  try {
    const plain = await measure(join(folder, "plain"), ROUNDS, 0);
    const slow = await measure(join(folder, "slow"), SLOW_ROUNDS, SYNC_DELAY_MS);
    return [...plainFigures(plain), ...slowFigures(slow)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
