/** `lesson list`: only looks, also while the box runs. */
import type { LessonEntry, LessonLibrary, LibraryUsage } from "../../media-cache/library.ts";
import { openLibrary } from "../../media-cache/open-library.ts";
import { NodeBlobDisk } from "../../platform/node/node-blob-disk.ts";
import { nodeSha256 } from "../../platform/node/node-sha256.ts";
import { VERSION } from "../../src/box/software.ts";
import { cacheFolder, sayNoFolder } from "./cache-folder.ts";
import { printJson, sayingErrors } from "./say-error.ts";

export interface ListCommandOptions {
  readonly data: string;
  readonly verify?: true;
  readonly json?: true;
}

const STATES: Readonly<Record<LessonEntry["state"], string>> = {
  ready: "可以放",
  partial: "不全",
  absent: "没有文件",
  quarantined: "坏了",
  "needs-upgrade": "需要先升级",
};

export function listCommand(options: ListCommandOptions): Promise<void> {
  return sayingErrors(async () => {
    const cacheDir = cacheFolder(options.data);
    if (cacheDir === null) return sayNoFolder(options.data);
    const library = await openLibrary({
      disk: new NodeBlobDisk(),
      sha256: nodeSha256,
      cacheDir,
      readOnly: true,
      playerVersion: VERSION,
    });
    if (options.verify === true) await openAll(library);
    const entries = library.list();
    if (entries.some(({ state }) => state !== "ready")) process.exitCode = 1;
    const usage = library.usage();
    if (options.json === true) printJson({ lessons: entries.map(facts), bytes: usage.bytes });
    else process.stdout.write(`${[...entries.map(line), sumUp(usage)].join("\n")}\n`);
  });
}

async function openAll(library: LessonLibrary): Promise<void> {
  for (const { manifest } of library.list()) await library.open(manifest.id, manifest.version);
}

function sumUp({ lessons, ready, bytes }: LibraryUsage): string {
  return `共 ${lessons} 个课件，${ready} 个可以放，占 ${(bytes / 1e6).toFixed(1)} MB。`;
}

function facts({ manifest, sha256, state, why }: LessonEntry): Record<string, unknown> {
  const { id, version, number, title, category, durationMs } = manifest;
  return { id, version, number, title, category, durationMs, sha256, state, why };
}

function line({ manifest, state, why }: LessonEntry): string {
  const { number, title, version, durationMs } = manifest;
  const minutes = Math.max(1, Math.round(durationMs / 60_000));
  const told = `${number} 《${title}》第 ${version} 版 ${minutes} 分 ${STATES[state]}`;
  return why === undefined ? told : `${told}：${why}`;
}
