/**
 * What a start asks of a long journal: `openRegister` of 10,000 and of 100,000 records in two
 * copies, beside reading one copy's files and `JSON.parse` of the same lines; by turns in one run.
 * And what the register then holds in memory, when the garbage is gone.
 *
 * An opening ends with a record of its own (`boot`), written and synced in both copies. That is no
 * replay, and on a busy disk it takes as long as it takes: the figure of the replay is without the
 * time in which a write was waited for. The whole opening stands beside it.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { performance } from "node:perf_hooks";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { NodeDisk } from "../platform/node/node-disk.ts";
import type { AppendFile, Disk } from "../platform/ports/disk.ts";
import { FRAME_HEAD_BYTES } from "../protocol/frame.ts";
import type { SessionOpenPayload } from "../protocol/generated/types.ts";
import type { RecordDraft } from "../protocol/record.ts";
import type { Register } from "../src/register/register.ts";
import { type Figure, median, round } from "./figure.ts";
import { openRegisterOn } from "./open-register.ts";
import { timeWrites } from "./timed-writes.ts";

const SMALL = 10_000;
const LARGE = 100_000;
const RATIO_MAX = 5;
const HEAP_MB_MAX = 60;
/** Ten times the records may take so much more than ten times the time. */
const GROWTH_MAX = 1.3;
const ROUNDS = 7;
/** Opening, a mark of each of fifty members, close: an evening. */
const MEMBERS = 50;

/** Fills quickly: nothing of it need survive a power cut. */
class UnsyncedFile implements AppendFile {
  readonly #file: FileHandle;
  size: number;

  constructor(file: FileHandle, size: number) {
    this.#file = file;
    this.size = size;
  }

