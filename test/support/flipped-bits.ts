/** Every bit of a journal turned over, one at a time, and what the reader makes of it. */
import { FakeDisk } from "../../platform/fake/fake-disk.ts";
import { nodeSha256 } from "../../platform/node/node-sha256.ts";
import { assert } from "../../protocol/assert.ts";
import { chainLink } from "../../protocol/chain.ts";
import type { StoredRecord } from "../../protocol/record.ts";
import type { CopyName, CopyPlace } from "../../src/register/copy-name.ts";
import { decodeText } from "../../src/register/decode-text.ts";
import { type ChainPoint, EpochIndex } from "../../src/register/epoch-index.ts";
import { type LoadedJournal, loadJournal } from "../../src/register/load-journal.ts";
import { planRepairs, type RepairStep } from "../../src/register/plan-repairs.ts";
import { readBeyond } from "../../src/register/read-beyond.ts";
import { repairCopies } from "../../src/register/repair-copies.ts";
import { type ScannedSegment, scanSegment } from "../../src/register/scan-segment.ts";
import { EpochWalk } from "../../src/register/walk-epoch.ts";
import type { Hole, SegmentPair } from "../../src/register/walked-epoch.ts";
import { loseCopyB, makeFakeMachine, openFakeRegister } from "./open-fake-register.ts";

/** The copy with the wrong bit; `alone`: there is no other. */
export type Where = "A" | "B" | "alone";

/** A journal of one segment, the same in both copies. */
export interface WholeSegment {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly epoch: string;
  /** Where each line begins, and where the last one ends. */
  readonly offsets: readonly number[];
  /** By sequence, from 0: before the first. */
  readonly hashes: readonly string[];
}

/** @param records `init` and `boot` among them */
export async function makeSegment(records: number): Promise<WholeSegment> {
  const machine = makeFakeMachine(records);
  const register = await openFakeRegister(machine);
  for (let index = 3; index <= records; index += 1) {
    const d = { part: "test", code: String(index), detail: "党课".repeat(index % 4) };
    await register.append({ k: "fault", d });
  }
  await register.close();
  loseCopyB(machine);
  const [path = "", bytes = new Uint8Array()] =
    [...machine.disk.files].find(([file]) => file.includes("/A/")) ?? [];
  const { epoch } = register;
  const frames = scanSegment(bytes, decodeText).frames;
  return {
    name: path.slice(path.lastIndexOf("/") + 1),
    bytes,
    epoch,
    offsets: [...frames.map(({ offset }) => offset), bytes.length],
    hashes: Array.from({ length: records + 1 }, (_, s) => register.hashAt(epoch, s) ?? ""),
  };
}

export interface BitVerdict {
  /** What the reader says: kinds of holes and repair steps, and epochs that it cannot read. */
  readonly verdict: string;
  /** Records that are neither proven nor readable behind a hole. */
  readonly missing: number;
}

const PLACES = { A: "register/A", B: "register/B" } as const;

function diskWith({ name, bytes }: WholeSegment, where: Where, damaged: Uint8Array): FakeDisk {
  const disk = new FakeDisk();
  disk.files.set(`${PLACES[where === "B" ? "B" : "A"]}/${name}`, damaged);
  if (where !== "alone") disk.files.set(`${PLACES[where === "B" ? "A" : "B"]}/${name}`, bytes);
  return disk;
}

const copiesOf = (where: Where): CopyName[] => (where === "alone" ? ["A"] : ["A", "B"]);

function placesOn(disk: FakeDisk, where: Where): CopyPlace[] {
  return copiesOf(where).map((name) => ({ name, disk, folder: PLACES[name] }));
}

async function read(places: readonly CopyPlace[], { epoch, hashes }: WholeSegment) {
  const proven = new Set<number>();
  const journal = await loadJournal({
    copies: places,
    hash: nodeSha256.digest,
    decode: decodeText,
    onRecord: ({ e, s, h }) => void (e === epoch && h === hashes[s] && proven.add(s)),
    onBeyond: () => {},
  });
  return { journal, proven: proven.size };
}

function write(hole: Hole | null, steps: readonly RepairStep[]): string {
  const kind = (step: RepairStep) => (step.kind === "cut" ? "torn" : step.why);
  return [
    ...(hole === null ? [] : [`${hole.kind} at ${hole.s}`]),
    ...steps.map((step) => `${kind(step)} in ${step.copy} at ${step.s}`),
  ].join(", ");
}

function verdictOf({ epochs, unreadable }: LoadedJournal): string {
  const found = epochs.map(({ hole, steps }) => write(hole, steps));
  return [...found, ...unreadable.map(() => "unreadable")].filter(Boolean).join(", ");
}

