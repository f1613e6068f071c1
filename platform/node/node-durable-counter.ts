import { readFile } from "node:fs/promises";
import type { DurableCounter } from "../ports/durable-counter.ts";
import { StorageError } from "../ports/storage-error.ts";
import { writeDurableFile } from "./node-durable-file.ts";

/** `DurableCounter` in a small file of its own. */
export class NodeDurableCounter implements DurableCounter {
  readonly #path: string;
  /** Calls follow one another: two at once must not get one number. */
  #last: Promise<number> | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  next(): Promise<number> {
    const before = this.#last ?? readNumber(this.#path);
    const next = before.then(async (number) => {
      await write(this.#path, number + 1);
      return number + 1;
    });
    // After a failure the file says what was given out.
    this.#last = next.catch(() => readNumber(this.#path));
    return next;
  }
}

/** A counter file that is gone or rotten begins again at 0; writing is atomic, so this is rare. */
async function readNumber(path: string): Promise<number> {
  const text = await readFile(path, "utf8").catch(() => "");
  const number = Number.parseInt(text, 10);
  return Number.isSafeInteger(number) && number > 0 ? number : 0;
}

async function write(path: string, number: number): Promise<void> {
  try {
    await writeDurableFile(path, `${number}\n`);
  } catch (error) {
    const full = (error as NodeJS.ErrnoException).code === "ENOSPC";
    throw new StorageError(full ? "no-space" : "io", path, { cause: error });
  }
}
