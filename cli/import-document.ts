/**
 * What `roster import` and `plan import` share: read a file, judge it, put it into a box's folder.
 */
import { existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import type { RowError } from "../console/supply/roster/find-columns.ts";
import { writeDurableFile } from "../platform/node/node-durable-file.ts";

export interface ImportOptions {
  readonly data: string;
  readonly dryRun?: true;
  readonly json?: true;
}

export interface DocumentKind<Document> {
  /** Where it lies in a box's folder. */
  readonly path: string;
  readonly is: (value: unknown) => value is Document;
  readonly read: (
    bytes: Uint8Array,
    fileName: string,
    previous?: Document,
  ) => Promise<Reading<Document>>;
  /** The facts for `--json`, and the sentence for people. */
  readonly facts: (document: Document) => Record<string, number>;
  readonly sentence: (document: Document) => string;
}

export type Reading<Document> =
  | { readonly ok: true; readonly document: Document }
  | { readonly ok: false; readonly errors: readonly RowError[] };

const PICKED_UP = "播放盒正开着的话，下次启动时用上新的。";

/** A demo folder holds a box's folder. */
function boxFolder(data: string): string {
  const folder = resolve(data);
  return existsSync(join(folder, "box")) ? join(folder, "box") : folder;
}

/** A file that is missing or unreadable counts as none: the new one replaces it whole. */
async function readPrevious<Document>(
  path: string,
  kind: DocumentKind<Document>,
): Promise<Document | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(path, "utf8"));
    return kind.is(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function errorLine({ row, column, text }: RowError): string {
  const place = row === 0 ? "" : `第 ${row} 行${column === "" ? "" : ` ${column}`}：`;
  return `${place}${text}`;
}

function refuse(errors: readonly RowError[], json: true | undefined): void {
  process.exitCode = 1;
  if (json) process.stdout.write(`${JSON.stringify({ ok: false, errors })}\n`);
  else {
    const count = `有 ${errors.length} 处要改，一行也没有导入：`;
    process.stderr.write(`${[count, ...errors.map(errorLine)].join("\n")}\n`);
  }
}

function whyNot(error: unknown, file: string): string {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  const known: Readonly<Record<string, string>> = {
    ENOENT: `没有这个文件或文件夹：${file}`,
    EISDIR: `这是文件夹，不是文件：${file}`,
    ENOTDIR: `这不是文件夹：${file}`,
    EACCES: `没有权限读写：${file}`,
    EROFS: `这里只能读，不能写：${file}`,
    ENOSPC: `磁盘满了，写不下：${file}`,
  };
  return known[code] ?? `读写 ${file} 时出错：${code}`;
}

async function load(file: string): Promise<Uint8Array | null> {
  try {
    return await readFile(file);
  } catch (error) {
    refuse([{ row: 0, column: "", text: whyNot(error, file) }], undefined);
    return null;
  }
}

/**
 * Makes the folder itself when it is new, but never the way to it: that would be a mistyped path.
 */
async function store(folder: string, target: string, content: string): Promise<boolean> {
  try {
    if (!existsSync(folder)) await mkdir(folder);
    await writeDurableFile(target, content, { mode: 0o600 });
    return true;
  } catch (error) {
    refuse([{ row: 0, column: "", text: whyNot(error, target) }], undefined);
    return false;
  }
}

export async function importDocument<Document>(
  file: string,
  options: ImportOptions,
  kind: DocumentKind<Document>,
): Promise<void> {
  const folder = boxFolder(options.data);
  const target = join(folder, kind.path);
  const bytes = await load(file);
  if (bytes === null) return;
  const reading = await kind.read(bytes, basename(file), await readPrevious(target, kind));
  if (!reading.ok) return refuse(reading.errors, options.json);
  const dryRun = options.dryRun === true;
  const content = `${JSON.stringify(reading.document, null, 2)}\n`;
  if (!dryRun && !(await store(folder, target, content))) return;
  const facts = { ok: true, ...kind.facts(reading.document), file: target, written: !dryRun };
  const told = dryRun ? "只检查，没有写入。" : `已写入 ${target}。${PICKED_UP}`;
  process.stdout.write(
    options.json ? `${JSON.stringify(facts)}\n` : `${kind.sentence(reading.document)}${told}\n`,
  );
}
