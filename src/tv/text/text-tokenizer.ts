/**
 * Where a Chinese line may break. The engine breaks at spaces only; so every character becomes a
 * token of its own, with closing punctuation glued to the one before and opening punctuation to
 * the one after (避头尾), and Latin words and numbers kept whole.
 */
const CLOSING = /[,。、;:?!)》」』】〕”’…·%℃,.;:?!)\]}~]/u;
const OPENING = /[(《「『【〔“‘([{]/u;
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
