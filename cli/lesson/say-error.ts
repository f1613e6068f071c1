/** Errors of files and folders, in words. */

const KNOWN: Readonly<Record<string, string>> = {
  ENOENT: "没有这个文件或文件夹",
  ENOTDIR: "这不是文件夹",
  EISDIR: "这是文件夹，不是文件",
  EACCES: "没有权限读写",
  EPERM: "没有权限读写",
  EROFS: "这里只能读，不能写",
  ENOSPC: "磁盘满了，写不下",
};

/** Runs a command's work; what the file system refuses is said, and anything else is a fault. */
export async function sayingErrors(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException;
    const known = KNOWN[code ?? ""];
    if (known === undefined) throw error;
    process.stderr.write(`${known}：${path ?? ""}\n`);
    process.exitCode = 1;
  }
}

export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
