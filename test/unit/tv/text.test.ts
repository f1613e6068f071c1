import { describe, expect, it } from "vitest";
import { captionAt, parseCaptions } from "../../../src/tv/player/captions.ts";
import { tokenizeLine, tokenizeText } from "../../../src/tv/text/text-tokenizer.ts";

describe("where a Chinese line may break", () => {
  it("is after each character, but never before closing punctuation", () => {
    expect(tokenizeLine("看片,想一想。")).toEqual(["看", "片,", "想", "一", "想。"]);
  });

  it("is never before full-width signs, which lessons are written with", () => {
    const signs = ["\uff0c", "\uff1f", "\uff1a", "\uff1b", "\uff01", "\uff09"];
    for (const sign of signs) expect(tokenizeLine(`\u770b${sign}`)).toEqual([`\u770b${sign}`]);
    expect(tokenizeLine("\uff08\u770b")).toEqual(["\uff08\u770b"]);
  });

  it("is never after an opening bracket", () => {
    expect(tokenizeLine("《稻瘟病》")).toEqual(["《稻", "瘟", "病》"]);
    expect(tokenizeLine("(“好”)")).toEqual(["(“好”)"]);
  });

  it("is never inside a word or a number", () => {
    expect(tokenizeLine("每亩20.5克ABC药")).toEqual(["每", "亩", "20.5", "克", "ABC", "药"]);
  });

  it("is never inside a character of two UTF-16 units", () => {
    expect(tokenizeLine("𬭎钢")).toEqual(["𬭎", "钢"]);
  });

  it("is at every new line", () => {
    expect(tokenizeText("一\n二")).toEqual([{ tokens: ["一"] }, { tokens: ["二"] }]);
  });
});

describe("captions", () => {
  const text = [
    "WEBVTT",
    "",
    "NOTE made by hand",
    "",
    "1",
    "00:00:00.800 --> 00:00:02.000",
    "第一行",
    "<b>第二行</b> &amp;",
    "",
    "01:05.000 --> 01:06.500 align:center",
    "后来",
  ].join("\r\n");

  it("are read with their times, without their mark-up", () => {
    expect(parseCaptions(text)).toEqual([
      { startMs: 800, endMs: 2000, lines: ["第一行", "第二行 &"] },
      { startMs: 65_000, endMs: 66_500, lines: ["后来"] },
    ]);
  });

  it("are shown from their start until just before their end", () => {
    const captions = parseCaptions(text);
    expect(captionAt(captions, 799)).toBeNull();
    expect(captionAt(captions, 800)?.lines).toEqual(["第一行", "第二行 &"]);
    expect(captionAt(captions, 2000)).toBeNull();
  });
});
