/**
 * Files that come in from outside over minutes or nights, and get their name only when they are
 * whole. Paths are absolute.
 *
 * - D1. A part is only appended to: what a part says it holds was written in one piece from the
 *   start, never sparse, never sized beforehand. After a power cut it may be shorter, or end in
 *   bytes that were never sent: only a hash tells.
 * - D2. `sync` has resolved: everything appended before survives a power cut.
 * - D3. After `append`, `sync` or `commit` has failed the handle is dead. A failed sync or commit
 *   leaves no part behind: the kernel may have forgotten pages that a second sync would vouch for.
 *   A full disk while appending leaves it, to be gone on with.
 * - D4. `commit`: fsync, rename, fsync of the folder. The target's name appears with all its bytes,
 *   or not at all.
 * - D5. A link or a folder in a part's place is no part, and is never written through.
 *
 * Every failure is a `StorageError`: `no-space` for a full disk, `io` for everything else.
 */
export interface PartDisk {
  /** Opens what is there, or begins a new one; its folder is made. */
  open(path: string): Promise<PartFile>;
  /** For good; nothing happens when there is no such file. */
  remove(path: string): Promise<void>;
}

export interface PartFile {
  /** Bytes in the part now. */
  readonly bytes: number;
  /** What is there, in order, in pieces of up to 1 MiB. */
  readThrough(take: (piece: Uint8Array) => void): Promise<void>;
  append(bytes: Uint8Array): Promise<void>;
  sync(): Promise<void>;
  /** Back to nothing, to be filled again. */
  restart(): Promise<void>;
  /** The part's last act: it becomes `target`. */
  commit(target: string): Promise<void>;
  close(): Promise<void>;
}
