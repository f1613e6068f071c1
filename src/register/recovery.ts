/** What is done, and what is said, about what the journal's reading found. */
import type { Disk } from "../../platform/ports/disk.ts";
import type { Sha256 } from "../../platform/ports/sha256.ts";
import type { FoundFault, LoadedJournal } from "./load-journal.ts";
import { formatSegmentName } from "./segment-name.ts";

/** As the `torn` record tells it. */
export interface TornRepair {
  readonly segment: string;
  readonly bytes: number;
  readonly sha256: string;
}

interface RepairOptions {
  readonly disk: Disk;
  /** Folder of the copy, `<register>/A`. */
  readonly folder: string;
  readonly sha256: Sha256;
}

/**
 * Moves torn ends of the newest epoch into quarantine, and cuts them off. Idempotent: a power cut
 * between the two leaves a copy that the next start writes again under the same name.
 */
export async function repairTorn(
  { epochs }: LoadedJournal,
  options: RepairOptions,
): Promise<TornRepair[]> {
  const faults = epochs[epochs.length - 1]?.faults ?? [];
  const repairs: TornRepair[] = [];
  for (const found of faults) {
    if (found.fault.kind === "torn") repairs.push(await repairOne(found, found.fault, options));
  }
  return repairs;
}

async function repairOne(
  { segment }: FoundFault,
  { offset, bytes }: { readonly offset: number; readonly bytes: number },
  { disk, folder, sha256 }: RepairOptions,
): Promise<TornRepair> {
  const name = formatSegmentName(segment);
  const rest = await disk.readAt(`${folder}/${name}`, offset, bytes);
  const digest = sha256.digest(rest);
  const quarantine = folder.replace(/[^/]+$/, "quarantine");
  await disk.replace(`${quarantine}/${name}-${offset}-${digest.slice(0, 8)}`, rest);
  await disk.truncate(`${folder}/${name}`, offset);
  return { segment: name, bytes, sha256: digest };
}

const WORDS = {
  torn: "断电时没有写完的一笔,已移开;它没有显示过“已保存”",
  corrupt: "有记录的字节坏了,已另起一段接着记;坏的部分没有动",
  fork: "有记录与前面接不上,可能被改动或被旧数据覆盖;原样保留",
} as const;

/** One plain sentence for every fault, for the county and for the installer. */
export function describeDamage({ epochs, unreadable }: LoadedJournal): string[] {
  const faults = epochs.flatMap(({ faults: found }) => found);
  return [
    ...faults.flatMap(({ segment, fault, s }) =>
      fault.kind === "torn"
        ? []
        : [`${formatSegmentName(segment)} 第 ${s} 条起:${WORDS[fault.kind]}`],
    ),
    ...unreadable.map((segment) => `${formatSegmentName(segment)} 读不出开头,原样保留`),
  ];
}

export function describeFault({ segment, fault, s }: FoundFault): string {
  return `${formatSegmentName(segment)} 第 ${s} 条:${WORDS[fault.kind]}`;
}
