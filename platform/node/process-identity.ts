/**
 * Who a process is, beyond its number: numbers are used again, after a power cut above all.
 */
import { readFileSync } from "node:fs";

export interface ProcessIdentity {
  readonly pid: number;
  readonly bootId: string;
  /**
   * Field 22 of `/proc/<pid>/stat` (proc(5)): clock ticks since boot; 0 where there is no procfs.
   */
  readonly startTicks: number;
}

/** Of this process, in the boot that `bootId` names. */
export function ownIdentity(bootId: string): ProcessIdentity {
  return { pid: process.pid, bootId, startTicks: startTicksOf(process.pid) };
}

/** A process of another boot is gone, whoever has its number now. */
export function isAlive(identity: ProcessIdentity, bootId: string): boolean {
  if (identity.bootId !== bootId || !isRunning(identity.pid)) return false;
  return startTicksOf(identity.pid) === identity.startTicks;
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    // EPERM: it lives, under another user.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** The program's own words for itself, as `ps` shows it; empty when it cannot be read. */
export function commandLineOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}

/** `/proc/<pid>/stat` after the name, which stands in brackets and may hold anything. */
function statFields(pid: number): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return [];
  }
}

function startTicksOf(pid: number): number {
  return Number(statFields(pid)[19] ?? 0);
}

/** Ended, but its parent has not asked for its exit code yet. */
function isZombie(pid: number): boolean {
  return statFields(pid)[0] === "Z";
}
