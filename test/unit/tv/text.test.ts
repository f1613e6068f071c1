import { describe, expect, it } from "vitest";
import { captionAt, parseCaptions } from "../../../src/tv/player/captions.ts";
import { tokenizeLine, tokenizeText } from "../../../src/tv/text/text-tokenizer.ts";
import { breakLines, widthOf, withChineseSigns } from "../../../src/tv/text/typeset.ts";

describe("where a Chinese line may break", () => {
  it("is after each character, but never before closing punctuation", () => {
    expect(tokenizeLine("看片，想一想。")).toEqual(["看", "片，", "想", "一", "想。"]);
  });

  it("is never before full-width signs, which lessons are written with", () => {
    const signs = ["\uff0c", "\uff1f", "\uff1a", "\uff1b", "\uff01", "\uff09"];
    for (const sign of signs) expect(tokenizeLine(`\u770b${sign}`)).toEqual([`\u770b${sign}`]);
    expect(tokenizeLine("\uff08\u770b")).toEqual(["\uff08\u770b"]);
  });

  it("is never after an opening bracket", () => {
    expect(tokenizeLine("《稻瘟病》")).toEqual(["《稻", "瘟", "病》"]);
    expect(tokenizeLine("（“好”）")).toEqual(["（“好”）"]);
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

describe("how a Chinese sentence is set", () => {
  it("has full-width signs between characters, and leaves times and numbers alone", () => {
    expect(withChineseSigns("到了按【确定】，未到按【▶】")).toBe("到了按【确定】\uff0c未到按【▶】");
    expect(withChineseSigns("今天学习：《稻瘟病》")).toBe("今天学习\uff1a《稻瘟病》");
    expect(withChineseSigns("13:51，共 1,200 字")).toBe("13:51，共 1,200 字");
    expect(withChineseSigns("收场（上次没有登记完）")).toBe("收场\uff08上次没有登记完\uff09");
    expect(withChineseSigns("时间已核对（县里）；片子")).toBe(
      "时间已核对\uff08县里\uff09\uff1b片子",
    );
    expect(withChineseSigns("好了吗？好了！")).toBe("好了吗\uff1f好了\uff01");
  });

  it("does not leave one character alone on its line", () => {
    expect(breakLines("我们村哪些田块发过稻瘟病？叶子上是什么样？", 80, 1600)).toEqual([
      "我们村哪些田块发过稻瘟病？",
      "叶子上是什么样？",
    ]);
    expect(breakLines("一二三四五六七八九十甲", 100, 1000)).toEqual(["一二三四五", "六七八九十甲"]);
  });

  it("keeps a number with what it counts", () => {
    expect(breakLines("签到 4 人，实到 35 人，相差 31 人，请核对", 84, 1600)).toEqual([
      "签到 4 人，实到 35 人，",
      "相差 31 人，请核对",
    ]);
  });

  it("keeps to the room it has, in as few lines as can be", () => {
    const text = "到自家田里看二十株，找找有没有梭形病斑，记下来".repeat(2);
    for (const w of [500, 900, 1700]) {
      const lines = breakLines(text, 84, w);
      expect(lines.join("")).toBe(text);
      expect(lines.every((line) => widthOf(line, 84) <= w)).toBe(true);
    }
    expect(breakLines("短", 84, 1700)).toEqual(["短"]);
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
