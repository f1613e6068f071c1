/**
 * The words of the lessons that are published: titles, topics, questions. Registers and books name
 * a lesson by its manifest's hash, and show what it was called and asked.
 */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { LessonManifest, Material, TufTargets } from "../../../protocol/generated/types.ts";
import { isLessonManifest, isMaterial } from "../../../protocol/generated/validators.js";

export interface PublishedLesson {
  readonly sha256: string;
  readonly manifestText: string;
  readonly manifest: LessonManifest;
  readonly material: Material;
}

const PATH = /^lessons\/([a-z0-9][a-z0-9-]{0,63})\/([1-9]\d{0,8})\.json$/;

/**
 * Those that are listed and not `known`. What cannot be read, or is of a newer format, has no words
 * that this console could show: it is left out, and looked at again the next time.
 */
export async function readPublished(
  tree: string,
  { targets }: Pick<TufTargets, "targets">,
  known: ReadonlySet<string>,
): Promise<PublishedLesson[]> {
  const found: PublishedLesson[] = [];
  for (const [path, target] of Object.entries(targets)) {
    const [, id = "", version = ""] = PATH.exec(path) ?? [];
    const sha256 = target.hashes["sha256"] ?? "";
    if (id === "" || known.has(sha256)) continue;
    const file = join(tree, "targets", "lessons", id, `${sha256}.${version}.json`);
    const lesson = await readLesson(tree, file, sha256);
    if (lesson !== null) found.push(lesson);
  }
  return found;
}

async function readLesson(
  tree: string,
  file: string,
  sha256: string,
): Promise<PublishedLesson | null> {
  const manifestText = await readNamed(file, sha256);
  const manifest = parse(manifestText);
  if (manifestText === null || !isLessonManifest(manifest)) return null;
  const { entry, files } = manifest;
  const blob = files.find(({ path }) => path === entry.material)?.sha256 ?? "";
  const material = parse(await readNamed(join(tree, "blobs", blob.slice(0, 2), blob), blob));
  return isMaterial(material) ? { sha256, manifestText, manifest, material } : null;
}

/** Null when it is not there, or is not what its name says. */
async function readNamed(file: string, sha256: string): Promise<string | null> {
  try {
    const bytes = await readFile(file);
    const hash = createHash("sha256").update(bytes).digest("hex");
    return hash === sha256 ? bytes.toString("utf8") : null;
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (["ENOENT", "ENOTDIR", "EISDIR"].includes(code)) return null;
    throw error;
  }
}

function parse(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
