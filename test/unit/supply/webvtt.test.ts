import fc from "fast-check";
import { expect, test } from "vitest";
import { captionAt, parseWebVtt } from "../../../protocol/webvtt.ts";

test("cues are read with their times and lines", () => {
  const file =
    "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\n先看叶\n再看穗\n\n01:00:00.000 --> 01:00:01.000\n完\n";
  expect(parseWebVtt(file)).toEqual({
    captions: [
      { fromMs: 1000, toMs: 2500, text: "先看叶\n再看穗" },
      { fromMs: 3_600_000, toMs: 3_601_000, text: "完" },
    ],
    problems: [],
  });
});

test.each([
  ["a byte order mark", "\uFEFFWEBVTT\n\n00:01.000 --> 00:02.000\n字"],
  ["carriage returns", "WEBVTT\r\n\r\n00:01.000 --> 00:02.000\r\n字\r\n"],
  ["a title", "WEBVTT - 稻瘟病\n\n00:01.000 --> 00:02.000\n字"],
  ["header metadata", "WEBVTT\nKind: captions\nLanguage: zh\n\n00:01.000 --> 00:02.000\n字"],
  ["no empty line after the header", "WEBVTT\n00:01.000 --> 00:02.000\n字"],
  ["cue names", "WEBVTT\n\n第一句\n00:01.000 --> 00:02.000\n字"],
  ["settings", "WEBVTT\n\n00:01.000 --> 00:02.000 line:85% align:center\n字"],
  ["tags", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v 老王><b>字</b></v>"],
  ["notes and styles", "WEBVTT\n\nNOTE 记\n一记\n\nSTYLE\n::cue{}\n\n00:01.000 --> 00:02.000\n字"],
  ["many empty lines", "WEBVTT\n\n\n\n00:01.000 --> 00:02.000\n字\n\n\n"],
])("%s changes nothing", (_, file) => {
  expect(parseWebVtt(file)).toEqual({
    captions: [{ fromMs: 1000, toMs: 2000, text: "字" }],
    problems: [],
  });
});

test("entities become their characters, once", () => {
  const { captions } = parseWebVtt("WEBVTT\n\n00:01.000 --> 00:02.000\n1 &lt; 2 &amp;lt;");
  expect(captions[0]?.text).toBe("1 < 2 &lt;");
});

test.each([
  ["", 1],
  ["WEBVT\n\n00:01.000 --> 00:02.000\n字", 1],
  ["WEBVTT\n\n00:02.000 --> 00:01.000\n字", 3],
  ["WEBVTT\n\n0:01 --> 0:02\n字", 3],
  ["WEBVTT\n\n00:01,000 --> 00:02,000\n字", 3],
  ["WEBVTT\n\n00:61.000 --> 01:02.000\n字", 3],
  ["WEBVTT\n\n没有时间的一段", 3],
])("%j is told with its line", (file, line) => {
  const { captions, problems } = parseWebVtt(file);
  expect(captions).toEqual([]);
  expect(problems.map((problem) => problem.line)).toEqual([line]);
});

test("a wrong cue leaves the others alone", () => {
  const file = "WEBVTT\n\n00:09.000 --> 00:01.000\n错\n\n00:01.000 --> 00:02.000\n对";
  expect(parseWebVtt(file).captions).toHaveLength(1);
});

test("no text makes the parser throw, and what it reads is in order", () => {
  const line = fc.constantFrom("WEBVTT", "", "00:01.000 --> 00:02.000", "-->", "字", "NOTE", "<b>");
  fc.assert(
    fc.property(fc.array(fc.oneof(line, fc.string())), (lines) => {
      const { captions } = parseWebVtt(`WEBVTT\n\n${lines.join("\n")}`);
      return captions.every(({ fromMs, toMs }, index) => {
        return toMs > fromMs && fromMs >= (captions[index - 1]?.fromMs ?? 0);
      });
    }),
  );
});

test("at every moment the caption that stands is found", () => {
  const times = fc.array(fc.tuple(fc.nat(60_000), fc.integer({ min: 1, max: 3000 })));
  fc.assert(
    fc.property(times, fc.nat(70_000), (spans, atMs) => {
      let end = 0;
      const captions = spans.map(([gap, length]) => {
        const fromMs = end + (gap % 500);
        end = fromMs + length;
        return { fromMs, toMs: end, text: "字" };
      });
      const standing = captions.find(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs) ?? null;
      expect(captionAt(captions, atMs)).toBe(standing);
    }),
  );
});
