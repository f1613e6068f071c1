/**
 * One writer for a data folder. `<folder>/lock` names the process by pid, boot and start time, so
 * that a pid used again after a power cut is not taken for a writer. Readers never lock.
 */
import { closeSync, openSync, readFileSync, unlinkSync, writeSync } from "node:fs";
import { join } from "node:path";

export interface LockHolder {
  readonly pid: number;
  readonly bootId: string;
  /**
   * Field 22 of `/proc/<pid>/stat` (proc(5)): clock ticks since boot; 0 where there is no procfs.
   */
  readonly startTicks: number;
}

export type LockResult =
  | { readonly ok: true; release(): void }
  | { readonly ok: false; readonly holder: LockHolder };

/** @throws NodeJS.ErrnoException when the folder cannot be written */
export function lockFolder(folder: string, bootId: string): LockResult {
  const path = join(folder, "lock");
  const mine: LockHolder = { pid: process.pid, bootId, startTicks: startTicksOf(process.pid) };
  for (;;) {
    if (createExclusive(path, JSON.stringify(mine))) {
      return { ok: true, release: () => releaseLock(path, mine) };
    }
    const holder = readHolder(path);
    if (holder !== null && isAlive(holder, bootId)) return { ok: false, holder };
    unlinkIfThere(path);
  }
}

function createExclusive(path: string, text: string): boolean {
  try {
    const file = openSync(path, "wx", 0o644);
    writeSync(file, text);
    closeSync(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Null: gone in the meantime, or cut off by a power cut; in both cases nobody holds it. */
function readHolder(path: string): LockHolder | null {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as LockHolder;
  } catch {
    return null;
  }
}

function isAlive(holder: LockHolder, bootId: string): boolean {
  if (holder.bootId !== bootId || holder.pid === process.pid) return false;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    // EPERM: it lives, under another user.
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  return startTicksOf(holder.pid) === holder.startTicks;
}

function startTicksOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name in brackets and may hold anything.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return Number(fields[19] ?? 0);
  } catch {
    return 0;
  }
}

function releaseLock(path: string, mine: LockHolder): void {
  const holder = readHolder(path);
  if (holder?.pid === mine.pid && holder.startTicks === mine.startTicks) unlinkIfThere(path);
}

function unlinkIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}
