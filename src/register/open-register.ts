/** Opens the register of a box: reads the journal, repairs what a power cut left, and goes on. */

import type { Clock } from "../../platform/ports/clock.ts";
import type { Disk } from "../../platform/ports/disk.ts";
import type { Random } from "../../platform/ports/random.ts";
import type { Sha256 } from "../../platform/ports/sha256.ts";
import { chainStart } from "../../protocol/chain.ts";
import type { InitPayload, WallSource } from "../../protocol/generated/types.ts";
import type { RecordDraft, StoredRecord } from "../../protocol/record.ts";
import { BootCounter } from "./boot-counter.ts";
import { BoxRegister } from "./box-register.ts";
import { COPY_NAMES, type CopyPlace } from "./copy-name.ts";
import { decodeText } from "./decode-text.ts";
import { describeDamage, describeStranger } from "./describe-damage.ts";
import { EpochIndex } from "./epoch-index.ts";
import { makeBoxId, makeEpoch } from "./identity.ts";
import { IntentMemory } from "./intent-memory.ts";
import { JournalWriter } from "./journal-writer.ts";
import { type LoadedEpoch, type LoadedJournal, loadJournal } from "./load-journal.ts";
import { LokiFold } from "./loki-fold.ts";
import { gapsOf } from "./mend-gap.ts";
import type { Register } from "./register.ts";
import { RegisterCopies } from "./register-copies.ts";
import { type Repaired, repairCopies } from "./repair-copies.ts";

export interface OpenRegisterOptions {
  readonly disk: Disk;
  /** Folder of the register on that disk; copy A lies in `<folder>/A`. */
  readonly folder: string;
  /**
   * Opens the second volume, for copy B; null while it cannot be used. B lies beside A meanwhile,
   * and always when there is no such function.
   */
  readonly mirror?: () => Promise<Disk | null>;
  readonly clock: Clock;
  /** How far the wall clock can be believed now. */
  readonly wallSource: () => WallSource;
  readonly sha256: Sha256;
  readonly random: Random;
  /** Name and version of the program. */
  readonly software: string;
  /** When it was built: no clock is right before (docs/formats/time.md). */
  readonly builtAt?: number;
  /** Who the box is when its own copy does not say: from its enrolment. */
  readonly boxId?: string;
}

/** @throws StorageError when no copy can be read, or the first records cannot be written */
export async function openRegister(options: OpenRegisterOptions): Promise<Register> {
  const copies = new RegisterCopies(options);
  const fold = new LokiFold();
  const intents = new IntentMemory();
  const boots = new BootCounter();
  const note = (stored: StoredRecord): void => {
    fold.apply(stored);
    boots.note(stored);
  };
  const places = await copies.open();
  const before = await mendFromBeside(places, copies, options);
  const loaded = await loadJournal({
    copies: places,
    boxId: options.boxId,
    hash: options.sha256.digest,
    decode: decodeText,
    onRecord(stored) {
      intents.note(stored);
      note(stored);
    },
    onBeyond(stored) {
      intents.noteBeyond(stored);
      note(stored);
    },
  });
  const repaired = await repair(loaded, options, before);
  const written = loaded.copies.filter(({ name }) =>
    repaired.failed.every(({ copy }) => copy !== name),
  );
  await copies.ensureBallast(written);
  const isAway = written.length < COPY_NAMES.length || copies.isMirrorAway({ copies: written });
  const current = continueOrBegin(loaded, { ...options, isAway });
  const makeRoom = (place: CopyPlace) => copies.makeRoom(place);
  const { epoch, segment } = current;
  const register = new BoxRegister({
    ...options,
    copies,
    fold,
    intents,
    boxId: current.boxId,
    bootOrdinal: boots.ordinalOf(options.clock),
    epochs: [...loaded.epochs.map(({ index }) => index), ...current.added],
    writer: new JournalWriter({ epoch, copies: written, segment, makeRoom }),
    findings: {
      damage: describeDamage(loaded),
      strangers: describeStranger(current.boxId, options.boxId),
      gaps: gapsOf(loaded.epochs),
    },
  });
  await writeFirstRecords(register, { ...options, current, repaired, loaded, written });
  return register;
}

/**
 * While the second volume was away B lay beside A, and that is no copy any more now that the volume
 * is back: what A lost of that time is taken from there first.
 */
