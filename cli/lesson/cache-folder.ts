/** Where the lessons of a box lie, given what a person types after `--data`. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

/** A demo folder holds a box's folder. Null when there is no such folder: a slip of the hand. */
export function cacheFolder(data: string): string | null {
  const folder = resolve(data);
  if (!existsSync(folder)) return null;
  const box = existsSync(join(folder, "box")) ? join(folder, "box") : folder;
  return join(box, "cache");
}

export function sayNoFolder(data: string): void {
  process.stderr.write(`没有这个数据文件夹：${data}\n`);
  process.exitCode = 1;
}
