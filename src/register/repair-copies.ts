/** Does what `plan-repairs.ts` decided, and tells what the records are to say of it. */

import type { Sha256 } from "../../platform/ports/sha256.ts";
import { StorageError } from "../../platform/ports/storage-error.ts";
import type { RecordDraft } from "../../protocol/record.ts";
import type { CopyName, CopyPlace } from "./copy-name.ts";
import type { RepairStep } from "./plan-repairs.ts";
import { formatSegmentName } from "./segment-name.ts";

export interface Repaired {
  readonly records: readonly RecordDraft[];
  /** Copies whose disk would not take it: they are lost until they can be written again. */
  readonly failed: readonly { readonly copy: CopyName; readonly code: string }[];
}

export interface RepairOptions {
  readonly copies: readonly CopyPlace[];
  readonly sha256: Sha256;
}

/**
 * Idempotent: a power cut between two effects leaves what the next start plans again, and at most
 * a second file of the same name in quarantine.
 */
export async function repairCopies(
  steps: readonly RepairStep[],
  options: RepairOptions,
): Promise<Repaired> {
  const failed = new Map<CopyName, string>();
  const records: RecordDraft[] = [];
  for (const step of steps) {
    const place = options.copies.find(({ name }) => name === step.copy);
    if (place === undefined || failed.has(step.copy)) continue;
    try {
      await doStep(step, place, options.sha256);
      records.push(recordOf(step, options.sha256));
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      failed.set(step.copy, error.code);
    }
  }
  return {
    records: withoutRepeats(records),
    failed: [...failed].map(([copy, code]) => ({ copy, code })),
  };
}

async function doStep(step: RepairStep, place: CopyPlace, sha256: Sha256): Promise<void> {
  const name = formatSegmentName({ epoch: step.epoch, number: step.segment });
  const path = `${place.folder}/${name}`;
  if (step.aside !== null) {
    const { offset, bytes } = step.aside;
    const digest = sha256.digest(bytes).slice(0, 8);
    await place.disk.replace(`${quarantineOf(place)}/${name}-${offset}-${digest}`, bytes);
  }
  if (step.kind === "cut") await place.disk.truncate(path, step.toBytes);
  else await place.disk.replace(path, step.content);
}

/** Beside the copy, on its own disk. */
export function quarantineOf({ folder }: CopyPlace): string {
  return folder.replace(/[^/]+$/, "quarantine");
}

function recordOf(step: RepairStep, sha256: Sha256): RecordDraft {
  const { copy, epoch, segment } = step;
  if (step.kind === "write") return { k: "repair", d: { copy, why: step.why, epoch, segment } };
  const bytes = step.aside?.bytes ?? new Uint8Array(0);
  const name = formatSegmentName({ epoch, number: segment });
  const torn = { segment: name, bytes: bytes.length, sha256: sha256.digest(bytes), copy };
  return { k: "torn", d: torn };
}

/** A copy that was away for a year is told once, not once a segment. */
function withoutRepeats(records: readonly RecordDraft[]): RecordDraft[] {
  const told = new Set<string>();
  return records.filter((record) => {
    if (record.k !== "repair") return true;
    const { copy, why, epoch } = record.d;
    const name = `${copy} ${why} ${epoch}`;
    return !told.has(name) && told.add(name);
  });
}
