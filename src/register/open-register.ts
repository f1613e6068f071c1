/** Opens the register of a box: reads the journal, repairs what a power cut left, and goes on. */

import type { Clock } from "../../platform/ports/clock.ts";
import type { Disk } from "../../platform/ports/disk.ts";
import type { Random } from "../../platform/ports/random.ts";
import type { Sha256 } from "../../platform/ports/sha256.ts";
import { chainStart } from "../../protocol/chain.ts";
import type { InitPayload, WallSource } from "../../protocol/generated/types.ts";
import type { StoredRecord } from "../../protocol/record.ts";
import { BootCounter } from "./boot-counter.ts";
import { BoxRegister } from "./box-register.ts";
import { decodeText } from "./decode-text.ts";
import { EpochIndex } from "./epoch-index.ts";
import { makeBoxId, makeEpoch } from "./identity.ts";
import { IntentMemory } from "./intent-memory.ts";
import { isHole, type LoadedEpoch, type LoadedJournal, loadJournal } from "./load-journal.ts";
import { LokiFold } from "./loki-fold.ts";
import { describeDamage, repairLineEnds, repairTorn, type TornRepair } from "./recovery.ts";
import type { Register } from "./register.ts";
import { SegmentWriter } from "./segment-writer.ts";

export interface OpenRegisterOptions {
  readonly disk: Disk;
  /** Folder of the register on that disk; copy A lies in `<folder>/A`. */
  readonly folder: string;
  readonly clock: Clock;
  /** How far the wall clock can be believed now. */
  readonly wallSource: () => WallSource;
  readonly sha256: Sha256;
  readonly random: Random;
  /** Name and version of the program. */
  readonly software: string;
  /** When it was built: no clock is right before (docs/formats/time.md). */
  readonly builtAt?: number;
  /** Who the box is when the journal does not say: from its enrolment. */
  readonly boxId?: string;
}

/** @throws StorageError when the disk cannot be read, or the first records cannot be written */
export async function openRegister(options: OpenRegisterOptions): Promise<Register> {
  const { disk, sha256 } = options;
  const folder = `${options.folder}/A`;
  const fold = new LokiFold();
  const intents = new IntentMemory();
  const boots = new BootCounter();
  const note = (stored: StoredRecord): void => {
    fold.apply(stored);
    intents.note(stored);
    boots.note(stored);
  };
  const loaded = await loadJournal({
    disk,
    folder,
    hash: sha256.digest,
    decode: decodeText,
    onRecord: note,
    onBeyond: note,
  });
  const repairs = await repairTorn(loaded, { ...options, folder });
  await repairLineEnds(loaded, { ...options, folder });
  const current = continueOrBegin(loaded, options);
  const register = new BoxRegister({
    ...options,
    folder,
    fold,
    intents,
    boxId: current.boxId,
    bootOrdinal: boots.ordinalOf(options.clock),
    epochs: [...loaded.epochs.map(({ index }) => index), ...current.added],
    writer: new SegmentWriter({ disk, folder, epoch: current.epoch, segment: current.segment }),
    damage: describeDamage(loaded),
  });
  await writeFirstRecords(register, { ...options, current, repairs, loaded });
  return register;
}

interface Current {
  readonly boxId: string;
  readonly epoch: string;
  /** 0: a new epoch, with no segment yet. */
  readonly segment: number;
  readonly added: readonly EpochIndex[];
  readonly init: InitPayload | null;
}

/** A history with a hole cannot be chained on: after damage a new epoch begins, the old stays. */
function continueOrBegin(loaded: LoadedJournal, options: OpenRegisterOptions): Current {
  const last = loaded.epochs[loaded.epochs.length - 1];
  const boxId = loaded.boxId ?? options.boxId ?? makeBoxId(options.random);
  if (last !== undefined && isWhole(last)) {
    const { epoch } = last.index;
    return { boxId, epoch, segment: nextSegment(last), added: [], init: null };
  }
  const epoch = makeEpoch(options.random);
  const previous = last === undefined ? null : { epoch: last.index.epoch, ...last.index.end };
  const init = { box: boxId, epoch, previous, software: options.software };
  const index = new EpochIndex(epoch, chainStart(options.sha256.digest, boxId, epoch));
  return { boxId, epoch, segment: 0, added: [index], init };
}

function isWhole({ faults, index }: LoadedEpoch): boolean {
  return index.end.s > 0 && !faults.some(({ fault }) => isHole(fault));
}

/** After a torn end a new segment begins: nothing is ever written behind doubtful bytes. */
function nextSegment({ faults, lastSegment }: LoadedEpoch): number {
  return faults.some(({ segment }) => segment.number === lastSegment)
    ? lastSegment + 1
    : lastSegment;
}

interface FirstRecords extends OpenRegisterOptions {
  readonly current: Current;
  readonly repairs: readonly TornRepair[];
  readonly loaded: LoadedJournal;
}

async function writeFirstRecords(register: BoxRegister, first: FirstRecords): Promise<void> {
  const { current, repairs, loaded, clock, software } = first;
  if (current.init !== null) await register.append({ k: "init", d: current.init });
  for (const { segment, bytes, sha256 } of repairs) {
    await register.append({ k: "torn", d: { segment, bytes, sha256 } });
  }
  if (current.init !== null) await reportHoles(register, loaded);
  const built = first.builtAt === undefined ? {} : { builtAt: first.builtAt };
  const d = { bootId: clock.bootId, software, copies: ["A" as const], ...built };
  await register.append({ k: "boot", d });
}

async function reportHoles(register: BoxRegister, loaded: LoadedJournal): Promise<void> {
  const last = loaded.epochs[loaded.epochs.length - 1];
  for (const { fault, s } of last?.faults ?? []) {
    if (!isHole(fault)) continue;
    await register.append({ k: "damage", d: { from: s, to: -1, why: fault.kind } });
  }
}