/** Reads everything, as a start does. */
export async function judgeWhole(
  whole: WholeSegment,
  where: Where,
  bit: number,
): Promise<BitVerdict> {
  const places = placesOn(diskWith(whole, where, flipBit(whole.bytes, bit)), where);
  const { journal, proven } = await read(places, whole);
  const beyond = journal.epochs.reduce((sum, epoch) => sum + epoch.beyond, 0);
  const missing = whole.hashes.length - 1 - proven - beyond;
  return { verdict: verdictOf(journal), missing };
}

/** The hashes of a neighbourhood: as if all before it had been read. */
class NearIndex extends EpochIndex {
  readonly #points: ChainPoint[];

  constructor(epoch: string, before: ChainPoint) {
    super(epoch, before.h);
    this.#points = [before];
  }

  override get end(): ChainPoint {
    const last = this.#points[this.#points.length - 1];
    assert(last !== undefined, "the point before the neighbourhood");
    return last;
  }

  override add(h: string): void {
    this.#points.push({ s: this.end.s + 1, h });
  }

  override hashAt(s: number): string | undefined {
    return this.#points.find((point) => point.s === s)?.h;
  }
}

/** A record, and the one before and behind it. */
export class Neighbourhood {
  readonly #whole: WholeSegment;
  readonly #before: ChainPoint;
  readonly #count: number;
  readonly #from: number;
  readonly #sound: Uint8Array;
  readonly #scan: ScannedSegment;

  /** @param s not 1: the first record says whose journal it is, and is read first of all */
  constructor(whole: WholeSegment, s: number) {
    const { offsets, hashes } = whole;
    const last = Math.min(hashes.length - 1, s + 1);
    this.#whole = whole;
    this.#before = { s: s - 2, h: hashes[s - 2] ?? "" };
    this.#count = last - s + 2;
    this.#from = offsets[s - 2] ?? 0;
    this.#sound = whole.bytes.slice(this.#from, offsets[last]);
    this.#scan = scanSegment(this.#sound, decodeText);
  }

  /**
   * Reads it from the proven hash before it on. That the verdict is that of `judgeWhole` is shown
   * for each bit of a short journal.
   */
  judge(where: Where, bit: number): BitVerdict {
    const { epoch, hashes } = this.#whole;
    const index = new NearIndex(epoch, this.#before);
    let proven = 0;
    const onRecord = ({ s, h }: StoredRecord) => {
      if (h === hashes[s]) proven += 1;
    };
    const walk = new EpochWalk({ index, hash: nodeSha256.digest, onRecord });
    const pair = this.#pair(where, flipBit(this.#sound, bit - this.#from * 8));
    walk.add(pair, null);
    const walked = walk.end();
    const { hole } = walked;
    const link = chainLink(index.end.h);
    const beyond = hole === null ? 0 : readBeyond([pair], hole, { epoch, link }).length;
    const isNewest = hole === null;
    const options = { epoch, copies: copiesOf(where), endS: index.end.s, isNewest };
    const verdict = write(hole, planRepairs(walked, options));
    return { verdict, missing: this.#count - proven - beyond };
  }

  #pair(where: Where, damaged: Uint8Array): SegmentPair {
    const bad = scanSegment(damaged, decodeText);
    const good = where === "alone" ? null : this.#scan;
    return where === "B" ? { number: 1, A: good, B: bad } : { number: 1, A: bad, B: good };
  }
}

/** @returns whether both copies hold the whole bytes after recovery */
export async function isMended(whole: WholeSegment, where: Where, bit: number): Promise<boolean> {
  const disk = diskWith(whole, where, flipBit(whole.bytes, bit));
  const places = placesOn(disk, where);
  const { journal } = await read(places, whole);
  const steps = journal.epochs.flatMap((epoch) => epoch.steps);
  await repairCopies(steps, { copies: places, sha256: nodeSha256 });
  return places.every(({ folder }) => {
    const after = disk.files.get(`${folder}/${whole.name}`);
    return after !== undefined && Buffer.compare(after, whole.bytes) === 0;
  });
}

export function flipBit(whole: Uint8Array, bit: number): Uint8Array {
  const bytes = whole.slice();
  bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return bytes;
}

/** Of the record `s`, its line's end among them. */
export function* bitsOf({ offsets }: WholeSegment, s: number): Generator<number> {
  const end = (offsets[s] ?? 0) * 8;
  for (let bit = (offsets[s - 1] ?? 0) * 8; bit < end; bit += 1) yield bit;
}
