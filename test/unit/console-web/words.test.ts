import fc from "fast-check";
import { expect, test } from "vitest";
import {
  handsText,
  headsDiffer,
  headsSentence,
  presentShare,
  sumSentence,
} from "../../../console/web/words/attendance-words.ts";
import { clockOffsetWords, clockSourceWords } from "../../../console/web/words/clock-words.ts";
import { backlogWords, epochWords, gapsWords } from "../../../console/web/words/journal-words.ts";
import { linkName, linkSince } from "../../../console/web/words/link-words.ts";
import {
  audienceWords,
  placesOf,
  roomStateWords,
} from "../../../console/web/words/notice-words.ts";
import { bytesText, countText, memberNumberText } from "../../../console/web/words/numbers.ts";
import { isInSession, screenWords } from "../../../console/web/words/screen-words.ts";
import {
  instantText,
  openedDate,
  openedWords,
  progressWords,
  sessionTitle,
} from "../../../console/web/words/session-words.ts";
import { watchedWords } from "../../../console/web/words/viewing-words.ts";
import type { ScreenState } from "../../../protocol/generated/types.ts";

const CLOCK = { utcOffsetMinutes: 480, nowMs: Date.UTC(2026, 10, 24, 2) };
const COUNTS = { expected: 50, P: 38, L: 2, X: 0, V: 4, A: 3, unmarked: 3, G: 1, Q: 1 };

test("the sum of attendance is written out so that it adds up", () => {
  expect(sumSentence(COUNTS)).toBe(
    "应到 50 = 到 38 + 迟到 2 + 早退 0 + 请假 4 + 缺席 3 + 未登记 3",
  );
});

test("a sum that does not add up says so, and no other does", () => {
  const count = fc.nat(400);
  const counts = fc.record({ P: count, L: count, X: count, V: count, A: count, unmarked: count });
  fc.assert(
    fc.property(counts, fc.integer({ min: -3, max: 3 }), (parts, error) => {
      const sum = Object.values(parts).reduce((total, part) => total + part, 0);
      const sentence = sumSentence({ ...parts, expected: sum + error, G: 0, Q: 0 });
      expect(sentence.includes("对不上")).toBe(error !== 0);
    }),
  );
});

test("heads are compared with everybody in the room, guests too", () => {
  const line = { counts: COUNTS, welcome: 0, headsAsked: true };
  expect(headsSentence({ ...line, heads: 42 })).toBe("现场清点 42 人，与签到一致");
  expect(headsSentence({ ...line, heads: 40 })).toBe("签到 42 人，现场清点 40 人，相差 2 人");
  expect(headsSentence({ ...line, heads: null })).toBe("现场人数没有清点");
  expect(headsSentence({ ...line, heads: null, headsAsked: false })).toBe("还没到清点人数的步骤");
  expect(headsDiffer({ counts: COUNTS, welcome: 0, heads: null })).toBe(false);
  // 双管 members are in the room, and in no 应到.
  expect(headsDiffer({ counts: COUNTS, welcome: 3, heads: 45 })).toBe(false);
});

test("what is not known is a dash, never a zero", () => {
  expect(countText(null)).toBe("—");
  expect(countText(0)).toBe("0");
  expect(bytesText(null)).toBe("—");
  expect(backlogWords(null)).toBe("—");
  expect(memberNumberText(0, 2)).toBe("—");
  expect(presentShare({ ...COUNTS, expected: 0 })).toBe("—");
  expect(handsText(null)).toBe("没有数");
});

test("numbers carry their unit", () => {
  expect(bytesText(6.25 * 1024 ** 3)).toBe("6.3 GB");
  expect(bytesText(300 * 1024 ** 2)).toBe("300 MB");
  expect(memberNumberText(7, 2)).toBe("07");
  expect(memberNumberText(7, 3)).toBe("007");
  expect(handsText(0)).toBe("0 人");
  expect(handsText("most")).toBe("多数");
});

test("a link is told by name and since when", () => {
  const sinceMs = CLOCK.nowMs - 86_400_000;
  expect(linkName({ link: "online", state: "ready" })).toBe("在线");
  expect(linkName({ link: "online", state: "init" })).toBe("在线 · 正在启动");
  expect(linkName({ link: "lost", state: "ready" })).toBe("失去联系");
  expect(linkSince({ link: "offline", sinceMs, seenAtMs: null }, CLOCK)).toBe("昨天 10:00 起");
  expect(linkSince({ link: "lost", sinceMs: null, seenAtMs: null }, CLOCK)).toBe("时间不详");
  expect(linkSince({ link: "never", sinceMs, seenAtMs: null }, CLOCK)).toBe("");
});

const WATCHING: ScreenState = {
  screen: "session",
  session: "e-1",
  stage: "播放收看",
  title: "稻瘟病的识别与防治",
  atMs: 74_000,
};

test("the screen of a box that is not online is told as past", () => {
  expect(screenWords({ link: "online", screen: WATCHING })).toBe(
    "《稻瘟病的识别与防治》 播放收看 01:14",
  );
  expect(screenWords({ link: "lost", screen: WATCHING })).toBe(
    "最后一次：《稻瘟病的识别与防治》 播放收看 01:14",
  );
  expect(screenWords({ link: "online", screen: null })).toBe("—");
  expect(screenWords({ link: "online", screen: { ...WATCHING, screen: "home" } })).toBe("首页");
  expect(isInSession({ link: "online", screen: WATCHING })).toBe(true);
  expect(isInSession({ link: "lost", screen: WATCHING })).toBe(false);
});

