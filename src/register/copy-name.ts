/** The copies of the journal. Each append is on both before it is acknowledged. */
import type { Disk } from "../../platform/ports/disk.ts";

export const COPY_NAMES = ["A", "B"] as const;
export type CopyName = (typeof COPY_NAMES)[number];

/** Where one copy lies. */
export interface CopyPlace {
  readonly name: CopyName;
  readonly disk: Disk;
  /** Of its segments, on that disk. */
  readonly folder: string;
}

export function otherCopy(name: CopyName): CopyName {
  return name === "A" ? "B" : "A";
}
