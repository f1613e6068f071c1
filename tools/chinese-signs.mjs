/**
 * Chinese sentences have Chinese signs: full-width commas, colons, brackets. Many a keyboard types
 * ASCII ones, so this finds them in what people read, and with `--write` sets them.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { ROOT, say } from "./setup.mjs";

const CODE = [
  "src",
  "platform",
  "protocol",
  "media-cache",
  "console",
  "cli",
  "tools",
  "test",
  "bench",
];
const PAGES = ["docs/操作手册"];
const HANZI = "\\u3000-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{323af}";
const ANY_HANZI = new RegExp(`[${HANZI}]`, "u");
const CLOSING = "\\u201d\\u2019\\uff09";
const OPENING = "\\u201c\\u2018\\uff08";
/** A sign behind a character, or before one; never the ASCII list of an English sentence. */
const AFTER = new RegExp(`(?<=[${HANZI}${CLOSING}])[,;:?!](?! )`, "gu");
const BEFORE = new RegExp(`(?<=[^\\s,;:?!])[,;:?!](?=[${HANZI}${OPENING}])`, "gu");
const BRACKETS = new RegExp(`\\(([^()]*[${HANZI}][^()]*)\\)|(?<=[${HANZI}}])\\(([^()]*)\\)`, "gu");
/** In a regular expression `?` and brackets mean something else. */
const SIGN_IN_REGEXP = new RegExp(`(?<=[${HANZI}${CLOSING}])[,;:](?! )|[,;:](?=[${HANZI}])`, "gu");
const BRACKETS_IN_REGEXP = new RegExp(
  `\\\\\\(([^()]*[${HANZI}][^()]*)\\\\\\)|(?<=[${HANZI}])\\\\\\(([^()]*)\\\\\\)`,
  "gu",
);
/** Tables as people type them: there an ASCII comma is the format. */
const TABLES = /^test\/unit\/(plan|roster)\/import-/;
/** What stands for a `\${…}` while the words around it are looked at. */
const HOLE = "\ufffc";
const FULL_WIDTH_OFFSET = 0xfee0;

const toFullWidth = (sign) => String.fromCharCode(sign.charCodeAt(0) + FULL_WIDTH_OFFSET);

/** @param {string} text a sentence, or a part of one */
function withChineseSigns(text) {
  if (!ANY_HANZI.test(text)) return text;
  return text
    .replace(BRACKETS, inChineseBrackets)
    .replace(AFTER, toFullWidth)
    .replace(BEFORE, toFullWidth);
}

const inChineseBrackets = (_all, words, rest) => `\uff08${words ?? rest}\uff09`;

function regExpWithChineseSigns(text) {
  return text.replace(BRACKETS_IN_REGEXP, inChineseBrackets).replace(SIGN_IN_REGEXP, toFullWidth);
}

/** What has to change in a source file: places from `from` to `to`, and what stands there then. */
function changesInCode(path, source) {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const changes = [];
  const look = (node, setSigns) => {
    const text = source.slice(node.getStart(), node.end);
    if (isExcused(source, node.end)) return;
    const set = setSigns(text);
    if (set !== text) changes.push({ from: node.getStart(), to: node.end, text: set });
  };
  const visit = (node) => {
    if (
      ts.isStringLiteral(node) ||
      ts.isNoSubstitutionTemplateLiteral(node) ||
      ts.isJsxText(node)
    ) {
      look(node, withChineseSigns);
    } else if (ts.isRegularExpressionLiteral(node)) {
      look(node, regExpWithChineseSigns);
    } else if (ts.isTemplateExpression(node)) {
      changes.push(...changesInTemplate(node, source));
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return changes;
}

/** A line that says why on itself: `// signs: a table`. */
function isExcused(source, at) {
  const end = source.indexOf("\n", at);
  return source.slice(at, end === -1 ? undefined : end).includes("// signs:");
}

/** A template is one sentence: its holes stand in it as one character each. */
function changesInTemplate(node, source) {
  const parts = [node.head, ...node.templateSpans.map((span) => span.literal)];
  const texts = parts.map((part) => source.slice(part.getStart(), part.end));
  const set = withChineseSigns(texts.join(HOLE)).split(HOLE);
  return parts.flatMap((part, index) =>
    set[index] === texts[index] ? [] : [{ from: part.getStart(), to: part.end, text: set[index] }],
  );
}

/** Code in a page of a handbook is typed as it stands. */
function changesInPage(source) {
  const changes = [];
  let fenced = false;
  let from = 0;
  for (const line of source.split("\n")) {
    if (line.startsWith("```")) fenced = !fenced;
    const set = fenced
      ? line
      : line
          .split(/(`[^`]*`|\]\([^)]*\))/u)
          .map((part, odd) => (odd % 2 ? part : withChineseSigns(part)))
          .join("");
    if (set !== line) changes.push({ from, to: from + line.length, text: set });
    from += line.length + 1;
  }
  return changes;
}

function apply(source, changes) {
  let text = source;
  for (const { from, to, text: set } of [...changes].sort((a, b) => b.from - a.from)) {
    text = text.slice(0, from) + set + text.slice(to);
  }
  return text;
}

function filesUnder(folder, pattern) {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && pattern.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/\/(generated|samples)[/.]/.test(path))
    .filter((path) => !TABLES.test(relative(ROOT, path)));
}

/** Every place as `file:line`; with `write` they are set right. */
function findAsciiSigns(write) {
  const code = CODE.flatMap((folder) => filesUnder(folder, /\.(ts|tsx|mjs)$/));
  const pages = PAGES.flatMap((folder) => filesUnder(folder, /\.md$/));
  return [...code, ...pages].flatMap((path) => {
    const source = readFileSync(path, "utf8");
    const changes = path.endsWith(".md") ? changesInPage(source) : changesInCode(path, source);
    if (write && changes.length > 0) writeFileSync(path, apply(source, changes));
    return changes.map(
      ({ from }) => `${relative(ROOT, path)}:${source.slice(0, from).split("\n").length}`,
    );
  });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const write = process.argv.includes("--write");
  const places = findAsciiSigns(write);
  for (const place of places) process.stdout.write(`${place}\n`);
  if (places.length > 0 && !write) {
    say("ASCII signs in Chinese sentences: node tools/chinese-signs.mjs --write sets them.");
    process.exitCode = 1;
  }
}
