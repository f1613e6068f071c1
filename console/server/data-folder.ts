/** The county's data folder: its version, its one writer, and where things lie in it. */
import { existsSync } from "node:fs";
import { mkdir, readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { NodeClock } from "../../platform/node/node-clock.ts";
import { writeDurableFile } from "../../platform/node/node-durable-file.ts";
import { lockFolder } from "../../platform/node/node-folder-lock.ts";
import { StartError } from "./start-error.ts";

/** Raised when an older program could not read the folder any more. */
const LAYOUT = 1;

export interface DataFolder {
  readonly path: string;
  readonly keys: string;
  readonly run: string;
  readonly pg: string;
  readonly mosquitto: string;
  release(): void;
}

/** Makes or opens the folder and becomes its one writer. @throws StartError */
export async function openDataFolder(path: string): Promise<DataFolder> {
  try {
    return await claim(path);
  } catch (error) {
    throw explain(path, error);
  }
}

async function claim(path: string): Promise<DataFolder> {
  await makeFolder(path);
  await checkVersion(path);
  const release = lock(path);
  const [keys, run] = [join(path, "keys"), join(path, "run")];
  await mkdir(keys, { recursive: true, mode: 0o700 });
  await mkdir(run, { recursive: true, mode: 0o700 });
  return { path, keys, run, pg: join(path, "pg"), mosquitto: join(path, "mosquitto"), release };
}

/** Not `recursive`: Node 20 asks for ever where a file system has no folders to make (/proc). */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST" && (await stat(path)).isDirectory()) return;
    if (code !== "ENOENT" || existsSync(dirname(path))) throw error;
    await makeFolder(dirname(path));
    await mkdir(path, { mode: 0o700 });
  }
}

async function checkVersion(path: string): Promise<void> {
  const file = join(path, "version");
  const text = await readFile(file, "utf8").catch(orMissing);
  if (text === null) {
    await writeDurableFile(file, `${JSON.stringify({ layout: LAYOUT, kind: "county" })}\n`);
    return;
  }
  const { layout, kind } = parseVersion(text);
  if (kind !== "county") {
    throw new StartError("data-foreign", `${path} 不是县控制台的数据文件夹，请另选一个文件夹。`);
  }
  if (typeof layout !== "number" || layout > LAYOUT) {
    throw new StartError(
      "data-newer",
      `${path} 是更新版本的程序写的（布局 ${String(layout)}），本程序只认得布局 ${LAYOUT}。请升级程序后再启动，数据没有改动。`,
    );
  }
}

function parseVersion(text: string): { layout?: unknown; kind?: unknown } {
  try {
    return JSON.parse(text) as { layout?: unknown; kind?: unknown };
  } catch {
    // Not JSON: whatever it is, it was not written by us.
    return {};
  }
}

function orMissing(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT") return null;
  throw error;
}

function lock(folder: string): () => void {
  const lock = lockFolder(folder, new NodeClock().bootId);
  if (lock.ok) return lock.release;
  throw new StartError(
    "already-running",
    `${folder} 正在被另一个县控制台使用（进程 ${lock.holder.pid}）。请先停止它，或另选一个数据文件夹。`,
  );
}

const WHY_NOT: Readonly<Record<string, string>> = {
  EACCES: "没有权限",
  EPERM: "没有权限",
  EROFS: "磁盘是只读的",
  ENOTDIR: "路径里有一段不是文件夹",
  EEXIST: "这里已有一个同名的文件",
  ENOENT: "这里建不了文件夹",
};

function explain(path: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof StartError || code === undefined) return error;
  if (code === "ENOSPC" || code === "EDQUOT") {
    return new StartError("data-no-space", `磁盘满了，写不进 ${path}。请先腾出空间。`);
  }
  const why = WHY_NOT[code] ?? code;
  return new StartError(
    "data-not-writable",
    `数据文件夹 ${path} 写不进去：${why}。请改好权限，或另选一个文件夹。`,
    { cause: error },
  );
}
