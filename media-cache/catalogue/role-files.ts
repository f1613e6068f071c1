/** Trusted metadata on the disk, byte for byte as it came: one file a role, without its version. */
import type { Disk } from "../../platform/ports/disk.ts";
import { StorageError } from "../../platform/ports/storage-error.ts";

/** A role's name as one segment of a path or URL (RFC 3986 §2.3): `../x` must not climb. */
export function encodeRole(role: string): string {
  const reserved = (sign: string) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(role).replace(/[!'()*]/g, reserved);
}

export class RoleFiles {
  readonly #disk: Pick<Disk, "read" | "replace">;
  readonly #folder: string;

  /** `folder` with its slash, or empty. */
  constructor(disk: Pick<Disk, "read" | "replace">, folder: string) {
    this.#disk = disk;
    this.#folder = folder;
  }

  /** Null when it is not there, or cannot be read: then it is fetched again. */
  async read(role: string): Promise<Uint8Array | null> {
    try {
      return await this.#disk.read(this.#path(role));
    } catch (error) {
      if (error instanceof StorageError) return null;
      throw error;
    }
  }

  /** @throws StorageError */
  write(role: string, bytes: Uint8Array): Promise<void> {
    return this.#disk.replace(this.#path(role), bytes);
  }

  #path(role: string): string {
    return `${this.#folder}${encodeRole(role)}.json`;
  }
}
