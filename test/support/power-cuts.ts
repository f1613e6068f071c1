/** Lives of a register on a disk with a write list, cut before every call. */
import { FakeClock } from "../../platform/fake/fake-clock.ts";
import { FakeCrashDisk } from "../../platform/fake/fake-crash-disk.ts";
import type { Chance } from "../../platform/fake/fake-crash-file.ts";
import { FakeRandom } from "../../platform/fake/fake-random.ts";
import { nodeSha256 } from "../../platform/node/node-sha256.ts";
import type { StoredRecord } from "../../protocol/record.ts";
import type { CopyPlace } from "../../src/register/copy-name.ts";
import { decodeText } from "../../src/register/decode-text.ts";
import { type LoadedJournal, loadJournal } from "../../src/register/load-journal.ts";
import { openRegister } from "../../src/register/open-register.ts";
import { repairCopies } from "../../src/register/repair-copies.ts";
import { STUDY_DAY_UNIX_MS } from "./open-fake-register.ts";

export interface CutOptions {
  readonly seed: number;
  readonly states: number;
  /** Also calls that fail. */
  readonly faults: boolean;
  /** For disks that do not keep their promises, which must be found out. */
  readonly makeDisk?: () => FakeCrashDisk;
}

export interface CutResult {
  readonly states: number;
  /** What went wrong, with what tells it again. */
  readonly failures: readonly string[];
  /**
   * States that are called damaged though nothing acknowledged is missing. Only where a disk failed
   * and the power went too: there the cautious verdict is right.
   */
  readonly alarms: number;
}

/** xorshift32 (Marsaglia 2003): quick, and the same in every run. */
export function makeChance(seed: number): Chance {
  let state = seed | 1;
  return {
    below(limit) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return (state >>> 0) % limit;
    },
  };
}

const HOLE = "a hole";
const UNREADABLE = "an epoch that cannot be read";
const isCautious = (why: string | null) => why === HOLE || why === UNREADABLE;

const IMAGES_PER_CALL = 8;
const APPENDS = 6;

export async function cutStates(options: CutOptions): Promise<CutResult> {
  const { seed, states, faults, makeDisk = () => new FakeCrashDisk() } = options;
  const failures: string[] = [];
  let alarms = 0;
  let count = 0;
  const note = (why: string | null, where: string): void => {
    if (faults && isCautious(why)) alarms += 1;
    else if (why !== null) failures.push(`${where}: ${why}`);
  };
  for (let life = 1; count < states; life += 1) {
    const chance = makeChance(seed + life * 7919);
    const acknowledged: StoredRecord[] = [];
    const disk = makeDisk();
    if (faults) planFault(disk, chance);
    disk.onCall = async () => {
      for (let image = 0; image < IMAGES_PER_CALL; image += 1) {
        count += 1;
        const why = await checkImage(disk.crash(chance, makeDisk()), acknowledged, chance);
        note(why, `seed ${seed}, life ${life}, call ${disk.calls}`);
      }
    };
    await live(disk, acknowledged, life).catch(() => {});
    if (failures.length > 20) break;
  }
  return { states: count, failures, alarms };
}

function planFault(disk: FakeCrashDisk, chance: Chance): void {
  const atCall = 6 + chance.below(40);
  disk.plan(atCall, (["io", "no-space", "sync"] as const)[chance.below(3)] ?? "io");
}

async function live(disk: FakeCrashDisk, acknowledged: StoredRecord[], life: number) {
  const register = await openOn(disk, life);
  for (let index = 0; index < APPENDS; index += 1) {
    const detail = "满".repeat((index * 53 + life * 31) % 130);
    const d = { part: "test", code: String(index), detail };
    acknowledged.push(await register.append({ k: "fault", d }));
  }
  await register.close();
}

function openOn(disk: FakeCrashDisk, seed: number) {
  return openRegister({
    disk,
    folder: "register",
    clock: new FakeClock(STUDY_DAY_UNIX_MS),
    random: new FakeRandom(seed),
    wallSource: () => "county",
    sha256: nodeSha256,
    software: "test",
  });
}

const placesOn = (disk: FakeCrashDisk): CopyPlace[] => [
  { name: "A", disk, folder: "register/A" },
  { name: "B", disk, folder: "register/B" },
];

interface Loaded {
  readonly journal: LoadedJournal;
  readonly hashes: ReadonlySet<string>;
}

async function load(disk: FakeCrashDisk): Promise<Loaded> {
  const hashes = new Set<string>();
  const journal = await loadJournal({
    copies: placesOn(disk),
    hash: nodeSha256.digest,
    decode: decodeText,
    onRecord: ({ e, s, h }) => void hashes.add(`${e} ${s} ${h}`),
    onBeyond: () => {},
  });
  return { journal, hashes };
}

/** @returns what is wrong; null when nothing is */
async function checkImage(
  image: FakeCrashDisk,
  acknowledged: readonly StoredRecord[],
  chance: Chance,
): Promise<string | null> {
  const first = await load(image);
  const lost = acknowledged.find(({ e, s, h }) => !first.hashes.has(`${e} ${s} ${h}`));
  if (lost !== undefined) return `record ${lost.s} is lost`;
  if (first.hashes.size > acknowledged.length + 4) return "more records than were ever written";
  if (first.journal.epochs.some(({ hole }) => hole !== null)) return HOLE;
  if (first.journal.unreadable.length > 0) return UNREADABLE;
  const steps = first.journal.epochs.flatMap((epoch) => epoch.steps);
  if (steps.length === 0) return null;
  // One time in four the power goes again while recovery is at work.
  if (chance.below(4) === 0) image.plan(1 + chance.below(8), "io");
  await repairCopies(steps, { copies: placesOn(image), sha256: nodeSha256 });
  const again = image.crash(chance);
  const second = await load(again);
  if ([...first.hashes].some((hash) => !second.hashes.has(hash))) return "recovery lost a record";
  const rest = second.journal.epochs.flatMap((epoch) => epoch.steps);
  await repairCopies(rest, { copies: placesOn(again), sha256: nodeSha256 });
  const third = await load(again);
  if (third.journal.epochs.some((epoch) => epoch.steps.length > 0)) return "recovery never ends";
  return third.hashes.size === first.hashes.size ? null : "recovery changed what is proven";
}