test("a time that the box was not sure of is told as not confirmed", () => {
  const times = { openedAtMs: null, receivedAtMs: CLOCK.nowMs };
  expect(openedWords(times, CLOCK)).toBe("时间未确认（收到于 今天 10:00）");
  expect(openedDate(times, 480)).toBe("时间未确认（收到于 2026-11-24 10:00）");
  expect(openedDate({ ...times, openedAtMs: CLOCK.nowMs }, 480)).toBe("2026-11-24 10:00");
  const at = { bootOrdinal: 1, bootMs: 1, unixMs: CLOCK.nowMs, sure: true };
  expect(instantText(at, 480)).toBe("10:00");
  expect(instantText({ ...at, sure: false }, 480)).toBe("时间未确认");
  expect(instantText({ ...at, uncMs: 43_200_000 }, 480)).toBe("时刻待核");
  expect(instantText({ ...at, conflict: true }, 480)).toBe("10:00（有出入）");
  const day = { ...times, openedAtMs: CLOCK.nowMs, openedDayOnly: true };
  expect(openedDate(day, 480)).toBe("2026-11-24（时刻待核）");
  expect(openedWords(day, CLOCK)).toBe("2026-11-24（时刻待核）");
  expect(instantText({ ...at, unixMs: null }, 480)).toBe("时间未确认");
  expect(instantText(null, 480)).toBe("—");
});

test("how far a session is, is told in words", () => {
  const open = { closed: false, ending: null, stageName: "播后讨论" } as const;
  expect(progressWords(open)).toBe("正在播后讨论");
  expect(progressWords({ ...open, stageName: null })).toBe("还没结束");
  expect(progressWords({ closed: true, ending: "done", stageName: null })).toBe("已结束");
  expect(progressWords({ closed: true, ending: "abandoned", stageName: null })).toBe("中途停办");
  expect(sessionTitle({ typeName: "党课", title: "党课" })).toBe("党课");
  expect(sessionTitle({ typeName: "党课", title: "好片" })).toBe("党课 · 好片");
});

test("a film that did not run to its end is never at 100 %", () => {
  expect(watchedWords(151_900, 152_000)).toBe("2 分 31 秒（全片的 99%）");
  expect(watchedWords(152_000, 152_000)).toBe("2 分 32 秒（全片的 100%）");
  expect(watchedWords(0, 152_000)).toBe("没有放");
  expect(watchedWords(61_000, null)).toBe("1 分 1 秒");
});

test("a journal's gaps are told in words", () => {
  const line = { epoch: "e", upTo: 431, head: 468, gaps: [] };
  expect(epochWords(line)).toBe("已收到 431 条，盒子有 468 条，还差 37 条");
  expect(epochWords({ ...line, head: 431 })).toBe("431 条都已收到");
  expect(gapsWords([])).toBe("没有缺口");
  expect(
    gapsWords([
      [440, 443],
      [450, 450],
    ]),
  ).toBe("中间缺 第 440–443 条、第 450 条");
});

test("a box's clock is told by where its time is from and how far it is off", () => {
  expect(clockSourceWords("county")).toBe("县里校时");
  expect(clockSourceWords("sundial")).toBe("sundial");
  expect(clockOffsetWords(400)).toBe("与县里一致");
  expect(clockOffsetWords(4200)).toBe("比县里快 4 秒");
  expect(clockOffsetWords(-65_000)).toBe("比县里慢 65 秒");
});

test("a notice says for whom it is, and of a room only what the county has heard", () => {
  const nameOf = (box: string) => (box === "a" ? "石桥村收看室" : undefined);
  expect(audienceWords({ kind: "all" }, nameOf)).toBe("全县");
  expect(audienceWords({ kind: "boxes", boxes: ["a", "gone"] }, nameOf)).toBe("石桥村收看室、gone");
  const places = ["石桥镇", "青坪镇", "柳河镇", "双溪乡"];
  expect(audienceWords({ kind: "places", places }, nameOf)).toBe(
    "石桥镇、青坪镇、柳河镇等 4 个地方",
  );
  const clock = { utcOffsetMinutes: 480, nowMs: Date.UTC(2026, 10, 23, 2, 12) };
  const room = { box: "a", name: "石桥村收看室", place: "石桥镇" };
  const at = clock.nowMs - 60_000;
  expect(roomStateWords({ ...room, arrivedAtMs: null, readAtMs: null }, clock)).toContain(
    "还没送到",
  );
  expect(roomStateWords({ ...room, arrivedAtMs: at, readAtMs: null }, clock)).toBe(
    "送到了，还没看（今天 10:11 得知）",
  );
  expect(roomStateWords({ ...room, arrivedAtMs: at, readAtMs: at }, clock)).toBe(
    "已看（今天 10:11 得知）",
  );
  expect(placesOf([{ place: "云岭县 柳河镇 青石村" }, { place: "云岭县 石桥镇" }])[0]).toEqual({
    name: "云岭县",
    rooms: 2,
  });
});
