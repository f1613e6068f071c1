/** Which characters the fonts of the TV page can draw. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

export interface Glyphs {
  /** Of a code point. */
  has(codePoint: number): boolean;
}

/**
 * What all fonts of the folder have: the page draws the same words in more than one weight.
 * @returns null when there is no font
 * @throws NodeJS.ErrnoException when the folder is there and cannot be read
 */
export async function readGlyphs(folder: string): Promise<Glyphs | null> {
  const names = (await listFolder(folder)).filter((name) => name.endsWith(".ttf"));
  if (names.length === 0) return null;
  const sets = await Promise.all(names.map((name) => readFont(join(folder, name))));
  return { has: (codePoint) => sets.every((set) => set.has(codePoint)) };
}

async function listFolder(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

async function readFont(file: string): Promise<ReadonlySet<number>> {
  // Unpacks half a megabyte of code: only for who checks a lesson.
  const { Blob, Face } = await import("harfbuzzjs");
  return new Set(new Face(new Blob(await readFile(file))).collectUnicodes());
}
