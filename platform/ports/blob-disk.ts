/**
 * Large files that are written once and then only read: films, pictures. Paths are absolute.
 *
 * - B1. A name appears only when the bytes behind it are whole, have the hash asked for and survive
 *   a power cut: hash while copying, fsync, rename, fsync of the folder.
 * - B2. What does not fit the hash is gone again, and nothing of the target has changed.
 * - B3. Only regular files count: a link or a folder in a file's place is as good as none.
 * - B4. `moveAside` keeps every byte, and never replaces what was moved aside before.
 *
 * Every failure is a `StorageError`: `no-space` for a full disk, `io` for everything else.
 */
export interface BlobDisk {
  /** Paths of the files under a folder, at any depth, relative to it, sorted; none without it. */
  list(folder: string): Promise<string[]>;
  /** Null when there is no such file. */
  stat(path: string): Promise<BlobStat | null>;
  /** Null when there is no such file. For small files only. */
  read(path: string): Promise<Uint8Array | null>;
  /** Null when there is no such file. Never holds the whole file in memory. */
  hash(path: string): Promise<BlobDigest | null>;
  /** Says what was read. The target exists afterwards only when that fits (B1, B2). */
  copy(from: string, to: string, expected: BlobDigest): Promise<BlobDigest>;
  /** Whole or not at all, durably. */
  write(path: string, bytes: Uint8Array): Promise<void>;
  /** Into a folder, under its own name and a number. Nothing happens when there is no such file. */
  moveAside(path: string, folder: string): Promise<void>;
}

export interface BlobStat {
  readonly bytes: number;
  /** Changes whenever the file is written or replaced. */
  readonly stamp: string;
}

export interface BlobDigest {
  readonly bytes: number;
  readonly sha256: string;
}
