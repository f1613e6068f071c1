/**
 * Reads the register of a box from outside: while the box runs, or not. Takes no lock and changes
 * nothing (K5).
 */
import type { Disk } from "../../platform/ports/disk.ts";
import type { Sha256 } from "../../platform/ports/sha256.ts";
import { StorageError } from "../../platform/ports/storage-error.ts";
import type { StoredRecord } from "../../protocol/record.ts";
import type { CopyName, CopyPlace } from "./copy-name.ts";
import { decodeText } from "./decode-text.ts";
import { type JournalDamage, listDamage } from "./describe-damage.ts";
import { extentOf } from "./epoch-index.ts";
import { type LoadedJournal, loadJournal } from "./load-journal.ts";
import { LokiFold } from "./loki-fold.ts";
import type { EpochExtent, RegisterFold } from "./register.ts";
import { MIRROR_FOLDER } from "./register-copies.ts";

export interface ReadRegisterOptions {
  readonly disk: Disk;
  /** Folder of the register on that disk. */
  readonly folder: string;
  /** The volume that copy B lies on; beside A when there is none. */
  readonly mirror?: Disk | undefined;
  readonly sha256: Sha256;
  /** Called with every proven record, oldest first. */
  readonly onRecord?: (stored: StoredRecord) => void;
}

/** What one copy proves by itself. */
export interface CopyReading {
  readonly copy: CopyName;
  /** `empty`: it holds no segment; `unreadable`: its disk gives only errors. */
  readonly state: "read" | "empty" | "unreadable";
  readonly recordCount: number;
  readonly damage: readonly JournalDamage[];
}

export interface RegisterReading {
  /** Null: nothing was ever written. */
  readonly boxId: string | null;
  readonly epochs: readonly EpochExtent[];
  /** Proven by the chain, from both copies together. */
  readonly recordCount: number;
  /** Behind a hole: readable, and part of `fold`, but not proven. */
  readonly beyondCount: number;
  readonly fold: RegisterFold;
  readonly damage: readonly JournalDamage[];
}

export function placesOf({ disk, folder, mirror }: ReadRegisterOptions): CopyPlace[] {
  return [
    { name: "A", disk, folder: `${folder}/A` },
    mirror === undefined
      ? { name: "B", disk, folder: `${folder}/B` }
      : { name: "B", disk: mirror, folder: `${MIRROR_FOLDER}/B` },
  ];
}

export async function readRegister(options: ReadRegisterOptions): Promise<RegisterReading> {
  const fold = new LokiFold();
  const loaded = await load(placesOf(options), options, fold);
  const epochs = loaded.epochs.map(({ index }) => extentOf(index));
  return {
    boxId: loaded.boxId,
    epochs,
    recordCount: countRecords(loaded),
    beyondCount: loaded.epochs.reduce((sum, { beyond }) => sum + beyond, 0),
    fold,
    damage: listDamage(loaded),
  };
}

/** A copy that holds nothing, as that of a box that never had two, says nothing. */
async function load(
  copies: readonly CopyPlace[],
  { sha256, onRecord }: ReadRegisterOptions,
  fold: LokiFold,
): Promise<LoadedJournal> {
  const loaded = await loadJournal({
    copies,
    hash: sha256.digest,
    decode: decodeText,
    onRecord(stored) {
      fold.apply(stored);
      onRecord?.(stored);
    },
    onBeyond: (stored) => fold.apply(stored),
  });
  const isEmpty = (name: CopyName) => loaded.empty.some((place) => place.name === name);
  const epochs = loaded.epochs.map((epoch) => ({
    ...epoch,
    steps: epoch.steps.filter(({ copy }) => !isEmpty(copy)),
  }));
  return { ...loaded, epochs };
}

function countRecords({ epochs }: LoadedJournal): number {
  return epochs.reduce((sum, { index }) => sum + index.end.s, 0);
}

/** Each copy as if there were no other. Of a box that runs, one may be in the middle of a write. */
export async function readEachCopy(options: ReadRegisterOptions): Promise<CopyReading[]> {
  const readings: CopyReading[] = [];
  for (const place of placesOf(options)) {
    let reading = await readCopy(place, options);
    for (let look = 1; look < LOOKS_MAX && isJustWritten(reading); look += 1) {
      reading = await readCopy(place, options);
    }
    readings.push(reading);
  }
  return readings;
}

async function readCopy(place: CopyPlace, options: ReadRegisterOptions): Promise<CopyReading> {
  const copy = place.name;
  try {
    const loaded = await load([place], { ...options, onRecord: () => {} }, new LokiFold());
    const state = loaded.empty.length > 0 ? "empty" : "read";
    return { copy, state, recordCount: countRecords(loaded), damage: listDamage(loaded) };
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    return { copy, state: "unreadable", recordCount: 0, damage: [] };
  }
}

/** So often may a box be in the middle of a write when we look. */
const LOOKS_MAX = 5;

/**
 * Walks the chain from the first record to the last. What a running box is just writing is not
 * damage: an end that is torn, or behind the other copy's, is believed only when it is still there
 * at the fifth look.
 */
export async function verifyRegister(options: ReadRegisterOptions): Promise<RegisterReading> {
  let reading = await readRegister(options);
  for (let look = 1; look < LOOKS_MAX && isJustWritten(reading); look += 1) {
    reading = await readRegister(options);
  }
  return reading;
}

function isJustWritten({ damage }: Pick<RegisterReading, "damage">): boolean {
  return damage.some(({ kind }) => kind === "torn" || kind === "lag");
}
