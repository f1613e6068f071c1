/** Lives of a register on a disk with a write list, cut before every call. */
import { FakeCrashDisk } from "../../platform/fake/fake-crash-disk.ts";
import type { Chance } from "../../platform/fake/fake-crash-file.ts";
import { nodeSha256 } from "../../platform/node/node-sha256.ts";
import type { RecordDraft, StoredRecord } from "../../protocol/record.ts";
import type { CopyPlace } from "../../src/register/copy-name.ts";
import { decodeText } from "../../src/register/decode-text.ts";
import { type LoadedJournal, loadJournal } from "../../src/register/load-journal.ts";
import type { Register } from "../../src/register/register.ts";
import { repairCopies } from "../../src/register/repair-copies.ts";
import { openRegisterOn } from "./open-fake-register.ts";

export interface CutOptions {
  readonly seed: number;
  readonly states: number;
  /** So many calls may fail in each life. */
  readonly faults: number;
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
  /**
   * States without an acknowledged record of which a disk that had failed had left one copy only:
   * the sector that it shares with what was being written when the power went is garbage.
   */
  readonly alone: number;
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
const ALONE = "the only copy was spoilt";
const isCautious = (why: string | null) => why === HOLE || why === UNREADABLE;

const IMAGES_PER_CALL = 8;
const APPENDS = 6;

export async function cutStates(options: CutOptions): Promise<CutResult> {
  const { seed, states, faults, makeDisk = () => new FakeCrashDisk() } = options;
  const failures: string[] = [];
  let [count, alarms, alone] = [0, 0, 0];
  const note = (why: string | null, where: string): void => {
    if (faults > 0 && isCautious(why)) alarms += 1;
    else if (faults > 1 && why === ALONE) alone += 1;
    else if (why !== null) failures.push(`${where}: ${why}`);
  };
  for (let life = 1; count < states; life += 1) {
    const chance = makeChance(seed + life * 7919);
    const lived: Lived = { acknowledged: [], register: null };
    const disk = makeDisk();
    if (faults > 0) planFaults(disk, chance, faults);
    disk.onCall = async () => {
      for (let image = 0; image < IMAGES_PER_CALL; image += 1) {
        count += 1;
        const why = await checkImage(disk.crash(chance, makeDisk()), lived, chance);
        note(why, `seed ${seed}, life ${life}, call ${disk.calls}`);
      }
    };
    await live(disk, lived, life).catch(() => {});
    if (failures.length > 20) break;
  }
  return { states: count, failures, alarms, alone };
}

/** Near each other: so that a second try, a cut-off or the other copy fails too. */
export function planFaults(disk: FakeCrashDisk, chance: Chance, most: number): void {
  let atCall = 6 + chance.below(40);
  for (let left = 1 + chance.below(most); left > 0; left -= 1) {
    disk.plan(atCall, (["io", "no-space", "sync"] as const)[chance.below(3)] ?? "io");
    atCall += 1 + chance.below(6);
  }
}

/** What is known of a life when it ends. */
interface Lived {
  readonly acknowledged: StoredRecord[];
  register: Register | null;
}

async function live(disk: FakeCrashDisk, lived: Lived, life: number) {
  const register = await openRegisterOn({ disk, seed: life });
  lived.register = register;
  for (let index = 0; index < APPENDS; index += 1) {
    await register.append(faultOf(index, life)).then(
      (stored) => lived.acknowledged.push(stored),
      // Refused: nothing is promised of it, but that it changes nothing of the others.
      () => {},
    );
  }
  await register.close();
}

/** Of many lengths, so that lines end anywhere in a sector. */
export function faultOf(index: number, seed: number): RecordDraft {
  const detail = "满".repeat((index * 53 + seed * 31) % 130);
  return { k: "fault", d: { part: "test", code: String(index), detail } };
}

export const placesOn = (disk: FakeCrashDisk): CopyPlace[] => [
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
  lived: Lived,
  chance: Chance,
): Promise<string | null> {
  const first = await load(image);
  const wrong = findLoss(first, lived);
  const steps = first.journal.epochs.flatMap((epoch) => epoch.steps);
  if (wrong !== null || steps.length === 0) return wrong;
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

function findLoss({ journal, hashes }: Loaded, { acknowledged, register }: Lived): string | null {
  const lost = acknowledged.find(({ e, s, h }) => !hashes.has(`${e} ${s} ${h}`));
  if (lost !== undefined) return register?.isCopyAway ? ALONE : `record ${lost.s} is lost`;
  // Besides `init` and `boot`: two losses that were told, and one or two that were under way.
  if (hashes.size > acknowledged.length + 6) return "more records than were ever written";
  if (journal.epochs.some(({ hole }) => hole !== null)) return HOLE;
  return journal.unreadable.length > 0 ? UNREADABLE : null;
}
