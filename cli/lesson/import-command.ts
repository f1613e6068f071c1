/** `lesson import`. */
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { type ImportResult, importLesson } from "../../media-cache/import-lesson.ts";
import { NodeBlobDisk } from "../../platform/node/node-blob-disk.ts";
import { nodeSha256 } from "../../platform/node/node-sha256.ts";
import { VERSION } from "../../src/box/software.ts";
import { cacheFolder, sayNoFolder } from "./cache-folder.ts";
import { printJson, sayingErrors } from "./say-error.ts";
import { terminalBar } from "./terminal-bar.ts";

export interface ImportCommandOptions {
  readonly data: string;
  readonly json?: true;
}

interface Imported {
  readonly folder: string;
  readonly result: ImportResult;
}

export function importCommand(folder: string, options: ImportCommandOptions): Promise<void> {
  return sayingErrors(async () => {
    const cacheDir = cacheFolder(options.data);
    if (cacheDir === null) return sayNoFolder(options.data);
    const imported: Imported[] = [];
    for (const packageDir of await packagesIn(resolve(folder))) {
      imported.push({ folder: packageDir, result: await importOne(packageDir, cacheDir) });
    }
    if (imported.some(({ result }) => !result.ok)) process.exitCode = 1;
    if (options.json === true) return printJson(facts(imported));
    for (const each of imported) tell(each);
  });
}

/** The folder itself when it is a lesson, or else the lessons right under it. */
async function packagesIn(folder: string): Promise<string[]> {
  const isLesson = (path: string) => existsSync(join(path, "manifest.json"));
  if (isLesson(folder)) return [folder];
  const names = (await readdir(folder)).sort();
  const inside = names.map((name) => join(folder, name)).filter(isLesson);
  // None: the import says what is wrong with the folder itself.
  return inside.length === 0 ? [folder] : inside;
}

async function importOne(packageDir: string, cacheDir: string): Promise<ImportResult> {
  const bar = terminalBar();
  const name = basename(packageDir);
  try {
    return await importLesson({
      disk: new NodeBlobDisk(),
      sha256: nodeSha256,
      cacheDir,
      packageDir,
      playerVersion: VERSION,
      onProgress: ({ doneBytes, totalBytes }) => bar.show(name, doneBytes / totalBytes),
    });
  } finally {
    bar.end();
  }
}

function tell({ folder, result }: Imported): void {
  if (result.ok) {
    const { title, version } = result.entry.manifest;
    const what = result.isNew ? "已导入" : "本来就有，已核对";
    process.stdout.write(`《${title}》第 ${version} 版${what}。\n`);
  } else {
    const lines = result.problems.map(({ path, text }) => `  ${path}：${text}`);
    process.stderr.write(`${[`${folder}：${result.text}`, ...lines].join("\n")}\n`);
  }
}

function facts(imported: readonly Imported[]): Record<string, unknown> {
  const lessons = imported.map(({ folder, result }) => {
    if (!result.ok) return { folder, ...result };
    const { manifest, sha256 } = result.entry;
    const { id, version, title } = manifest;
    return { folder, ok: true, id, version, title, sha256, isNew: result.isNew };
  });
  return { ok: imported.every(({ result }) => result.ok), lessons };
}
