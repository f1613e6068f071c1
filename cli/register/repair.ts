/**
 * `register repair`: what a start of the box would mend, without starting it; and gaps in both
 * copies, from an export. Under the folder's lock: never two writers.
 */
import { join } from "node:path";
import { NodeClock } from "../../platform/node/node-clock.ts";
import { openMirror } from "../../platform/node/node-mirror-disk.ts";
import { nodeRandom } from "../../platform/node/node-random.ts";
import type { Disk } from "../../platform/ports/disk.ts";
import { StorageError } from "../../platform/ports/storage-error.ts";
import { openBoxTime } from "../../src/box/box-time.ts";
import { BUILT_AT } from "../../src/box/built-at.ts";
import { explainDiskErrors, openDataFolder } from "../../src/box/data-folder.ts";
import { SOFTWARE } from "../../src/box/software.ts";
import { StartError } from "../../src/box/start-error.ts";
import type { JournalDamage } from "../../src/register/describe-damage.ts";
import { type FilledGap, fillGaps, type RefusedGap } from "../../src/register/fill-gaps.ts";
import { openRegister } from "../../src/register/open-register.ts";
import {
  placesOf,
  type ReadRegisterOptions,
  type RegisterReading,
  readEachCopy,
  readRegister,
} from "../../src/register/read-register.ts";
import { CannotRead, findBoxFolder, sourcesOf } from "./open-reading.ts";
import { type GivenExport, readGiven } from "./read-given.ts";

export interface RepairOptions {
  readonly data: string;
  readonly mirror?: string;
  readonly fromExport?: string;
}

/** @throws CannotRead */
export async function repairRegister(options: RepairOptions): Promise<void> {
  const { data, mirror, fromExport } = options;
  const folder = await findBoxFolder(data);
  const given = fromExport === undefined ? null : await readGiven(fromExport);
  const second = mirror === undefined ? null : await openMirror(mirror);
  if (mirror !== undefined && second === null) {
    throw new CannotRead(`不能写第二份的文件夹：${mirror}。U 盘插好了吗？什么都没有改。`);
  }
  const clock = new NodeClock();
  try {
    const lock = await openDataFolder(folder, clock.bootId);
    try {
      const job = { sources: sourcesOf(folder, second), second, clock, given };
      await explainDiskErrors(folder, () => repairLocked(job));
    } finally {
      lock.release();
    }
  } catch (error) {
    throw inWords(error, folder);
  }
}

function inWords(error: unknown, folder: string): unknown {
  if (error instanceof StartError && error.code === "locked") {
    return new CannotRead(`${error.message}什么都没有改。`);
  }
  if (error instanceof StartError) return new CannotRead(error.message);
  if (!(error instanceof StorageError)) return error;
  return new CannotRead(`读不了或写不了：${join(folder, error.subject)}。请检查权限和磁盘。`);
}

interface Job {
  readonly sources: ReadRegisterOptions;
  readonly second: Disk | null;
  readonly clock: NodeClock;
  readonly given: GivenExport | null;
}

async function repairLocked(job: Job): Promise<void> {
  const { sources, given } = job;
  const before = await readRegister(sources);
  const { filled, refused } = given === null ? NOTHING : await fill(job, given, before);
  // What does not fit changes nothing at all.
  const isRefused = refused.length > 0 && filled.length === 0;
  const isWanted = filled.length > 0 || (await isMendable(sources));
  if (!isRefused && isWanted) await start(job, filled);
  const after = await readRegister(sources);
  const isNamed = (one: JournalDamage) => after.damage.some(({ text }) => text === one.text);
  const mended = before.damage.filter((one) => !isNamed(one));
  tell([
    ...filled.map(writeFilled),
    ...mended.map(({ text }) => `修好了：${text}`),
    ...refused.map((one) => `没有补：${writeRefused(one)}`),
    ...after.damage.map(({ text }) => `没有修好：${text}`),
    after.damage.length > 0 ? writeRest(isWanted && !isRefused, after) : writeEnd(isWanted, after),
  ]);
  if (after.damage.length > 0 || refused.length > 0) process.exitCode = 1;
}

const NOTHING: Awaited<ReturnType<typeof fillGaps>> = { filled: [], refused: [] };

async function fill({ sources }: Job, { boxId, epochs }: GivenExport, before: RegisterReading) {
  if (boxId !== before.boxId) {
    throw new CannotRead(
      `这份导出是另一台播放盒（${boxId}）的，这台是 ${before.boxId ?? "还没有写过的"}。什么都没有改。`,
    );
  }
  return fillGaps({ copies: placesOf(sources), sha256: sources.sha256, given: epochs });
}

/** One copy can give the other what it lacks, or lacks everything. */
async function isMendable(sources: ReadRegisterOptions): Promise<boolean> {
  const { damage } = await readRegister(sources);
  if (damage.some(({ copy }) => copy !== null)) return true;
  const copies = await readEachCopy(sources);
  return copies.some(({ state }) => state === "empty") && copies.some(isHolding);
}

function isHolding({ recordCount }: { readonly recordCount: number }): boolean {
  return recordCount > 0;
}

/** The start of the box, as far as its register: the same recovery, told by the same records. */
async function start(job: Job, filled: readonly FilledGap[]): Promise<void> {
  const { sources, second, clock } = job;
  const { wall } = await openBoxTime(clock);
  const register = await openRegister({
    disk: sources.disk,
    folder: sources.folder,
    sha256: sources.sha256,
    clock,
    wallSource: () => wall.source(),
    random: nodeRandom,
    software: SOFTWARE,
    builtAt: BUILT_AT,
    ...(second === null ? {} : { mirror: () => Promise.resolve(second) }),
  });
  for (const { copy, epoch, segment } of filled) {
    await register.append({ k: "repair", d: { copy, why: "export", epoch, segment } });
  }
  await register.close();
}

function tell(lines: readonly string[]): void {
  process.stdout.write(`${lines.join("\n")}\n`);
}

function writeFilled({ epoch, from, to }: FilledGap): string {
  const range = from === to ? `第 ${from} 条` : `第 ${from} 到 ${to} 条`;
  return `补上了：${epoch} ${range}，每一条都接得上，后面的记录也作了证`;
}

function writeEnd(isChanged: boolean, { recordCount }: RegisterReading): string {
  const whole = `共 ${recordCount} 条记录在链上。`;
  return isChanged ? `现在两份都完好，${whole}` : `本来就完好，什么都没有改。${whole}`;
}

function writeRest(isChanged: boolean, { recordCount }: RegisterReading): string {
  const what = isChanged ? "原来的字节都留在 quarantine 里。" : "什么都没有改。";
  return `仍能证明 ${recordCount} 条。${what}县里若有缺的记录，导出来再用 --from-export 补。`;
}

const REFUSED: Readonly<Record<RefusedGap["refused"], string>> = {
  missing: "导出里没有这一条",
  altered: "导出里的这一条与前一条接不上，可能被改动过",
  unnamed: "导出里的记录一条接一条，但登记簿里后面的记录不认它们，可能被改动过",
  open: "后面没有留下记录，没有谁能证明导出里的记录是真的",
  "no-room": "前后两段之间放不下导出里的记录",
  rival: "另一份里有另一条也接得上的历史，分不出哪条是真的",
};

function writeRefused({ epoch, s, refused }: RefusedGap): string {
  return `${epoch} 第 ${s} 条：${REFUSED[refused]}`;
}
