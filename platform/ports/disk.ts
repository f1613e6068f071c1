/**
 * A folder on a disk that may lose power at any moment. Paths are relative to it, with `/`.
 *
 * - K1. When `append` or `replace` resolves, the bytes and the name survive a power cut.
 * - K2. After a failed `append` the file may end in any prefix of the bytes, and the handle is
 *   dead: every later `append` on it fails (a second fsync would lie about the first).
 * - K3. `replace` leaves the old content or the new one, never a mixture or nothing.
 * - K4. What was appended or replaced is read back at once, by every handle.
 * - K5. Reading creates and changes nothing.
 *
 * Every failure is a `StorageError`: `no-space` for a full disk, `io` for everything else.
 */
export interface Disk {
  /** Names of the files in a folder, sorted; none when there is no such folder. */
  list(folder: string): Promise<string[]>;
  /** Null when there is no such file. */
  read(path: string): Promise<Uint8Array | null>;
  /** Up to `length` bytes from `offset`; fewer at the end of the file. */
  readAt(path: string, offset: number, length: number): Promise<Uint8Array>;
  /** Opens for appending, and creates file and folder when they are missing. */
  openAppend(path: string): Promise<AppendFile>;
  replace(path: string, bytes: Uint8Array): Promise<void>;
  /** Cuts a file off at `bytes`, durably. */
  truncate(path: string, bytes: number): Promise<void>;
  /** Durably; what is not there is removed already. */
  remove(path: string): Promise<void>;
  space(): Promise<DiskSpace>;
}

export interface AppendFile {
  /** Bytes in the file now. */
  readonly size: number;
  append(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

export interface DiskSpace {
  readonly freeBytes: number;
  readonly totalBytes: number;
}
