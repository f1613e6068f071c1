/** A disk that says how long it was waited for while something was made durable. */
import { performance } from "node:perf_hooks";
import type { AppendFile, Disk } from "../platform/ports/disk.ts";

export interface TimedWrites {
  readonly disk: Disk;
  /** Of all writes, syncs and removals so far. Only one may be waited for at a time. */
  spentMs(): number;
}

export function timeWrites(disk: Disk): TimedWrites {
  let spentMs = 0;
  async function timed<T>(act: () => Promise<T>): Promise<T> {
    const beganMs = performance.now();
    const done = await act();
    spentMs += performance.now() - beganMs;
    return done;
  }
  const timedFile = (file: AppendFile): AppendFile => ({
    get size() {
      return file.size;
    },
    append: (bytes) => timed(() => file.append(bytes)),
    close: () => file.close(),
  });
  return {
    spentMs: () => spentMs,
    disk: {
      list: (folder) => disk.list(folder),
      read: (path) => disk.read(path),
      readAt: (path, offset, length) => disk.readAt(path, offset, length),
      openAppend: async (path) => timedFile(await timed(() => disk.openAppend(path))),
      replace: (path, bytes) => timed(() => disk.replace(path, bytes)),
      truncate: (path, bytes) => timed(() => disk.truncate(path, bytes)),
      remove: (path) => timed(() => disk.remove(path)),
      space: () => disk.space(),
    },
  };
}
