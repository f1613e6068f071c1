/** What is done, and what is said, about what the journal's reading found. */
import type { Disk } from "../../platform/ports/disk.ts";
import type { Sha256 } from "../../platform/ports/sha256.ts";
import { type FoundFault, isHole, type LoadedJournal } from "./load-journal.ts";
import { formatSegmentName, type SegmentName } from "./segment-name.ts";

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

/** Puts the line feeds back that are wrong behind whole records. */
export async function repairLineEnds(
  { epochs }: LoadedJournal,
  { disk, folder }: RepairOptions,
): Promise<void> {
  for (const { segment, fault } of epochs.flatMap(({ faults }) => faults)) {
    if (fault.kind !== "line-end") continue;
    const path = `${folder}/${formatSegmentName(segment)}`;
    const bytes = await disk.read(path);
    if (bytes === null || fault.offset >= bytes.length) continue;
    const mended = bytes.slice();
    mended[fault.offset] = 0x0a;
    await disk.replace(path, mended);
  }
}

const WORDS = {
  torn: "断电时没有写完的一笔;它没有显示过“已保存”",
  "line-end": "行尾坏了,内容完好",
  corrupt: "有记录的字节坏了或缺了",
  fork: "有记录与前面接不上,可能缺了、被改动或被旧数据覆盖",
} as const;

/** One plain sentence for every fault that loses something, for county and installer. */
export function describeDamage({ epochs, unreadable }: LoadedJournal): string[] {
  return [
    ...epochs.flatMap(({ faults, beyond }) => [
      ...faults.filter(({ fault }) => isHole(fault)).map(describeFault),
      ...(beyond > 0 ? [`缺口后面还有 ${beyond} 条读得出,照常显示,但接不上链,不算证明`] : []),
    ]),
    ...unreadable.map(describeUnreadable),
  ];
}

export function describeFault({ segment, fault, s }: FoundFault): string {
  return `${formatSegmentName(segment)} 第 ${s} 条:${WORDS[fault.kind]};原样保留`;
}

export function describeUnreadable(segment: SegmentName): string {
  return `${formatSegmentName(segment)}:第一条(开头的 init)读不出,整段不能证明;原样保留`;
}
