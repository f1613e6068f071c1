/**
 * The page's two fonts, made at build time from a full one: GB 2312, what 通用规范汉字表 (8,105
 * characters) has besides, ASCII and punctuation. Ready-made web fonts lack hundreds of them, and
 * names of people are what breaks first.
 */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import subsetFont from "subset-font";

const require = createRequire(import.meta.url);
const CACHE = fileURLToPath(new URL("../../.cache/fonts/", import.meta.url));
const PACKAGE = "@expo-google-fonts/noto-sans-sc";
/** Raise it when the way of making them changes. */
const RECIPE = "3";

/** Named by us: the license (OFL) keeps the font's own name for the unchanged font. */
export const TV_FONTS = [
  { file: "one-room-500.ttf", source: `${PACKAGE}/500Medium/NotoSansSC_500Medium.ttf` },
  { file: "one-room-700.ttf", source: `${PACKAGE}/700Bold/NotoSansSC_700Bold.ttf` },
] as const;

/** Rows 1–3 of GB 2312 are signs, 16–87 characters; 4–9 are kana, Greek, Cyrillic and boxes. */
function gb2312(): string {
  const decoder = new TextDecoder("gbk");
  let text = "";
  for (let row = 0xa1; row <= 0xf7; row += 1) {
    if (row > 0xa3 && row < 0xb0) continue;
    const cells = Uint8Array.from({ length: 94 * 2 }, (_, index) =>
      index % 2 === 0 ? row : 0xa1 + (index >> 1),
    );
    text += decoder.decode(cells);
  }
  return text.replace(/[\ufffd\ue000-\uf8ff]/g, "");
}

function ascii(): string {
  return String.fromCharCode(...Array.from({ length: 0x7f - 0x20 }, (_, index) => index + 0x20));
}

/** Signs of the page, of lessons and of names that GB 2312 does not have. */
const SIGNS = "✔✖▲▼◀▶●○■□★☆〓·•—–…‘’“”℃㎡㎏㎜㎝㎞℉½¼¾²³×÷±≤≥≠≈→←↑↓①②③④⑤⑥⑦⑧⑨⑩¥€㊣";

export function fontText(tableOf8105: string): string {
  return [...new Set(gb2312() + ascii() + SIGNS + tableOf8105)].join("");
}

async function makeFont(source: string, text: string): Promise<Buffer> {
  const font = await readFile(require.resolve(source));
  const stamp = createHash("sha256").update(RECIPE).update(text).update(font).digest("hex");
  const file = `${CACHE}${stamp.slice(0, 24)}.ttf`;
  if (existsSync(file)) return readFile(file);
  const subset = await subsetFont(font, text, { targetFormat: "truetype" });
  await mkdir(CACHE, { recursive: true });
  // Two builds at once may make the same file: each renames its own, whole one.
  await writeFile(`${file}.${process.pid}`, subset);
  await rename(`${file}.${process.pid}`, file);
  return subset;
}

/** Every character that the page's fonts have. */
export async function tvFontText(): Promise<string> {
  const table = await readFile(new URL("./font/hanzi-8105.txt", import.meta.url), "utf8");
  return fontText(table.replace(/^#.*$/gm, "").replace(/\s/g, ""));
}

/** The files to ship, the license and the list of characters among them. */
export async function makeTvFonts(): Promise<{ file: string; bytes: Buffer }[]> {
  const text = await tvFontText();
  const fonts = [];
  for (const { file, source } of TV_FONTS) {
    fonts.push({ file, bytes: await makeFont(source, text) });
  }
  const license = await readFile(require.resolve(`${PACKAGE}/LICENSE_FONT`));
  const characters = Buffer.from(JSON.stringify(text));
  return [
    ...fonts,
    { file: "OFL.txt", bytes: license },
    { file: "characters.json", bytes: characters },
  ];
}
