/**
 * Which characters the page's own fonts have. What they lack is drawn with the system's letters, as
 * far as it has them: 本机情况 lists it, and the number beside each name tells people apart.
 */

/** A JSON string of all of them, made by the build beside the fonts. */
export const CHARACTERS = "fonts/characters.json";

/** Each once, in the order they come. */
export function strangeIn(text: string, covered: ReadonlySet<string>): string[] {
  const seen = [...new Set(text)];
  return seen.filter((character) => character.trim() !== "" && !covered.has(character));
}
