import { expect, test } from "vitest";
import { attentionOf } from "../../../console/web/lists/attention.ts";
import {
  compareNumbers,
  countShow,
  filterBoxes,
  toBoxShow,
} from "../../../console/web/lists/box-filter.ts";
import { dayRanges } from "../../../console/web/lists/day-ranges.ts";
import { entriesCsv } from "../../../console/web/lists/entries-csv.ts";
import { sessionsCsv } from "../../../console/web/lists/session-csv.ts";
import type { BoxLine, SessionLine } from "../../../protocol/console-api.ts";
import { BOXES, fakeSession, NOW_MS, SESSIONS } from "../../support/fake-county.ts";

const DAY_MS = 86_400_000;
const FACTS = { nowMs: NOW_MS, active: null };

function box(change: Partial<BoxLine>): BoxLine {
  const [first] = BOXES;
  if (first === undefined) throw new Error("the invented county has no box");
  return {
    ...first,
    link: "online",
    seenAtMs: NOW_MS,
    conflicts: 0,
    conflictsNew: 0,
    damage: [],
    alarms: [],
    ...change,
  };
}

function session(change: Partial<SessionLine>): SessionLine {
  const line = SESSIONS.find(({ closed }) => closed);
  if (line === undefined) throw new Error("the invented county has no session");
  return { ...line, ...change };
}

test("every word of a search must be found, in whatever order", () => {
  const boxes = [
    box({ id: "a", name: "石桥村收看室", place: "石桥镇" }),
    box({ id: "b", name: "白沟村收看室", place: "石桥镇" }),
  ];
  const found = (text: string) =>
    filterBoxes(boxes, { text, show: "all" }, FACTS).map(({ id }) => id);
  expect(found("石桥镇")).toEqual(["a", "b"]);
  expect(found(" 石桥镇 白沟 ")).toEqual(["b"]);
  expect(found("没有")).toEqual([]);
});

test("each filter shows as many rooms as it says", () => {
  for (const show of ["all", "online", "in-session", "away", "attention", "backlog"] as const) {
    const shown = filterBoxes(BOXES, { text: "", show }, FACTS).length;
    expect(countShow(BOXES, show, FACTS)).toBe(shown);
    expect(shown).toBeGreaterThan(0);
  }
});

test("rooms without a session this month are counted only once the sessions are known", () => {
  const boxes = [box({ id: "a" }), box({ id: "b" })];
  expect(countShow(boxes, "idle", FACTS)).toBeNull();
  const facts = { nowMs: NOW_MS, active: new Set(["a"]) };
  expect(countShow(boxes, "idle", facts)).toBe(1);
  expect(filterBoxes(boxes, { text: "", show: "idle" }, facts).map(({ id }) => id)).toEqual(["b"]);
});

test("a filter of an old or foreign link falls back to all", () => {
  expect(toBoxShow("lost")).toBe("all");
  expect(toBoxShow(null)).toBe("all");
  expect(toBoxShow("backlog")).toBe("backlog");
});

test("unknown numbers come last in either order", () => {
  const compare = compareNumbers(({ backlog }) => backlog);
  const [some, none] = [box({ backlog: 3 }), box({ backlog: null })];
  expect(compare(none, some, "ascend")).toBeGreaterThan(0);
  // The table turns the sign for a descending order.
  expect(-compare(none, some, "descend")).toBeGreaterThan(0);
});

test("a room that was just switched off needs nobody; one cut in a session does", () => {
  const screen = box({}).screen;
  if (screen === null) throw new Error("the first box has a screen");
  const home = { ...screen, screen: "home" as const };
  expect(attentionOf(box({ link: "lost", screen: home }), NOW_MS)).toEqual([]);
  const cut = { ...screen, screen: "session" as const };
  expect(attentionOf(box({ link: "lost", screen: cut }), NOW_MS)).toEqual(["开展学习时失去联系"]);
});

