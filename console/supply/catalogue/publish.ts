/** `lesson publish`: packages into the catalogue, and the daily signature. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { MANIFEST_NAME, readManifest } from "../../../media-cache/manifest.ts";
import type {
  CatalogueEntry,
  LessonManifest,
  TufTargets,
} from "../../../protocol/generated/types.ts";
import { checkLesson } from "../lesson/check.ts";
import type { Finding } from "../lesson/finding.ts";
import { readKeys } from "./key-folder.ts";
import { ledgerProblem, readLedger, withLesson, writeLedger } from "./ledger.ts";
import { type Released, release } from "./release.ts";
import { copyBlob, type Published, readTree, writeWhole } from "./tree.ts";

export interface PublishOptions {
  readonly tree: string;
  readonly keysFolder: string;
  readonly passphrase?: string | undefined;
  readonly nowMs: number;
  /** 0 to 1000; higher is fetched earlier. */
  readonly priority: number;
  /** Loudness and keyframes are not looked at. */
  readonly withoutFilm?: boolean | undefined;
  readonly fontsFolder?: string | undefined;
}

export type PublishResult =
  | { readonly ok: true; readonly released: Released; readonly added: readonly string[] }
  | {
      readonly ok: false;
      /** Plain Chinese. */
      readonly text: string;
      readonly findings: readonly Finding[];
    };

interface Package {
  readonly folder: string;
  readonly manifest: LessonManifest;
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/** All of them, or none. @throws SupplyError, NodeJS.ErrnoException */
export async function publishLessons(
  folders: readonly string[],
  options: PublishOptions,
): Promise<PublishResult> {
  const { tree, nowMs } = options;
  const before = await readTree(tree);
  let ledger = await readLedger(tree, before.lessons);
  const packages: Package[] = [];
  for (const folder of folders) {
    const reading = await readPackage(folder, options);
    if ("ok" in reading) return reading;
    const problem = ledgerProblem(ledger, reading.manifest, reading.sha256);
    if (problem !== null) return { ok: false, text: `${folder}：${problem}`, findings: [] };
    ledger = withLesson(ledger, reading.manifest, reading.sha256);
    packages.push(reading);
  }
  const keys = await readKeys(options.keysFolder, options.passphrase);
  for (const each of packages) await copyPackage(each, tree);
  // Before anybody can fetch it: a number that was out once is never given again.
  await writeLedger(tree, ledger);
  const lessons = withLessons(before, packages, options.priority);
  const released = await release({ tree, keys, nowMs, before, lessons });
  return { ok: true, released, added: packages.map(({ manifest: { id } }) => id) };
}

async function readPackage(
  folder: string,
  { withoutFilm, fontsFolder }: PublishOptions,
): Promise<Package | Extract<PublishResult, { ok: false }>> {
  const findings = await checkLesson(folder, { withoutFilm, fontsFolder });
  const errors = findings.filter(({ level }) => level === "error");
  const text = `${folder} 检查没有通过，有 ${errors.length} 处错误，什么也没有发布。`;
  if (errors.length > 0) return { ok: false, text, findings: errors };
  const bytes = await readFile(join(folder, MANIFEST_NAME));
  const reading = readManifest(bytes);
  if (reading.kind !== "good") return { ok: false, text, findings: [] };
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { folder, manifest: reading.manifest, bytes, sha256 };
}

/** Blobs first: whoever sees the manifest finds what it names. */
async function copyPackage({ folder, manifest, bytes, sha256 }: Package, tree: string) {
  for (const file of manifest.files) await copyBlob(join(folder, file.path), tree, file.sha256);
  const { id, version } = manifest;
  await writeWhole(join(tree, "targets", "lessons", id, `${sha256}.${version}.json`), bytes);
}

function withLessons(
  { lessons }: Published,
  packages: readonly Package[],
  priority: number,
): TufTargets {
  const replaced = new Set(packages.map(({ manifest: { id } }) => id));
  const kept = Object.entries(lessons.targets).filter(
    ([path]) => !replaced.has(path.split("/")[1] ?? ""),
  );
  const added = packages.map(({ manifest, bytes, sha256 }) => {
    const custom = { ...entryOf(manifest, priority) };
    const target = { length: bytes.length, hashes: { sha256 }, custom };
    return [`lessons/${manifest.id}/${manifest.version}.json`, target] as const;
  });
  return { ...lessons, targets: Object.fromEntries([...kept, ...added]) };
}

function entryOf(manifest: LessonManifest, priority: number): CatalogueEntry {
  const { id, version, number, title, category, bytes, initials = "", durationMs } = manifest;
  const facts = { id, version, number, title, category, priority, initials, durationMs };
  return { kind: "lesson", ...facts, bytes: bytes.browse + bytes.play };
}

/** Takes a lesson off the list. Its number stays taken. Null: it is not on the list. */
export async function withdrawLesson(
  id: string,
  options: Omit<PublishOptions, "priority">,
): Promise<Released | null> {
  const { tree, nowMs } = options;
  const before = await readTree(tree);
  const { targets } = before.lessons;
  const kept = Object.entries(targets).filter(([path]) => path.split("/")[1] !== id);
  if (kept.length === Object.keys(targets).length) return null;
  const keys = await readKeys(options.keysFolder, options.passphrase);
  const lessons = { ...before.lessons, targets: Object.fromEntries(kept) };
  return release({ tree, keys, nowMs, before, lessons });
}
