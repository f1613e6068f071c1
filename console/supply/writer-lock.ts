/** One writer at a time in a folder, over processes; what a killed one left is taken over. */
import { mkdir, open, readFile, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { isRunning } from "../../platform/node/process-identity.ts";

/** Somebody else is at it. */
export class WriterBusy extends Error {
  override readonly name = "WriterBusy";
}

/** @throws WriterBusy; its message is the path of the lock */
export async function withWriterLock<T>(path: string, act: () => Promise<T>): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  if (!(await take(path))) {
    await clearLeftover(path);
    if (!(await take(path))) throw new WriterBusy(path);
  }
  try {
    return await act();
  } finally {
    await rm(path, { force: true });
  }
}

async function take(path: string): Promise<boolean> {
  try {
    const file = await open(path, "wx", 0o644);
    await file.writeFile(`${process.pid}\n`).finally(() => file.close());
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Of a run that the power ended: nobody has its number any more. */
async function clearLeftover(path: string): Promise<void> {
  const pid = Number(await readFile(path, "utf8").catch(() => ""));
  if (!Number.isSafeInteger(pid) || pid <= 0 || isRunning(pid)) return;
  await rm(path, { force: true });
}
