/** Lives of a register whose disk may fail, and every block of what they leave gone or garbage. */
import { FakeCrashDisk } from "../../platform/fake/fake-crash-disk.ts";
import type { Chance } from "../../platform/fake/fake-crash-file.ts";
import { nodeSha256 } from "../../platform/node/node-sha256.ts";
import type { StoredRecord } from "../../protocol/record.ts";
import { decodeText } from "../../src/register/decode-text.ts";
import { type LoadedJournal, loadJournal } from "../../src/register/load-journal.ts";
import { repairCopies } from "../../src/register/repair-copies.ts";
import { openRegisterOn } from "./open-fake-register.ts";
import { faultOf, makeChance, placesOn, planFaults } from "./power-cuts.ts";

const APPENDS = 8;

export interface LivedRegister {
  readonly disk: FakeCrashDisk;
  readonly acknowledged: readonly StoredRecord[];
  /** The first sequence that only one copy holds; infinite while there are two. */
  readonly aloneFrom: number;
}

/** @returns null when the disk failed so early that nothing was begun */
export async function liveOnce(seed: number, faults: number): Promise<LivedRegister | null> {
  const disk = new FakeCrashDisk();
  if (faults > 0) planFaults(disk, makeChance(seed), faults);
  const opened = await openRegisterOn({ disk, seed }).catch(() => null);
  if (opened === null) return null;
  const acknowledged: StoredRecord[] = [];
  let aloneFrom = opened.isCopyAway ? 0 : Number.POSITIVE_INFINITY;
  for (let index = 0; index < APPENDS; index += 1) {
    const stored = await opened.append(faultOf(index, seed)).catch(() => null);
    if (stored === null) continue;
    acknowledged.push(stored);
    if (opened.isCopyAway) aloneFrom = Math.min(aloneFrom, stored.s);
  }
  await opened.close();
  return { disk, acknowledged, aloneFrom };
}

export interface BlockReading {
  /** Sequences that were acknowledged and are not proven. */
  readonly unproven: readonly number[];
  /** The journal says that something is missing. */
  readonly isTold: boolean;
  readonly journal: LoadedJournal;
}

export async function readBlocks(
  disk: FakeCrashDisk,
  acknowledged: readonly StoredRecord[],
): Promise<BlockReading> {
  const proven = new Set<string>();
  const journal = await loadJournal({
    copies: placesOn(disk),
    hash: nodeSha256.digest,
    decode: decodeText,
    onRecord: ({ e, s, h }) => void proven.add(`${e} ${s} ${h}`),
    onBeyond: () => {},
  });
  const lost = acknowledged.filter(({ e, s, h }) => !proven.has(`${e} ${s} ${h}`));
  const hasHole = journal.epochs.some(({ hole }) => hole !== null);
  const isTold = hasHole || journal.unreadable.length > 0;
  return { unproven: lost.map(({ s }) => s), isTold, journal };
}

/** @returns the segments of both copies after recovery */
export async function mend(disk: FakeCrashDisk): Promise<Map<string, Uint8Array>> {
  const { journal } = await readBlocks(disk, []);
  const steps = journal.epochs.flatMap((epoch) => epoch.steps);
  await repairCopies(steps, { copies: placesOn(disk), sha256: nodeSha256 });
  return segmentsOf(disk);
}

export function segmentsOf(disk: FakeCrashDisk): Map<string, Uint8Array> {
  return new Map([...disk.contents()].filter(([path]) => /[AB]\/j-/.test(path)));
}

export const DAMAGES = ["zeros", "noise", "one bit"] as const;

export interface LostBlock {
  /** What it is, for a failure's message. */
  readonly name: string;
  readonly damage: (typeof DAMAGES)[number];
  readonly disk: FakeCrashDisk;
}

/** Each block of each segment of each copy, damaged in each way, one at a time. */
export function* loseBlocks(disk: FakeCrashDisk, chance: Chance): Generator<LostBlock> {
  for (const [path, content] of segmentsOf(disk)) {
    for (const { from, to } of blocksOf(content)) {
      for (const damage of DAMAGES) {
        const image = new FakeCrashDisk();
        for (const [other, whole] of disk.contents()) image.put(other, whole);
        image.put(path, spoilt(content, { from, to, damage, chance }));
        yield { name: `${damage} in ${path} from ${from} to ${to}`, damage, disk: image };
      }
    }
  }
}

function blocksOf({ length }: Uint8Array): { readonly from: number; readonly to: number }[] {
  const cut = (size: number) =>
    Array.from({ length: Math.ceil(length / size) }, (_, at) => ({
      from: at * size,
      to: Math.min((at + 1) * size, length),
    }));
  return [...cut(512), ...cut(4096)];
}

interface Spoiling {
  readonly from: number;
  readonly to: number;
  readonly damage: LostBlock["damage"];
  readonly chance: Chance;
}

function spoilt(content: Uint8Array, { from, to, damage, chance }: Spoiling): Uint8Array {
  const bytes = content.slice();
  const block = bytes.subarray(from, to);
  if (damage === "one bit") {
    const at = chance.below(block.length);
    block[at] = (block[at] ?? 0) ^ (1 << chance.below(8));
    return bytes;
  }
  for (let at = 0; at < block.length; at += 1)
    block[at] = damage === "zeros" ? 0 : chance.below(256);
  return bytes;
}
