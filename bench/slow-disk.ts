/** A real disk whose every sync takes longer, as on cheap flash. The event loop is left free. */
import { setTimeout as pause } from "node:timers/promises";
import type { AppendFile, Disk } from "../platform/ports/disk.ts";

export function slowDisk(disk: Disk, delayMs: number): Disk {
  return {
    list: (folder) => disk.list(folder),
    read: (path) => disk.read(path),
    readAt: (path, offset, length) => disk.readAt(path, offset, length),
    openAppend: async (path) => slowFile(await disk.openAppend(path), delayMs),
    replace: (path, bytes) => disk.replace(path, bytes),
    truncate: (path, bytes) => disk.truncate(path, bytes),
    remove: (path) => disk.remove(path),
    space: () => disk.space(),
  };
}

function slowFile(file: AppendFile, delayMs: number): AppendFile {
  return {
    get size() {
      return file.size;
    },
    async append(bytes) {
      await file.append(bytes);
      await pause(delayMs);
    },
    close: () => file.close(),
  };
}
