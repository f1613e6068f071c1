/** Every bit of a journal turned over, one at a time, and what the reader makes of it. */
import { FakeDisk } from "../../platform/fake/fake-disk.ts";
import { nodeSha256 } from "../../platform/node/node-sha256.ts";
import type { CopyPlace } from "../../src/register/copy-name.ts";
import { decodeText } from "../../src/register/decode-text.ts";
import { type LoadedJournal, loadJournal } from "../../src/register/load-journal.ts";
import { repairCopies } from "../../src/register/repair-copies.ts";
import { loseCopyB, makeFakeMachine, openFakeRegister } from "./open-fake-register.ts";

export type Where = "A" | "B" | "alone";

/** One segment with so many records, `init` and `boot` among them. */
export async function makeSegment(records: number): Promise<{ name: string; bytes: Uint8Array }> {
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
  return { name: path.slice(path.lastIndexOf("/") + 1), bytes };
}

export interface BitVerdict {
  /** What the reader says: kinds of holes and repair steps, and epochs that it cannot read. */
  readonly verdict: string;
  /** Hashes of what is proven, in order. */
  readonly proven: readonly string[];
  readonly beyond: number;
}

export interface Flipped {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly where: Where;
}

const PLACES = { A: "register/A", B: "register/B" } as const;

/** @param bytes of the damaged copy; `whole` those of the other */
function diskWith({ name, bytes, where }: Flipped, whole: Uint8Array): FakeDisk {
  const disk = new FakeDisk();
  disk.files.set(`${PLACES[where === "B" ? "B" : "A"]}/${name}`, bytes);
  if (where !== "alone") disk.files.set(`${PLACES[where === "B" ? "A" : "B"]}/${name}`, whole);
  return disk;
}

function placesOn(disk: FakeDisk, where: Where): CopyPlace[] {
  const places = (["A", "B"] as const).map((name) => ({ name, disk, folder: PLACES[name] }));
  return where === "alone" ? places.slice(0, 1) : places;
}

async function read(places: readonly CopyPlace[]): Promise<[LoadedJournal, string[]]> {
  const proven: string[] = [];
  const journal = await loadJournal({
    copies: places,
    hash: nodeSha256.digest,
    decode: decodeText,
    onRecord: ({ s, h }) => void proven.push(`${s} ${h}`),
    onBeyond: () => {},
  });
  return [journal, proven];
}

function verdictOf({ epochs, unreadable }: LoadedJournal): string {
  const found = epochs.flatMap(({ hole, steps }) => [
    ...(hole === null ? [] : [`${hole.kind} at ${hole.s}`]),
    ...steps.map(
      (step) => `${step.kind === "cut" ? "torn" : step.why} in ${step.copy} at ${step.s}`,
    ),
  ]);
  return [...found, ...unreadable.map(() => "unreadable")].join(", ");
}

export async function judgeFlipped(flipped: Flipped, whole: Uint8Array): Promise<BitVerdict> {
  const [journal, proven] = await read(placesOn(diskWith(flipped, whole), flipped.where));
  const beyond = journal.epochs.reduce((sum, epoch) => sum + epoch.beyond, 0);
  return { verdict: verdictOf(journal), proven, beyond };
}

/** @returns whether both copies hold the whole bytes after recovery */
export async function isMended(flipped: Flipped, whole: Uint8Array): Promise<boolean> {
  const disk = diskWith(flipped, whole);
  const places = placesOn(disk, flipped.where);
  const [journal] = await read(places);
  const steps = journal.epochs.flatMap((epoch) => epoch.steps);
  await repairCopies(steps, { copies: places, sha256: nodeSha256 });
  return places.every(({ folder }) => {
    const after = disk.files.get(`${folder}/${flipped.name}`);
    return after !== undefined && Buffer.compare(after, whole) === 0;
  });
}

export function flipBit(whole: Uint8Array, bit: number): Uint8Array {
  const bytes = whole.slice();
  bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return bytes;
}
