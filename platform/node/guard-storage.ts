/** What the operating system says of a disk, in the words of the ports. */
import { StorageError } from "../ports/storage-error.ts";

/** @throws StorageError `no-space` for a full disk or quota, `io` for everything else */
export async function guardStorage<T>(subject: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    if (cause instanceof StorageError) throw cause;
    const full = ["ENOSPC", "EDQUOT"].includes(codeOf(cause));
    throw new StorageError(full ? "no-space" : "io", subject, { cause });
  }
}

export function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? "";
}
