/** Characters that the TV cannot draw: it would show a box in their place. Pure. */
import type { LessonManifest } from "../../../protocol/generated/types.ts";
import { parseWebVtt } from "../../../protocol/webvtt.ts";
import type { Finding } from "./finding.ts";
import type { Glyphs } from "./font-glyphs.ts";

/** Words that are shown, and where they stand. */
export interface ShownText {
  readonly path: string;
  readonly text: string;
}

/** More than these are one wrong font or file, and the first ones tell. */
const TOLD_MAX = 8;
/** What a person reads; the rest of a material are names, kinds and paths. */
const SHOWN = new Set(["text", "title", "speak", "check", "options", "points"]);
/** Spaces, and what only steers how others are drawn. */
const UNSEEN = /[\s\p{Cc}\p{Default_Ignorable_Code_Point}]/u;

export function titleTexts({ title, category }: LessonManifest, name: string): ShownText[] {
  return [
    { path: `${name}#/title`, text: title },
    { path: `${name}#/category`, text: category },
  ];
}

export function captionTexts(name: string, file: string): ShownText[] {
  const { captions } = parseWebVtt(file);
  return captions.map(({ fromMs, text }) => ({
    path: `${name}@${(fromMs / 1000).toFixed(1)}s`,
    text,
  }));
}

/** Every string under a name that is shown, wherever it stands. */
export function materialTexts(name: string, material: unknown): ShownText[] {
  return [...textsUnder(material, `${name}#`, false)];
}

function* textsUnder(value: unknown, path: string, isShown: boolean): Generator<ShownText> {
  if (typeof value === "string" && isShown) yield { path, text: value };
  if (typeof value !== "object" || value === null) return;
  const isList = Array.isArray(value);
  for (const [key, inside] of Object.entries(value)) {
    yield* textsUnder(inside, `${path}/${key}`, isList ? isShown : SHOWN.has(key));
  }
}

export function glyphFindings(texts: readonly ShownText[], glyphs: Glyphs): Finding[] {
  return texts.flatMap(({ path, text }) => {
    const missing = [...new Set(text)].filter(
      (character) => !UNSEEN.test(character) && !glyphs.has(character.codePointAt(0) ?? 0),
    );
    if (missing.length === 0) return [];
    const told = missing.slice(0, TOLD_MAX).map(nameOf).join("、");
    const more = missing.length > TOLD_MAX ? `等 ${missing.length} 个字` : "";
    const words = `电视的字库里没有 ${told}${more}，会显示成方框，请换别的字`;
    return [{ level: "error" as const, path, text: words }];
  });
}

/** With its number: the clerk's screen may show a box, too. */
function nameOf(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return `「${character}」（U+${code}）`;
}
