/** Goal: no character of the page's own words is missing from its fonts, and what lacks is named. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { strangeIn } from "../../../src/tv/font/characters.ts";
import { tvFontText } from "../../../src/tv/fonts.config.ts";
import { rareLines } from "../../../src/tv/screens/machine.ts";
import { ROOT } from "../../support/process.ts";

/** Where the words come from that the page shows. */
const SPEAKERS = ["src/tv", "src/room", "src/session", "media-cache", "protocol"];

test("every character that the page or its service can say is in both fonts", async () => {
  const covered = new Set(await tvFontText());
  for (const folder of SPEAKERS) {
    const names = readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" });
    for (const name of names.filter((path) => path.endsWith(".ts"))) {
      const text = readFileSync(join(ROOT, folder, name), "utf8");
      const said = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
      expect(strangeIn(said, covered), `${folder}/${name}`).toEqual([]);
    }
  }
});

test("common names are whole; a rare one is listed with its number, and a rare title too", async () => {
  const text = await tvFontText();
  const members = [
    { no: 1, name: "王桂兰" },
    { no: 2, name: "阿依古丽·买买提" },
    { no: 3, name: "张𠮷明" },
  ];
  const lessons = [{ title: "看𠮷叶" }, { title: "稻瘟病" }];
  const [said, ...listed] = rareLines(text, { members, lessons });
  expect(said).toMatch(/^▲/);
  expect(listed).toEqual(["03 张𠮷明", "《看𠮷叶》"]);
  expect(rareLines(text, { members: members.slice(0, 2), lessons: [] })).toEqual([
    "名册和片名里的字都有 ✔",
  ]);
  expect(rareLines(null, { members, lessons })).toEqual([]);
});
