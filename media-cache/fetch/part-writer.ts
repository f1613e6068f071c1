/**
 * The part of one blob while it grows: what is written is hashed as it goes by, and synced every
 * few megabytes, so that a power cut costs little and a slow flash is never handed much at once.
 */
import type { PartFile } from "../../platform/ports/part-disk.ts";
import type { Sha256 } from "../../platform/ports/sha256.ts";

/** Between the 2 and 4 MiB of docs/formats/cache.md: what a power cut may cost. */
const SYNC_EVERY_BYTES = 3 * 1024 * 1024;
/** Pieces of the network are gathered up to this: a write each would cost more than the hash. */
const GATHER_BYTES = 512 * 1024;

type RollingHash = ReturnType<Sha256["begin"]>;

export class PartWriter {
  readonly #file: PartFile;
  readonly #bytes: number;
  readonly #hasher: Sha256;
  #hash: RollingHash;
  #gathered: Uint8Array[] = [];
  #gatheredBytes = 0;
  #unsynced = 0;
  /** Bytes that came in through `write`. */
  fetchedBytes = 0;

  private constructor(file: PartFile, bytes: number, hasher: Sha256) {
    this.#file = file;
    this.#bytes = bytes;
    this.#hasher = hasher;
    this.#hash = hasher.begin();
  }

  /** Hashes what is there; a part that is longer than its blob is begun again. */
  static async resume(
    file: PartFile,
    { bytes, hasher }: { readonly bytes: number; readonly hasher: Sha256 },
  ): Promise<PartWriter> {
    const writer = new PartWriter(file, bytes, hasher);
    if (file.bytes > bytes) await file.restart();
    else await file.readThrough((piece) => writer.#hash.update(piece));
    return writer;
  }

  get heldBytes(): number {
    return this.#file.bytes + this.#gatheredBytes;
  }

  get isFull(): boolean {
    return this.heldBytes === this.#bytes;
  }

  /** False, and nothing done, when that is more than the blob has. */
  async write(bytes: Uint8Array): Promise<boolean> {
    this.fetchedBytes += bytes.length;
    if (this.heldBytes + bytes.length > this.#bytes) return false;
    this.#hash.update(bytes);
    this.#gathered.push(bytes);
    this.#gatheredBytes += bytes.length;
    if (this.#gatheredBytes >= GATHER_BYTES || this.isFull) await this.#flush();
    if (this.#unsynced >= SYNC_EVERY_BYTES && !this.isFull) await this.#sync();
    return true;
  }

  /** Once, when it is full. */
  digest(): string {
    return this.#hash.digest();
  }

  async restart(): Promise<void> {
    this.#gathered = [];
    this.#gatheredBytes = 0;
    this.#unsynced = 0;
    this.#hash = this.#hasher.begin();
    await this.#file.restart();
  }

  /** What has come is durable when this resolves. */
  async keep(): Promise<void> {
    await this.#flush();
    if (this.#unsynced > 0) await this.#sync();
  }

  async commit(target: string): Promise<void> {
    await this.#flush();
    await this.#file.commit(target);
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  async #flush(): Promise<void> {
    if (this.#gatheredBytes === 0) return;
    const bytes = joined(this.#gathered, this.#gatheredBytes);
    this.#gathered = [];
    this.#gatheredBytes = 0;
    this.#unsynced += bytes.length;
    await this.#file.append(bytes);
  }

  async #sync(): Promise<void> {
    await this.#file.sync();
    this.#unsynced = 0;
  }
}

function joined(pieces: readonly Uint8Array[], bytes: number): Uint8Array {
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined) return only;
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