async function mendFromBeside(
  places: readonly CopyPlace[],
  copies: RegisterCopies,
  { sha256, boxId }: OpenRegisterOptions,
): Promise<readonly RecordDraft[]> {
  const beside = await copies.findBeside(places);
  if (beside === null) return [];
  const home = places.filter(({ name }) => name === "A");
  const { epochs } = await loadJournal({
    copies: [...home, beside],
    boxId,
    hash: sha256.digest,
    decode: decodeText,
    onRecord: () => {},
    onBeyond: () => {},
  });
  const steps = epochs
    .flatMap((epoch) => epoch.steps)
    .filter(({ copy, kind }) => copy === "A" && kind === "write");
  return (await repairCopies(steps, { copies: home, sha256 })).records;
}

async function repair(
  loaded: LoadedJournal,
  { sha256 }: OpenRegisterOptions,
  before: readonly RecordDraft[],
): Promise<Repaired> {
  const steps = loaded.epochs.flatMap((epoch) => epoch.steps);
  const { records, failed } = await repairCopies(steps, { copies: loaded.copies, sha256 });
  return { records: [...before, ...records], failed };
}

interface Current {
  readonly boxId: string;
  readonly epoch: string;
  /** 0: a new epoch, with no segment yet. */
  readonly segment: number;
  readonly added: readonly EpochIndex[];
  readonly init: InitPayload | null;
}

interface Going extends OpenRegisterOptions {
  /** A copy is not written that was written before. */
  readonly isAway: boolean;
}

/** A history with a hole cannot be chained on: after damage a new epoch begins, the old stays. */
function continueOrBegin(loaded: LoadedJournal, options: Going): Current {
  const last = loaded.epochs[loaded.epochs.length - 1];
  const boxId = loaded.boxId ?? options.boxId ?? makeBoxId(options.random);
  if (last !== undefined && isWhole(last)) {
    const { epoch } = last.index;
    return { boxId, epoch, segment: nextSegment(last, options), added: [], init: null };
  }
  const epoch = makeEpoch(options.random);
  const previous = last === undefined ? null : { epoch: last.index.epoch, ...last.index.end };
  const init = { box: boxId, epoch, previous, software: options.software };
  const index = new EpochIndex(epoch, chainStart(options.sha256.digest, boxId, epoch));
  return { boxId, epoch, segment: 0, added: [index], init };
}

function isWhole({ hole, index }: LoadedEpoch): boolean {
  return index.end.s > 0 && hole === null;
}

/**
 * After a repair a new segment begins: nothing is ever written behind doubtful bytes. While a copy
 * is away too: it must not have the segment in which it is no witness.
 */
function nextSegment({ steps, lastSegment }: LoadedEpoch, { isAway }: Going): number {
  const isRepaired = steps.some(({ segment }) => segment === lastSegment);
  return isAway || isRepaired ? lastSegment + 1 : lastSegment;
}

interface FirstRecords extends OpenRegisterOptions {
  readonly current: Current;
  readonly repaired: Repaired;
  readonly loaded: LoadedJournal;
  readonly written: readonly CopyPlace[];
}

async function writeFirstRecords(register: BoxRegister, first: FirstRecords): Promise<void> {
  const { current, clock, software, written } = first;
  if (current.init !== null) await register.append({ k: "init", d: current.init });
  for (const record of repairRecords(first)) await register.append(record);
  const built = first.builtAt === undefined ? {} : { builtAt: first.builtAt };
  const copies = written.map(({ name }) => name);
  await register.append({ k: "boot", d: { bootId: clock.bootId, software, copies, ...built } });
}

function repairRecords({ current, repaired, loaded, written }: FirstRecords): RecordDraft[] {
  const isNew = (copy: string) => loaded.empty.some(({ name }) => name === copy);
  // A copy that is made for the first time repairs nothing.
  const repairs = repaired.records.filter(({ k, d }) => k !== "repair" || !isNew(d.copy));
  const away = COPY_NAMES.filter((copy) => written.every(({ name }) => name !== copy));
  const losses = away.map((copy): RecordDraft => {
    const code = repaired.failed.find((failed) => failed.copy === copy)?.code ?? "io";
    return { k: "copy.lost", d: { copy, code } };
  });
  const last = loaded.epochs[loaded.epochs.length - 1];
  const holes = current.init === null || last === undefined ? [] : holeRecords(last);
  return [...repairs, ...losses, ...holes];
}

function holeRecords({ hole, index: { epoch } }: LoadedEpoch): RecordDraft[] {
  if (hole === null) return [];
  const { s, kind, why } = hole;
  const damage: RecordDraft = { k: "damage", d: { epoch, from: s, to: -1, why: kind } };
  return kind === "fork" ? [damage, { k: "fork", d: { epoch, s, why } }] : [damage];
}
