/**
 * Goal: 存储与更新 says in plain words what is here, what comes and what is wrong, and never more than
 * is known. Method: the words alone, and the screen over a real room.
 */
import { expect, test } from "vitest";
import type { LessonCard, RefreshEnd } from "../../../protocol/generated/types.ts";
import type { MachineState } from "../../../protocol/page-api.ts";
import { type StorageFacts, storageLines } from "../../../src/tv/screens/storage/storage-words.ts";
import { FakeRoom, FakeSupply } from "../../support/fake-room.ts";
import { SHOWN_SCREENS, showScreen } from "../../support/shown-screens.ts";

const MACHINE: MachineState = {
  ...{ software: "test", boxId: "abcdefghijklmnop", connected: true, recordCount: 120 },
  lessons: { ready: 2, total: 4, bytes: 1_200_000_000 },
  disk: { freeBytes: 6_300_000_000, totalBytes: 16_000_000_000 },
  damage: [],
  supply: {
    nights: {
      ...{ doneOn: "2026-03-05", nextMs: 300_000, alarms: [], wanted: [] },
      tried: { agoMs: 1000, end: "done" },
    },
    window: { fromMinute: 90, toMinute: 330 },
  },
  refreshes: [],
};

function card(title: string, more: Partial<LessonCard>): LessonCard {
  const words = { id: title, version: 1, title, category: "", number: "1", initials: "" };
  return { ...words, durationMs: 1, poster: null, state: "ready", ...more };
}

const CARDS = [
  card("稻瘟病", {}),
  card("防火", {}),
  card("柑橘", { state: "partial", tenths: 3, supplied: true }),
  card("养蜂", { state: "absent", supplied: true, wanted: true }),
  card("广场舞", { state: "absent", supplied: true, wanted: false }),
  card("旧片", { state: "quarantined", supplied: true }),
];
const CLOCK = { sure: true, unixMs: Date.UTC(2026, 2, 5, 1), utcOffsetMinutes: 480 };

function lines(machine: Partial<MachineState> = {}, more: Partial<StorageFacts> = {}): string[] {
  const facts = { lessons: CARDS, clock: CLOCK, isSpaceLow: false, ...more };
  return storageLines({ machine: { ...MACHINE, ...machine }, ...facts });
}

const nights = (more: Partial<NonNullable<MachineState["supply"]>["nights"]>) => ({
  supply: {
    ...(MACHINE.supply as never as object),
    nights: { ...SUPPLY.nights, ...more },
  } as never,
});
const SUPPLY = MACHINE.supply as NonNullable<MachineState["supply"]>;

test("the disk is told in GB and in lessons, and what is here, comes and is broken is counted", () => {
  expect(lines()).toEqual([
    "盒子还剩 6.3 GB  共 16.0 GB  大约还能装 10 个片子",
    "能放的片子 2 个  占 1.2 GB  还要来 2 个  坏了 1 个",
    "下一次：今晚 1:30 以后。盒子开着就行",
    "最近没有新到的片子",
    "《柑橘》 正在下载三成",
    "《养蜂》 今晚下载",
    "《旧片》 已损坏，今晚自动修复",
    "能放的：《稻瘟病》《防火》",
    "登记记录 120 条",
  ]);
});

const ENDS: readonly RefreshEnd[] = [
  ...(["portal", "refused", "bad-origin", "bad-catalogue"] as const),
  ...(["unreachable", "no-space", "disk-failed"] as const),
];

test.each(ENDS)("a refresh that ended with %s is the first line, and says what to do", (end) => {
  const [first] = lines(nights({ tried: { agoMs: 1, end } }));
  expect(first).toMatch(/^▲ .*(请|自己再)/);
});

test.each(["done", "stopped", "over-budget"] as const)("%s is nothing to worry about", (end) => {
  expect(lines(nights({ tried: { agoMs: 1, end } })).join()).not.toContain("▲");
});

test("after a failure the next try is told in minutes, and with no sure clock no hour is named", () => {
  const failed = nights({ tried: { agoMs: 1, end: "unreachable" }, nextMs: 840_001 });
  expect(lines(failed).join()).toContain("下一次：15 分钟以后自己再试");
  const clock = { ...CLOCK, sure: false, unixMs: null };
  expect(lines({}, { clock }).join()).toContain("下一次：没人用的时候");
  expect(lines(nights({ nextMs: null })).join()).toContain("正在更新");
});

test("a box without a county, without a lesson and without a word of its disk says so", () => {
  const bare = { supply: null, disk: null, lessons: { ready: 0, total: 0, bytes: 0 } };
  const said = lines(bare, { lessons: [], isSpaceLow: true });
  expect(said[0]).toBe("▲ 盒子快存满了。请尽快报告县里清理");
  expect(said).toContain("盒子没有说还剩多少地方");
  expect(said).toContain("还没有开通，片子用 U 盘导入");
  expect(said).toContain("还没有能放的片子");
});

test("what a night brought is still told after a restart, from the journal", async () => {
  const fake = new FakeRoom();
  fake.supply = new FakeSupply({});
  await fake.start();
  const brought = { mode: "night", tookMs: 1, bytes: 5, end: "done", nextMs: 0 } as const;
  for (const lesson of ["rice", "fire"]) {
    const d = { ...brought, added: [lesson], removed: [], failed: [] };
    await fake.register.append({ k: "refresh", d: d as never });
  }
  await fake.start();
  const { refreshes } = await fake.room.machine();
  expect(refreshes.map(({ refresh }) => refresh.added)).toEqual([["fire"], ["rice"]]);
});

test("the screen names what came by its title, and a lesson that comes is seen at once", async () => {
  const shown = SHOWN_SCREENS.find(({ picture }) => picture === "storage");
  if (shown === undefined) throw new Error("not on the list");
  const tv = await showScreen(shown);
  expect(tv.words).toContain("新到 1 个");
  expect(tv.words).toContain("《柑橘病虫害》\uff1a没下完");
  tv.fake.library.lessons.set("pest", tv.fake.library.lessons.get("rice") as never);
  tv.fake.room.refresh();
  await tv.settle();
  expect(tv.words).toContain("能放的片子 3 个");
});
