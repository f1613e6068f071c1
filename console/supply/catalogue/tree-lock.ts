/** One writer at a time: two that sign the same version would confuse every box. */
import { mkdir, open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { SupplyError } from "./supply-error.ts";

/** @throws SupplyError when somebody else is at it */
export async function withTreeLock<T>(tree: string, act: () => Promise<T>): Promise<T> {
  const path = join(tree, ".publishing");
  await mkdir(tree, { recursive: true });
  if (!(await take(path))) {
    await clearLeftover(path);
    if (!(await take(path))) throw busy(path);
  }
  try {
    return await act();
  } finally {
    await rm(path, { force: true });
  }
}

function busy(path: string): SupplyError {
  return new SupplyError(`另一个程序正在发布,请稍等再试。确定没有的话,删掉 ${path}。`);
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
  if (!Number.isSafeInteger(pid) || pid <= 0 || isAlive(pid)) return;
  await rm(path, { force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
