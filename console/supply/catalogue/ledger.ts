/**
 * `published.json` in the tree: every version and every 片号 that was ever out, also of lessons that
 * were withdrawn. Boxes do not read it.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { LessonManifest, TufTargets } from "../../../protocol/generated/types.ts";
import { SupplyError } from "./supply-error.ts";
import { writeWhole } from "./tree.ts";

export interface LedgerEntry {
  readonly number: string;
  /** Version → SHA-256 of the manifest. */
  readonly versions: Readonly<Record<string, string>>;
}

export interface Ledger {
  readonly schema: "one-room.published/1";
  readonly lessons: Readonly<Record<string, LedgerEntry>>;
}

const EMPTY: Ledger = { schema: "one-room.published/1", lessons: {} };

/**
 * @throws SupplyError when lessons are out and it is gone or rotten: numbers would be given twice.
 */
export async function readLedger(tree: string, lessons: TufTargets): Promise<Ledger> {
  const path = join(tree, "published.json");
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (text === null && Object.keys(lessons.targets).length === 0) return EMPTY;
  try {
    const ledger = JSON.parse(text ?? "") as Ledger;
    if (ledger.schema === EMPTY.schema && typeof ledger.lessons === "object") return ledger;
  } catch {
    // Told below, like a file of another kind.
  }
  throw new SupplyError(`发布记录坏了或不在：${path}。没有它，片号可能重复。请从备份里恢复它。`);
}

export function writeLedger(tree: string, ledger: Ledger): Promise<void> {
  const text = `${JSON.stringify(ledger, null, 1)}\n`;
  return writeWhole(join(tree, "published.json"), new TextEncoder().encode(text));
}

/** Why this lesson cannot go out, in plain Chinese; null when it can. */
export function ledgerProblem(
  { lessons }: Ledger,
  { id, version, number }: LessonManifest,
  sha256: string,
): string | null {
  const own = Object.hasOwn(lessons, id) ? lessons[id] : undefined;
  const holder = Object.entries(lessons).find(
    ([other, entry]) => other !== id && entry.number === number,
  );
  if (holder !== undefined) return `片号 ${number} 已给过 ${holder[0]}，不能再用。请换一个片号。`;
  if (own === undefined) return null;
  if (own.number !== number) return `这个课件的片号是 ${own.number}，不能改成 ${number}。`;
  const same = own.versions[version];
  if (same !== undefined && same !== sha256) {
    return `第 ${version} 版已经发布过，内容不同。请把版本号加一，重新打包。`;
  }
  const newest = Math.max(...Object.keys(own.versions).map(Number));
  if (version < newest) return `已经发布过第 ${newest} 版，比它旧的第 ${version} 版不能再发布。`;
  return null;
}

export function withLesson(
  ledger: Ledger,
  { id, version, number }: LessonManifest,
  sha256: string,
): Ledger {
  const versions = { ...ledger.lessons[id]?.versions, [version]: sha256 };
  return { ...ledger, lessons: { ...ledger.lessons, [id]: { number, versions } } };
}
