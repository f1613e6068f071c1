/** Finds the register that a command means, and reads it; or says in words why not. */
import { existsSync, readFileSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { NodeDisk } from "../../platform/node/node-disk.ts";
import { nodeSha256 } from "../../platform/node/node-sha256.ts";
import type { Disk } from "../../platform/ports/disk.ts";
import { StorageError } from "../../platform/ports/storage-error.ts";
import type { NamedGuest, Roster } from "../../protocol/generated/types.ts";
import { isGuestBook, isRoster } from "../../protocol/generated/validators.js";
import type { StoredRecord } from "../../protocol/record.ts";
import {
  type ReadRegisterOptions,
  type RegisterReading,
  verifyRegister,
} from "../../src/register/read-register.ts";

export interface BoxReading extends RegisterReading {
  /** The box's data folder. */
  readonly folder: string;
  readonly records: readonly StoredRecord[];
}

/** Foreseen, and told in one Chinese sentence; the command ends with 1. */
export class CannotRead extends Error {
  override readonly name = "CannotRead";
}

export const FOLDER = "register";

/** Where the journal of a box lies, as its readers want it. */
export function sourcesOf(folder: string, mirror: Disk | null = null): ReadRegisterOptions {
  const disk = new NodeDisk(folder);
  return { disk, folder: FOLDER, mirror: mirror ?? undefined, sha256: nodeSha256 };
}

/** @throws CannotRead */
export async function openReading(
  data: string,
  keepRecords = false,
  mirror: Disk | null = null,
): Promise<BoxReading> {
  const folder = await findBoxFolder(data);
  const found = new Map<string, StoredRecord>();
  try {
    const reading = await verifyRegister({
      ...sourcesOf(folder, mirror),
      onRecord(stored) {
        if (keepRecords) found.set(`${stored.e}-${stored.s}`, stored);
      },
    });
    return { ...reading, folder, records: [...found.values()] };
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    throw new CannotRead(`读不出登记簿：${join(folder, error.subject)}。请检查权限和磁盘。`);
  }
}

/** The second volume, when one is named. @throws CannotRead when there is no copy of it there */
export function findMirror(mirror: string | undefined): Disk | null {
  if (mirror === undefined) return null;
  const given = resolve(mirror);
  if (existsSync(join(given, FOLDER))) return new NodeDisk(given);
  throw new CannotRead(`这里没有登记簿的第二份：${given}。U 盘插好了吗？`);
}

/** @throws CannotRead */
export async function findBoxFolder(data: string): Promise<string> {
  const given = resolve(data);
  if (!existsSync(given)) throw new CannotRead(`没有这个文件夹：${given}`);
  if (!(await stat(given)).isDirectory()) throw new CannotRead(`这是文件，不是文件夹：${given}`);
  // A demo folder holds a box's folder.
  const folder = existsSync(join(given, "box", FOLDER)) ? join(given, "box") : given;
  if (await isBoxFolder(folder)) return folder;
  throw new CannotRead(
    `这里没有播放盒的登记簿：${given}。--data 要写播放盒的数据文件夹，或演示的数据文件夹。`,
  );
}

async function isBoxFolder(folder: string): Promise<boolean> {
  const kind = readKind(folder);
  if (kind !== null) return kind === "box";
  // A stick may hold the register alone.
  const names = await readdir(join(folder, FOLDER, "A")).catch(() => []);
  return names.some((name) => name.startsWith("j-"));
}

function readKind(folder: string): unknown {
  try {
    return (JSON.parse(readFileSync(join(folder, "version"), "utf8")) as { kind?: unknown }).kind;
  } catch {
    return null;
  }
}

/** Names are erasable: a box without a roster still has its registers. */
export function readRoster(folder: string): Roster | null {
  try {
    const value: unknown = JSON.parse(readFileSync(join(folder, FOLDER, "roster.json"), "utf8"));
    return isRoster(value) ? value : null;
  } catch {
    return null;
  }
}

/** Names of guests lie beside the journal too, and may be gone. */
export function readGuests(folder: string): readonly NamedGuest[] {
  try {
    const value: unknown = JSON.parse(readFileSync(join(folder, FOLDER, "guests.json"), "utf8"));
    return isGuestBook(value) ? value.guests : [];
  } catch {
    return [];
  }
}
