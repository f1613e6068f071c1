import { expect, test } from "vitest";
import {
  captionFindings,
  materialFindings,
  widthOf,
} from "../../../console/supply/lesson/text-findings.ts";
import type { Material } from "../../../protocol/generated/types.ts";

const FILM = { durationMs: 60_000 };
const material = (parts: Omit<Material, "schema">): Material => ({
  schema: "one-room.material/1",
  ...parts,
});
const paths = (parts: Omit<Material, "schema">) =>
  materialFindings("material.json", material(parts), FILM).map(({ path }) => path);
const vtt = (times: string, text: string) =>
  captionFindings("c.vtt", `WEBVTT\n\n${times}\n${text}\n`, FILM.durationMs);

test("two letters are as wide as one character", () => {
  expect(widthOf("稻瘟病")).toBe(3);
  expect(widthOf("ab12")).toBe(2);
  expect(widthOf("𠮷")).toBe(1);
});

test("a point of 17 characters fits, one of 18 does not", () => {
  expect(paths({ points: [{ id: "p", text: "字".repeat(17) }] })).toEqual([]);
  expect(paths({ points: [{ id: "p", text: "字".repeat(18) }] })).toEqual([
    "material.json#/points/0/text",
  ]);
});

test("a card takes three lines of 14", () => {
  const card = (text: string) => paths({ hint: { cards: [{ text }] } });
  expect(card("字".repeat(42))).toEqual([]);
  expect(card(`${"字".repeat(15)}\n字\n字`)).toEqual(["material.json#/hint/cards/0/text"]);
  expect(card("字\n字\n字\n字")).toEqual(["material.json#/hint/cards/0/text"]);
});

test("a cue after the end of the film is unreachable", () => {
  const cue = (atMs: number) => ({ atMs, speak: "请讲", text: "字" });
  expect(paths({ explain: { cues: [cue(59_999)] } })).toEqual([]);
  expect(paths({ explain: { cues: [cue(10), cue(60_000)] } })).toEqual([
    "material.json#/explain/cues/1",
  ]);
});

test("cues that are out of order are told", () => {
  const cues = [20, 10].map((atMs) => ({ atMs, speak: "请讲", text: "字" }));
  expect(paths({ explain: { cues } })).toEqual(["material.json#/explain/cues/1"]);
});

test("options and topics are measured like points and cards", () => {
  const question = { id: "q", text: "问", options: ["好", "字".repeat(18)] as [string, string] };
  const topic = { id: "t", text: "字\n字\n字\n字", points: ["字".repeat(18)] };
  expect(
    paths({ feedback: { questions: [question] }, discuss: { topics: [topic] } }).sort(),
  ).toEqual([
    "material.json#/discuss/topics/0/points/0",
    "material.json#/discuss/topics/0/text",
    "material.json#/feedback/questions/0/options/1",
  ]);
});

test.each([
  ["四个字呀", []],
  ["四个字呀好", ["warning"]],
  ["一二三四五六", ["error"]],
  ["四，个。字！呀？", []],
])("a caption of one second that says %s is judged by its characters", (text, levels) => {
  expect(vtt("00:01.000 --> 00:02.000", text).map(({ level }) => level)).toEqual(levels);
});

test("a caption after the end, one too wide and one that is broken are told", () => {
  expect(vtt("01:00.000 --> 01:09.000", "字")).toMatchObject([{ level: "error" }]);
  expect(vtt("00:01.000 --> 00:20.000", "字".repeat(19))).toMatchObject([{ level: "warning" }]);
  expect(vtt("00:09.000 --> 00:01.000", "字")).toMatchObject([{ path: "c.vtt:3" }]);
});
