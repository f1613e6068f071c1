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

export function identityOf(pid: number): ProcessIdentity {
  return { pid, bootId: bootId(), startTicks: startTicksOf(pid) };
}

export function isAlive(holder: ProcessIdentity): boolean {
  if (holder.bootId !== bootId() || !isRunning(holder.pid)) return false;
  return startTicksOf(holder.pid) === holder.startTicks;
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

function bootId(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    // Elsewhere than on Linux boots are not told apart; the pid must do.
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
