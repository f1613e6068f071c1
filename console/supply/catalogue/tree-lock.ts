/** One writer at a time: two that sign the same version would confuse every box. */
import { join } from "node:path";
import { WriterBusy, withWriterLock } from "../writer-lock.ts";
import { SupplyError } from "./supply-error.ts";

/** @throws SupplyError when somebody else is at it */
export async function withTreeLock<T>(tree: string, act: () => Promise<T>): Promise<T> {
  try {
    return await withWriterLock(join(tree, ".publishing"), act);
  } catch (error) {
    if (!(error instanceof WriterBusy)) throw error;
    const told = `另一个程序正在发布，请稍等再试。确定没有的话，删掉 ${error.message}。`;
    throw new SupplyError(told);
  }
}
