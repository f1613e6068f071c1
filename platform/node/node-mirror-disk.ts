/** A second volume that may be pulled out: what is left under its name then is not it. */
import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import type { AppendFile } from "../ports/disk.ts";
import { StorageError } from "../ports/storage-error.ts";
import { NodeDisk } from "./node-disk.ts";

export class NodeMirrorDisk extends NodeDisk {
  readonly #folder: string;
  /** `st_dev` of stat(2): another one means that the volume is gone, or another one is there. */
  readonly #device: number;

  constructor(folder: string, device: number) {
    super(folder);
    this.#folder = folder;
    this.#device = device;
  }

  override async openAppend(path: string): Promise<AppendFile> {
    await this.#check(path);
    const file = await super.openAppend(path);
    const check = () => this.#check(path);
    return {
      get size() {
        return file.size;
      },
      // A volume that was unmounted while files are open is still written, where nobody finds it.
      async append(bytes) {
        await check();
        await file.append(bytes);
      },
      close: () => file.close(),
    };
  }

  override async replace(path: string, bytes: Uint8Array): Promise<void> {
    await this.#check(path);
    return super.replace(path, bytes);
  }

  async #check(path: string): Promise<void> {
    const found = await stat(this.#folder).catch(() => null);
    if (found?.dev !== this.#device) throw new StorageError("io", path);
  }
}

/** Null while there is no folder of that name that can be written. */
export async function openMirror(folder: string): Promise<NodeMirrorDisk | null> {
  try {
    await access(folder, constants.W_OK);
    const found = await stat(folder);
    return found.isDirectory() ? new NodeMirrorDisk(folder, found.dev) : null;
  } catch {
    // Not there, not ours, or read-only: asked again every few seconds.
    return null;
  }
}
