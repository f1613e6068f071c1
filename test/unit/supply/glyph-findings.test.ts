import { createRequire } from "node:module";
import { dirname } from "node:path";
import { expect, test } from "vitest";
import { readGlyphs } from "../../../console/supply/lesson/font-glyphs.ts";
import {
  captionTexts,
  glyphFindings,
  materialTexts,
} from "../../../console/supply/lesson/glyph-findings.ts";

const require = createRequire(import.meta.url);
const FONT = require.resolve("@expo-google-fonts/noto-sans-sc/500Medium/NotoSansSC_500Medium.ttf");
const only = (text: string) => {
  const points = new Set([...text].map((character) => character.codePointAt(0)));
  return { has: (codePoint: number) => points.has(codePoint) };
};

test("a character that the font lacks is named with its place and its number", () => {
  const texts = [{ path: "material.json#/points/0/text", text: "看𠮷叶" }];
  expect(glyphFindings(texts, only("看叶"))).toMatchObject([
    { level: "error", path: "material.json#/points/0/text", text: /「𠮷」（U\+20BB7）/ },
  ]);
  expect(glyphFindings(texts, only("看𠮷叶"))).toEqual([]);
});

test("one that comes often is named once, and of many the first eight", () => {
  const [twice] = glyphFindings([{ path: "p", text: "龘龘" }], only(""));
  expect(twice?.text.match(/「/g)).toHaveLength(1);
  const [many] = glyphFindings([{ path: "p", text: "一二三四五六七八九十" }], only(""));
  expect(many?.text.match(/「/g)).toHaveLength(8);
  expect(many?.text).toContain("等 10 个字");
});

test("spaces, line ends and marks that only steer others need no glyph", () => {
  expect(glyphFindings([{ path: "p", text: "叶 \u3000\n\t\u200b\ufe0f叶" }], only("叶"))).toEqual(
    [],
  );
});

test("every shown string of a material is looked at, and no name or path", () => {
  const material = {
    schema: "one-room.material/1",
    points: [{ id: "p1", text: "甲", check: "乙" }],
    hint: { cards: [{ text: "丙", narration: "audio/h.ogg" }] },
    explain: { cues: [{ atMs: 1, speak: "丁", text: "戊" }] },
    discuss: { topics: [{ id: "t1", text: "己", points: ["庚", "辛"] }] },
    feedback: { questions: [{ id: "f1", text: "壬", options: ["癸", "子"] }] },
    practise: { tasks: [{ id: "k1", kind: "try", text: "丑", dueDays: 3 }] },
    watch: { segments: [{ fromMs: 0, title: "寅" }] },
  };
  const texts = materialTexts("m.json", material);
  expect(texts.map(({ text }) => text).join("")).toBe("甲乙丙丁戊己庚辛壬癸子丑寅");
  expect(texts.find(({ text }) => text === "辛")?.path).toBe("m.json#/discuss/topics/0/points/1");
});

test("a caption is named by its time", () => {
  const file = "WEBVTT\n\n01:05.500 --> 01:07.000\n先看叶\n";
  expect(captionTexts("c.vtt", file)).toEqual([{ path: "c.vtt@65.5s", text: "先看叶" }]);
});

test("a real font has what people write, and no private signs; no folder has no glyphs", async () => {
  const glyphs = await readGlyphs(dirname(FONT));
  expect([..."稻瘟病，A1"].every((each) => glyphs?.has(each.codePointAt(0) ?? 0))).toBe(true);
  expect(glyphs?.has(0xe000)).toBe(false);
  expect(await readGlyphs("/nowhere/at/all")).toBeNull();
});
