/**
 * The box's data folder: its layout version and its one writer. A folder of a newer layout, or of
 * something else than a box, is refused with nothing touched.
 */
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeDurableFile } from "../../platform/node/node-durable-file.ts";
import { lockFolder } from "../../platform/node/node-folder-lock.ts";
import { StartError } from "./start-error.ts";

const LAYOUT = 1;

export interface DataFolder {
  readonly path: string;
  release(): void;
}

/** @throws StartError */
export async function openDataFolder(path: string, bootId: string): Promise<DataFolder> {
  return explainDiskErrors(path, async () => {
    mkdirSync(path, { recursive: true });
    checkLayout(path);
    const lock = lockFolder(path, bootId);
    if (!lock.ok) {
      throw new StartError(
        "locked",
        `另一个程序（进程号 ${lock.holder.pid}）正在用这个文件夹：${path}。先停掉它，或换一个 --data。`,
      );
    }
    await writeDurableFile(
      join(path, "version"),
      `${JSON.stringify({ layout: LAYOUT, kind: "box" })}\n`,
    );
    return { path, release: lock.release };
  });
}

function checkLayout(path: string): void {
  const version = readVersion(join(path, "version"));
  if (version === null) return;
  if (version.kind !== "box") {
    throw new StartError("other-kind", `这个文件夹不是播放盒的数据：${path}。请换一个 --data。`);
  }
  if (version.layout > LAYOUT) {
    throw new StartError(
      "newer-layout",
      `这个文件夹是更新的版本写的（格式 ${version.layout}），本程序只认到 ${LAYOUT}。请先升级程序；数据没有动。`,
    );
  }
}

function readVersion(path: string): { readonly layout: number; readonly kind: string } | null {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  try {
    return JSON.parse(text);
  } catch {
    // A rotten version file says nothing about the journal beside it, which has its own proof.
    return { layout: LAYOUT, kind: "box" };
  }
}

/** Node says ENOENT of a folder that it may not make on a disk that can only be read. */
const READ_ONLY_CODES: readonly string[] = ["EACCES", "EROFS", "EPERM", "ENOTDIR", "ENOENT"];

/** What the operating system says about a disk, in the installer's words. */
export async function explainDiskErrors<T>(path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    if (READ_ONLY_CODES.includes(code)) {
      throw new StartError(
        "read-only",
        `不能写这个文件夹：${path}（${code}）。请检查权限，或磁盘是不是只读。`,
        { cause: error },
      );
    }
    if (code === "ENOSPC" || code === "no-space") {
      throw new StartError("no-space", `磁盘满了：${path}。请腾出至少 100 MB 再启动。`, {
        cause: error,
      });
    }
    throw error;
  }
}
