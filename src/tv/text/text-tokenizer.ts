/**
 * Where a Chinese line may break. The engine breaks at spaces only; so every character becomes a
 * token of its own, with closing punctuation glued to the one before and opening punctuation to
 * the one after (避头尾), and Latin words and numbers kept whole.
 */
// Escapes: full-width signs (U+FFxx) look like ASCII in many an editor, and were once mistaken.
const CLOSING =
  /[\uff0c\u3002\u3001\uff1b\uff1a\uff1f\uff01\uff09\u300b\u300d\u300f\u3011\u3015\u201d\u2019\u2026\u00b7%\u2103,.;:?!)\]}~]/u;
const OPENING = /[\uff08(\u300a\u300c\u300e\u3010\u3014\u201c\u2018[{]/u;
const WORD = /[0-9A-Za-z.+\-/%°]/u;

export interface TextToken {
  readonly tokens: string[];
}

/** The shape that Lightning's `TextTokenizer.setCustomTokenizer` wants: one entry a paragraph. */
export function tokenizeText(text: string): TextToken[] {
  return text.split("\n").map((line) => ({ tokens: tokenizeLine(line) }));
}

export function tokenizeLine(line: string): string[] {
  const tokens: string[] = [];
  let opening = "";
  // By code points: a rare character is two UTF-16 units and must not be torn.
  for (const character of line) {
    if (OPENING.test(character)) {
      opening += character;
      continue;
    }
    const last = tokens[tokens.length - 1];
    if (opening === "" && last !== undefined && belongsTo(last, character)) {
      tokens[tokens.length - 1] = last + character;
    } else {
      tokens.push(opening + character);
      opening = "";
    }
  }
  if (opening !== "") tokens.push(opening);
  return tokens;
}

function belongsTo(last: string, character: string): boolean {
  if (CLOSING.test(character)) return true;
  const end = last[last.length - 1] ?? "";
  return WORD.test(character) && WORD.test(end);
}
