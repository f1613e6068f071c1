/**
 * Reads the register of a box from outside: while the box runs, or not. Takes no lock and changes
 * nothing (K5).
 */
import type { Disk } from "../../platform/ports/disk.ts";
import type { Sha256 } from "../../platform/ports/sha256.ts";
import type { StoredRecord } from "../../protocol/record.ts";
import { decodeText } from "./decode-text.ts";
import { type LoadedJournal, loadJournal } from "./load-journal.ts";
import { LokiFold } from "./loki-fold.ts";
import { describeFault, describeUnreadable } from "./recovery.ts";
import type { EpochExtent, RegisterFold } from "./register.ts";
import { formatSegmentName } from "./segment-name.ts";

export interface ReadRegisterOptions {
  readonly disk: Disk;
  /** Folder of the register on that disk. */
  readonly folder: string;
  readonly sha256: Sha256;
  /** Called with every proven record, oldest first. */
  readonly onRecord?: (stored: StoredRecord) => void;
}

export interface JournalDamage {
  readonly kind: "torn" | "line-end" | "corrupt" | "fork" | "unreadable";
  readonly segment: string;
  /** Sequence of the first record that is not proven. */
  readonly s: number;
  /** Where in the segment. */
  readonly offset: number;
  /** A plain Chinese sentence. */
  readonly text: string;
}

export interface RegisterReading {
  /** Null: nothing was ever written. */
  readonly boxId: string | null;
  readonly epochs: readonly EpochExtent[];
  /** Proven by the chain. */
  readonly recordCount: number;
  /** Behind a hole: readable, and part of `fold`, but not proven. */
  readonly beyondCount: number;
  readonly fold: RegisterFold;
  readonly damage: readonly JournalDamage[];
}

export async function readRegister(options: ReadRegisterOptions): Promise<RegisterReading> {
  const { disk, folder, sha256, onRecord } = options;
  const fold = new LokiFold();
  const loaded = await loadJournal({
    disk,
    folder: `${folder}/A`,
    hash: sha256.digest,
    decode: decodeText,
    onRecord(stored) {
      fold.apply(stored);
      onRecord?.(stored);
    },
    onBeyond: (stored) => fold.apply(stored),
  });
  const epochs = loaded.epochs.map(({ index: { epoch, end } }) => ({
    epoch,
    first: 1,
    head: end.s,
    hash: end.h,
  }));
  return {
    boxId: loaded.boxId,
    epochs,
    recordCount: epochs.reduce((sum, { head }) => sum + head, 0),
    beyondCount: loaded.epochs.reduce((sum, { beyond }) => sum + beyond, 0),
    fold,
    damage: damageOf(loaded),
  };
}

function damageOf({ epochs, unreadable }: LoadedJournal): JournalDamage[] {
  return [
    ...epochs.flatMap(({ faults }) =>
      faults.map((found) => ({
        kind: found.fault.kind,
        segment: formatSegmentName(found.segment),
        s: found.s,
        offset: found.fault.offset,
        text: describeFault(found),
      })),
    ),
    ...unreadable.map((segment) => ({
      kind: "unreadable" as const,
      segment: formatSegmentName(segment),
      s: 1,
      offset: 0,
      text: describeUnreadable(segment),
    })),
  ];
}

/** So often may a box be in the middle of a write when we look. */
const LOOKS_MAX = 5;

/**
 * Walks the chain from the first record to the last. What a running box is just writing is not
 * damage: a torn end is believed only when it is still there at the next look.
 */
export async function verifyRegister(options: ReadRegisterOptions): Promise<RegisterReading> {
  let reading = await readRegister(options);
  for (let look = 1; look < LOOKS_MAX && hasTornEnd(reading); look += 1) {
    reading = await readRegister(options);
  }
  return reading;
}

function hasTornEnd({ damage }: RegisterReading): boolean {
  return damage.some(({ kind }) => kind === "torn");
}
