/**
 * The work folder of `lesson pack`, beside the package that it makes: what was finished before a
 * kill or a power cut is found again, and nothing else (docs/formats/lesson.md, Packing).
 *
 * - W1. A stage has its name only when it is whole: it is made aside, synced, and renamed.
 * - W2. What was made of another film, or by another recipe, is thrown away before it is used.
 */
import { createHash } from "node:crypto";
import { access, mkdir, open, readdir, readFile, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { settleFile, writeDurableFile } from "../../../platform/node/node-durable-file.ts";

const JOB = "job.json";
/** Made aside; the process's number keeps a killed run's encoder from writing into ours. */
const ASIDE = /\.\d+\.aside$/;
/** Of the film's beginning and end: a film that is copied anew has another time, or other bytes. */
const STAMP_BYTES = 1024 * 1024;

export function workFolderOf(outDir: string): string {
  return join(dirname(outDir), `.${basename(outDir)}.packing`);
}

/** What the film is, as far as can be told without reading gigabytes. */
export async function stampOf(file: string, recipe: string): Promise<string> {
  const handle = await open(file, "r");
  try {
    const { size, mtimeMs } = await handle.stat();
    const hash = createHash("sha256").update(JSON.stringify([recipe, size, mtimeMs]));
    for (const position of [0, Math.max(0, size - STAMP_BYTES)]) {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(STAMP_BYTES), { position });
      hash.update(buffer.subarray(0, bytesRead));
    }
    return hash.digest("hex");
  } finally {
    await handle.close();
  }
}

export class PackWork {
  readonly folder: string;
  /** An earlier run of the same work began it. */
  isResumed = false;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** W2. @throws NodeJS.ErrnoException */
  static async open(folder: string, stamp: string): Promise<PackWork> {
    const work = new PackWork(folder);
    const job = JSON.stringify({ v: 1, stamp });
    work.isResumed = (await work.readText(JOB)) === job;
    if (!work.isResumed) {
      await work.remove();
      await writeDurableFile(join(folder, JOB), job);
    }
    for (const name of await readdir(folder)) {
      if (ASIDE.test(name)) await removeAll(join(folder, name));
    }
    return work;
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  async has(name: string): Promise<boolean> {
    return access(this.path(name)).then(
      () => true,
      () => false,
    );
  }

  async readText(name: string): Promise<string | null> {
    try {
      return await readFile(this.path(name), "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
      throw error;
    }
  }

  writeText(name: string, text: string): Promise<void> {
    return writeDurableFile(this.path(name), text);
  }

  /** W1. `make` writes and syncs the file that it is given. */
  async make(name: string, make: (aside: string) => Promise<unknown>): Promise<void> {
    const aside = this.path(`${name}.${process.pid}.aside`);
    await settleFile(this.path(name), async () => void (await make(aside)), { aside });
  }

  /** An empty folder that becomes the package. */
  async packageFolder(): Promise<string> {
    const folder = this.path(`package.${process.pid}.aside`);
    await removeAll(folder);
    await mkdir(folder);
    return folder;
  }

  remove(): Promise<void> {
    return removeAll(this.folder);
  }
}

/** An encoder that outlives its killed command may still write into it for a moment. */
function removeAll(path: string): Promise<void> {
  return rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}
