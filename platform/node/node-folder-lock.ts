/**
 * One writer for a data folder. `<folder>/lock` names the process by pid, boot and start time, so
 * that a pid used again after a power cut is not taken for a writer. Readers never lock.
 */
import { closeSync, openSync, readFileSync, unlinkSync, writeSync } from "node:fs";
import { join } from "node:path";
import { isAlive, ownIdentity, type ProcessIdentity } from "./process-identity.ts";

export type LockResult =
  | { readonly ok: true; release(): void }
  | { readonly ok: false; readonly holder: ProcessIdentity };

/** @throws NodeJS.ErrnoException when the folder cannot be written */
export function lockFolder(folder: string, bootId: string): LockResult {
  const path = join(folder, "lock");
  const mine = ownIdentity(bootId);
  for (;;) {
    if (createExclusive(path, JSON.stringify(mine))) {
      return { ok: true, release: () => releaseLock(path, mine) };
    }
    const holder = readHolder(path);
    if (holder !== null && holder.pid !== process.pid && isAlive(holder, bootId)) {
      return { ok: false, holder };
    }
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
function readHolder(path: string): ProcessIdentity | null {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as ProcessIdentity;
  } catch {
    return null;
  }
}

function releaseLock(path: string, mine: ProcessIdentity): void {
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