test("conflicts, damage, a full disk, forgotten records and silence need somebody", () => {
  const why = (change: Partial<BoxLine>) => attentionOf(box({ screen: null, ...change }), NOW_MS);
  expect(why({})).toEqual([]);
  expect(why({ conflicts: 2, conflictsNew: 2 })).toEqual(["2 条记录与县里的不一致"]);
  expect(why({ conflicts: 2, conflictsNew: 0 })).toEqual([]);
  expect(why({ damage: ["一个文件"] })).toEqual(["播放盒报告损坏：一个文件"]);
  const alarm = { kind: "behind", epoch: "5be1a1b2", records: 7, sinceMs: NOW_MS } as const;
  expect(why({ alarms: [{ ...alarm, looked: false }] })).toEqual([
    expect.stringContaining("比县里少 7 条"),
  ]);
  expect(why({ alarms: [{ ...alarm, looked: true }] })).toEqual([]);
  expect(why({ diskFreeBytes: 1 })).toEqual(["磁盘快满了"]);
  const away = { link: "offline", seenAtMs: NOW_MS - 8 * DAY_MS } as const;
  expect(why({ ...away, backlog: 37 })).toEqual(["37 条记录没传上来，已 8 天没有联系"]);
  expect(why({ ...away, backlog: 0 })).toEqual([]);
  expect(why({ link: "offline", backlog: 0, seenAtMs: NOW_MS - 40 * DAY_MS })).toEqual([
    "已 40 天没有联系",
  ]);
  expect(why({ link: "offline", backlog: 5, seenAtMs: NOW_MS - 40 * DAY_MS })).toEqual([
    "5 条记录没传上来，已 40 天没有联系",
  ]);
});

test("the quick ranges begin on Mondays and on the first of the month", () => {
  // Tuesday, 2026-11-24, 00:30 in the county.
  const ranges = dayRanges(Date.UTC(2026, 10, 23, 16, 30), 480);
  expect(ranges).toEqual([
    { name: "全部", from: null, to: null },
    { name: "今天", from: "2026-11-24", to: "2026-11-24" },
    { name: "本周", from: "2026-11-23", to: "2026-11-24" },
    { name: "本月", from: "2026-11-01", to: "2026-11-24" },
    { name: "上月", from: "2026-10-01", to: "2026-10-31" },
  ]);
});

test("the file of sessions opens in a spreadsheet as it was meant", () => {
  const line = session({
    boxName: '石桥村,"老"收看室', // signs: a table
    title: "=SUM(A1)",
    heads: null,
    incomplete: true,
  });
  const text = sessionsCsv([line], 480);
  expect(text.startsWith("\uFEFF开始时间,收看室,")).toBe(true); // signs: a table
  const [, row = ""] = text.split("\r\n");
  expect(row).toContain('"石桥村,""老""收看室"'); // signs: a table
  expect(row).toContain(",'=SUM(A1),");
  // Heads that nobody counted leave an empty cell.
  expect(row).toMatch(/,,(已结束|中途停办),/);
  expect(row).toContain(line.evidence.join("；"));
  expect(row.endsWith(",记录还没收全")).toBe(true); // signs: a table
});

test("a file of a year carries what each number rests on: clock, heads, film, TV", () => {
  const found = SESSIONS.map((line) => fakeSession(line).entry);
  const [heading = "", ...rows] = entriesCsv(found, 480).trimEnd().split("\r\n");
  expect(heading.endsWith(",齐不齐,依据")).toBe(true); // signs: a table
  expect(rows).toHaveLength(found.length);
  for (const [index, row] of rows.entries()) {
    expect(row).toContain(found[index]?.evidence.join("；") ?? "?");
    expect(row).toMatch(/时间(已核对|未确认)；现场.*；片子实际放了.*；电视/);
  }
});

test("the invented county adds up", () => {
  for (const { counts } of SESSIONS) {
    const { P, L, X, V, A, unmarked, expected } = counts;
    expect(P + L + X + V + A + unmarked).toBe(expected);
  }
});
