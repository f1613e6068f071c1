/** What the page 片源 says of a night, of its troubles and of what comes next. */
import { expect, test } from "vitest";
import {
  catalogueWords,
  doneWords,
  endWords,
  failedWords,
  minuteOf,
  minuteText,
  nextWords,
  refreshWords,
  settingsWords,
  supplyTroubles,
} from "../../../console/web/words/supply-words.ts";
import type { BoxSupply, RefreshLine } from "../../../protocol/console-api.ts";
import type { NightState, RefreshPayload } from "../../../protocol/generated/types.ts";
import { DEFAULT_SUPPLY } from "../../../protocol/supply-settings.ts";

/** 2026-11-23 10:12 in the county. */
const CLOCK = { utcOffsetMinutes: 480, nowMs: Date.UTC(2026, 10, 23, 2, 12) };
const HOUR = 3_600_000;

const lineOf = (
  more: Partial<RefreshPayload> = {},
  at: Partial<RefreshLine> = {},
): RefreshLine => ({
  atMs: CLOCK.nowMs - 8 * HOUR,
  isReceiptTime: false,
  refresh: {
    ...{ mode: "night", tookMs: 720_000, bytes: 163_577_856, end: "done" },
    ...{ added: ["a", "b"], removed: [], failed: [], nextMs: 1 },
    ...more,
  },
  ...at,
});

const nights = (more: Partial<NightState> = {}): NightState => ({
  ...{ doneOn: "2026-11-23", tried: null, nextMs: HOUR, alarms: [], wanted: [] },
  ...more,
});

const boxOf = (more: Partial<BoxSupply> = {}): BoxSupply => ({
  ...{ box: "b", name: "n", place: "p", link: "online", lessonsReady: 1, lessonsTotal: 1 },
  ...{ nights: nights(), heardAtMs: CLOCK.nowMs, last: null },
  ...more,
});

test("a night that was done says what came, how much, and how long it took", () => {
  expect(refreshWords(lineOf(), CLOCK)).toEqual({
    when: "今天 02:12",
    what: "新到 2 个；下载 156 MB，用了12 分钟",
    isWrong: false,
  });
});

test("a night that ended early says why, and what is to be done", () => {
  const words = refreshWords(lineOf({ end: "no-space", added: [], removed: ["x"] }), CLOCK);
  expect(words.what).toBe(
    "没有新到的；清掉 1 个；下载 156 MB，用了12 分钟；播放盒的磁盘满了。请腾出空间，或换大一点的盘",
  );
  expect(words.isWrong).toBe(true);
});

test("a catalogue that is not believed says what is wrong with it", () => {
  const { what } = refreshWords(
    lineOf({ end: "bad-catalogue", catalogue: "refused: timestamp expired" }),
    CLOCK,
  );
  expect(what).toContain("片源目录不可信，没有收（签名过期了。请看看县控制台有没有每天签名）");
  expect(catalogueWords("refused: root unsigned")).toBe("不是本县的私钥签的");
  expect(catalogueWords("refused: x malformed")).toBe("读不懂");
  expect(catalogueWords("unreachable: root")).toBe("");
  expect(catalogueWords(undefined)).toBe("");
});

test("a record that came later than its night says when it came", () => {
  expect(refreshWords(lineOf({}, { isReceiptTime: true }), CLOCK).when).toBe("今天 02:12 收到");
});

test("what failed is named by its title, with its reason; an unknown reason is not hidden", () => {
  const failed = [
    { lesson: "rice", why: "missing" },
    { lesson: "fire", why: "strange" },
  ];
  expect(failedWords(failed, new Map([["rice", "稻瘟病"]]))).toEqual([
    "稻瘟病：片源里缺它的文件",
    "fire：strange",
  ]);
});

test("only what a person must look at is a trouble", () => {
  const tried = (end: RefreshPayload["end"]) => ({ nights: nights({ tried: { agoMs: 1, end } }) });
  expect(supplyTroubles(boxOf(tried("done")))).toEqual([]);
  expect(supplyTroubles(boxOf(tried("stopped")))).toEqual([]);
  expect(supplyTroubles(boxOf(tried("unreachable")))).toEqual([endWords("unreachable")]);
  const frozen = boxOf({ nights: nights({ alarms: ["frozen"] }) });
  expect(supplyTroubles(frozen)).toEqual(["片源目录一个星期没有变过，可能被人截住了"]);
});

test("when it was last done, and when it looks again, is said only as far as it is known", () => {
  expect(doneWords(boxOf())).toBe("11月23日");
  expect(doneWords(boxOf({ nights: null }))).toBe("这台播放盒还没有报告过");
  expect(doneWords(boxOf({ nights: nights({ doneOn: null }) }))).toBe("还没有更新过");
  expect(nextWords(boxOf(), CLOCK)).toBe("今天 11:12");
  expect(nextWords(boxOf({ link: "lost" }), CLOCK)).toBe("开机以后");
  expect(nextWords(boxOf({ nights: nights({ nextMs: null }) }), CLOCK)).toBe("正在更新");
  expect(nextWords(boxOf({ nights: null }), CLOCK)).toBe("不知道");
});

test("settings are read and written as times of the day", () => {
  expect(settingsWords(DEFAULT_SUPPLY)).toBe(
    "每晚 01:00 到 05:00；最快 2000 kbit/s；一晚最多 400 MB；没人用满 15 分钟才开始；晚上没开机的，白天空闲时慢慢下",
  );
  const across = { ...DEFAULT_SUPPLY, window: { fromMinute: 1380, toMinute: 240 } };
  expect(settingsWords(across)).toContain("每晚 23:00 到 次日 04:00");
  expect([minuteOf("01:00"), minuteOf(" 1:30"), minuteOf("23:59")]).toEqual([60, 90, 1439]);
  expect([minuteOf("24:00"), minuteOf("1点"), minuteOf("12:60"), minuteOf("")]).toEqual([
    null,
    null,
    null,
    null,
  ]);
  expect(minuteText(65)).toBe("01:05");
});