  async append(bytes: Uint8Array): Promise<void> {
    await this.#file.write(bytes);
    this.size += bytes.length;
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

function unsyncedDisk(folder: string): Disk {
  const disk = new NodeDisk(folder);
  return {
    list: (name) => disk.list(name),
    read: (path) => disk.read(path),
    readAt: (path, offset, length) => disk.readAt(path, offset, length),
    async openAppend(path) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      const file = await open(join(folder, path), "a");
      return new UnsyncedFile(file, (await file.stat()).size);
    },
    replace: (path, bytes) => disk.replace(path, bytes),
    truncate: (path, bytes) => disk.truncate(path, bytes),
    remove: (path) => disk.remove(path),
    space: () => disk.space(),
  };
}

const members = Array.from({ length: MEMBERS }, (_, n) => `member${String(n).padStart(2, "0")}`);
const document = { version: 1, sha256: "0".repeat(64) };

const evening: SessionOpenPayload = {
  type: "study-day",
  title: "稻瘟病的识别与防治",
  branches: ["b1"],
  rosterVersion: 1,
  rosterSha256: null,
  expected: members,
  numbers: members.map((_, n) => n + 1),
  branchAt: members.map(() => 0),
  welcome: [],
  lessons: [{ id: "rice-blast-2026", ...document }],
  method: { id: "wubu", ...document },
  stage: "signin",
};

function eveningOf(session: string): RecordDraft[] {
  const marks = members.map((member): RecordDraft => {
    return { k: "attend", d: { session, marks: [[member, "P", "call"]] } };
  });
  const counts = { expected: MEMBERS, P: MEMBERS, L: 0, X: 0, V: 0, A: 0, unmarked: 0, G: 0, Q: 0 };
  return [...marks, { k: "session.close", d: { session, ending: "done", counts, heads: null } }];
}

async function writeEvening(register: Register, name: string): Promise<void> {
  const { e, s } = await register.append({ k: "session.open", d: evening }, { intentId: name });
  let count = 0;
  for (const draft of eveningOf(`${e}-${s}`)) {
    count += 1;
    await register.append(draft, { intentId: `${name}-${count}` });
  }
}

async function fill(folder: string, count: number): Promise<void> {
  const register = await openRegisterOn(unsyncedDisk(folder));
  for (let n = 0; register.head().s < count; n += 1) await writeEvening(register, `evening-${n}`);
  await register.close();
}

/** The same lines with nothing asked of them. */
function readBare(folder: string): number {
  const copy = join(folder, "register/A");
  let count = 0;
  for (const name of readdirSync(copy).filter((file) => file.endsWith(".log"))) {
    for (const line of readFileSync(join(copy, name), "utf8").split("\n")) {
      if (line === "") continue;
      JSON.parse(line.slice(FRAME_HEAD_BYTES));
      count += 1;
    }
  }
  return count;
}

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

function heldMb(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1e6;
}

interface Opened {
  /** From the call to the register. */
  readonly openMs: number;
  /** Without the writes. */
  readonly replayMs: number;
  readonly heapMb: number;
}

interface Measured extends Opened {
  readonly bareMs: number;
}

async function timeBare(folder: string, count: number): Promise<number> {
  collectGarbage();
  const beganMs = performance.now();
  const found = readBare(folder);
  if (found < count) throw new Error(`${found} lines instead of ${count}`);
  return performance.now() - beganMs;
}

async function timeOpening(folder: string): Promise<Opened> {
  const before = heldMb();
  const { disk, spentMs } = timeWrites(new NodeDisk(folder));
  const beganMs = performance.now();
  const register = await openRegisterOn(disk);
  const openMs = performance.now() - beganMs;
  const heapMb = heldMb() - before;
  await register.close();
  return { openMs, replayMs: openMs - spentMs(), heapMb };
}

async function measure(folder: string, count: number): Promise<Measured> {
  await fill(folder, count);
  const [opened, bares]: [Opened[], number[]] = [[], []];
  for (let turn = 0; turn < ROUNDS; turn += 1) {
    bares.push(await timeBare(folder, count));
    opened.push(await timeOpening(folder));
  }
  return {
    openMs: median(opened.map(({ openMs }) => openMs)),
    replayMs: median(opened.map(({ replayMs }) => replayMs)),
    bareMs: median(bares),
    heapMb: median(opened.map(({ heapMb }) => heapMb)),
  };
}

function replayFigures(count: number, { openMs, replayMs, bareMs }: Measured): Figure[] {
  const comparedWith = `reading and parsing the same lines: ${round(bareMs, 0)} ms`;
  return [
    {
      name: `replay of ${count} records`,
      value: round(replayMs, 0),
      unit: "ms",
      comparedWith,
      ratio: round(replayMs / bareMs),
      target: `≤ ${RATIO_MAX} × reading and parsing`,
      met: replayMs <= RATIO_MAX * bareMs,
    },
    {
      name: `the whole opening of ${count} records, its own writes included`,
      value: round(openMs, 0),
      unit: "ms",
      comparedWith,
      ratio: round(openMs / bareMs),
    },
  ];
}

function growthFigure(small: Measured, large: Measured): Figure {
  const [ours, bare] = [large.replayMs / small.replayMs, large.bareMs / small.bareMs];
  return {
    name: `replay, growth from ${SMALL} to ${LARGE} records`,
    value: round(ours),
    unit: "×",
    comparedWith: `reading and parsing: ${round(bare)} ×`,
    ratio: round(ours / bare),
    target: `≤ ${GROWTH_MAX} × as reading and parsing grows`,
    met: ours <= GROWTH_MAX * bare,
  };
}

/** Beside the sources: the system's folder for temporary files may be no disk at all. */
export async function run(root: string): Promise<Figure[]> {
  mkdirSync(join(root, ".build"), { recursive: true });
  const folder = mkdtempSync(join(root, ".build/bench-replay-"));
  try {
    const small = await measure(join(folder, "small"), SMALL);
    const large = await measure(join(folder, "large"), LARGE);
    const heap: Figure = {
      name: `heap held by the register of ${LARGE} records`,
      value: round(large.heapMb, 1),
      unit: "MB",
      comparedWith: `${SMALL} records: ${round(small.heapMb, 1)} MB`,
      target: `≤ ${HEAP_MB_MAX} MB`,
      met: large.heapMb <= HEAP_MB_MAX,
    };
    const replays = [...replayFigures(SMALL, small), ...replayFigures(LARGE, large)];
    return [...replays, growthFigure(small, large), heap];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
