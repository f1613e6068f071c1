/**
 * 存储与更新 in plain words: what is wrong and what to do first, then the disk, the lessons, what the
 * nights brought and when the next one comes. Pure.
 */
import type {
  LessonCard,
  NightState,
  RefreshEnd,
  RefreshPayload,
  View,
} from "../../../../protocol/generated/types.ts";
import type { MachineState, RefreshEntry } from "../../../../protocol/page-api.ts";
import { dayWords } from "../../parts/register-words.ts";
import { inSixties, stateWords } from "../../parts/words.ts";

export interface StorageFacts {
  readonly machine: MachineState;
  readonly lessons: readonly LessonCard[];
  readonly clock: View["clock"];
  /** The service says that it has hardly any room left. */
  readonly isSpaceLow: boolean;
}

export function storageLines(facts: StorageFacts): string[] {
  return [
    ...troubleLines(facts),
    ...diskLines(facts),
    ...countLines(facts),
    nextLine(facts),
    ...cameLines(facts),
    ...waitingLines(facts.lessons),
    ...readyLine(facts.lessons),
    `登记记录 ${facts.machine.recordCount} 条`,
  ];
}

/** What ended a refresh before it was done, and what whoever is in the room can do. */
const TROUBLES: Partial<Record<RefreshEnd, string>> = {
  portal: "网络要先登录才能用。请懂网络的同志登录一次",
  refused: "县里的片源不让取。请打电话报告县里",
  "bad-origin": "收到的内容不对，没有收。请打电话报告县里",
  "bad-catalogue": "片源目录不可信，没有收。请打电话报告县里",
  unreachable: "连不上县里的片源。请看看网线和路由器，连上了自己再下",
  "no-space": "盒子存满了，新片子装不下。请报告县里清理",
  "disk-failed": "盒子的磁盘写不进去。请打电话报修",
};

const ALARMS: Readonly<Record<NightState["alarms"][number], string>> = {
  frozen: "一个星期没有新目录，可能不正常。请报告县里",
  "state-lost": "目录的版本记录丢了，已经重新记起。请报告县里",
};

function troubleLines({ machine, lessons, isSpaceLow }: StorageFacts): string[] {
  const { supply, refreshes } = machine;
  const end = supply?.nights.tried?.end ?? refreshes[0]?.refresh.end;
  const ended = end === undefined ? undefined : TROUBLES[end];
  return [
    ...(isSpaceLow ? ["▲ 盒子快存满了。请尽快报告县里清理"] : []),
    ...(ended === undefined ? [] : [`▲ ${ended}`]),
    ...(supply?.nights.alarms ?? []).map((alarm) => `▲ ${ALARMS[alarm]}`),
    ...failedLines(refreshes[0]?.refresh.failed ?? [], lessons),
  ];
}

const FAILURES: Readonly<Record<string, string>> = {
  missing: "县里缺它的文件，请报告县里",
  unreachable: "没下完，下次接着下",
  "bad-manifest": "县里给的不对，请报告县里",
  "needs-upgrade": "要先升级盒子，请报告县里",
  "no-room": "盒子里放不下，请报告县里",
  "not-published": "县里还没有发布",
};

function failedLines(failed: RefreshPayload["failed"], lessons: StorageFacts["lessons"]): string[] {
  return failed.map(
    ({ lesson, why }) => `▲ ${titleOf(lesson, lessons)}：${FAILURES[why] ?? "没有下成"}`,
  );
}

function titleOf(id: string, lessons: StorageFacts["lessons"]): string {
  const card = lessons.find((lesson) => lesson.id === id);
  return card === undefined ? "一个片子" : `《${card.title}》`;
}

const GIGA = 1e9;

/** `12.3 GB`; a tenth is as exact as anybody needs it. */
function inGb(bytes: number): string {
  return bytes < GIGA / 10 ? "不到 0.1 GB" : `${(bytes / GIGA).toFixed(1)} GB`;
}

/** In lessons, for who does not count in GB: as large as those that are here on average. */
function diskLines({ machine }: StorageFacts): string[] {
  const { disk, lessons } = machine;
  if (disk === null) return ["盒子没有说还剩多少地方"];
  const left = `盒子还剩 ${inGb(disk.freeBytes)}  共 ${inGb(disk.totalBytes)}`;
  if (lessons.ready === 0 || lessons.bytes === 0) return [left];
  const more = Math.floor((disk.freeBytes * lessons.ready) / lessons.bytes);
  return [more > LESSONS_COUNTED_MAX ? left : `${left}  大约还能装 ${more} 个片子`];
}

/** More than anybody will ever show: the number says nothing then. */
const LESSONS_COUNTED_MAX = 999;

function countLines({ machine, lessons }: StorageFacts): string[] {
  const coming = lessons.filter(isComing).length;
  const broken = lessons.filter(({ state }) => state === "quarantined").length;
  const { ready } = machine.lessons;
  const words = [
    `能放的片子 ${ready} 个  占 ${inGb(machine.lessons.bytes)}`,
    coming > 0 ? `还要来 ${coming} 个` : "",
    broken > 0 ? `坏了 ${broken} 个` : "",
  ];
  return [words.filter((word) => word !== "").join("  ")];
}

/** It comes by itself: what is not here and was not asked for does not. */
function isComing({ state, supplied, wanted }: LessonCard): boolean {
  if (supplied !== true) return false;
  return state === "partial" || (state === "absent" && wanted !== false);
}

function nextLine({ machine, clock }: StorageFacts): string {
  const { supply } = machine;
  if (supply === null) return "还没有开通，片子用 U 盘导入";
  const { nights, window } = supply;
  if (nights.nextMs === null) return "正在更新。有人按键就先停，没人用时接着下";
  if (TROUBLES[nights.tried?.end ?? "done"] !== undefined) {
    return `下一次：${Math.max(1, Math.ceil(nights.nextMs / 60_000))} 分钟以后自己再试`;
  }
  if (!clock.sure) return "下一次：没人用的时候。盒子开着就行";
  return `下一次：今晚 ${inSixties(window.fromMinute)} 以后。盒子开着就行`;
}

/** So many of the last refreshes that brought or took something. */
const CAME_MAX = 3;
const TITLES_MAX = 6;

function cameLines({ machine, lessons, clock }: StorageFacts): string[] {
  const told = machine.refreshes.filter(
    ({ refresh }) => refresh.added.length > 0 || refresh.removed.length > 0,
  );
  if (told.length === 0) return ["最近没有新到的片子"];
  const { utcOffsetMinutes } = clock;
  return told.slice(0, CAME_MAX).map((entry) => cameLine(entry, lessons, utcOffsetMinutes));
}

function cameLine(
  { at, refresh }: RefreshEntry,
  lessons: StorageFacts["lessons"],
  utcOffsetMinutes: number,
): string {
  const { added, removed } = refresh;
  const words = [
    added.length > 0 ? `新到 ${added.length} 个${titlesOf(added, lessons)}` : "",
    removed.length > 0 ? `清掉旧的 ${removed.length} 个` : "",
  ];
  return `${dayWords(at, utcOffsetMinutes)}：${words.filter((word) => word !== "").join("，")}`;
}

function titlesOf(ids: readonly string[], lessons: StorageFacts["lessons"]): string {
  const known = ids.flatMap((id) => lessons.find((lesson) => lesson.id === id)?.title ?? []);
  const more = known.length > TITLES_MAX ? "等" : "";
  return (
    known
      .slice(0, TITLES_MAX)
      .map((title) => `《${title}》`)
      .join("") + more
  );
}

const WAITING_MAX = 20;

/** One a line: how far each has come. */
function waitingLines(lessons: StorageFacts["lessons"]): string[] {
  const waiting = lessons.filter(
    (card) => isComing(card) || !["ready", "absent"].includes(card.state),
  );
  const lines = waiting
    .slice(0, WAITING_MAX)
    .map((card) => `《${card.title}》 ${stateWords(card)}`);
  const more = waiting.length - lines.length;
  return more > 0 ? [...lines, `还有 ${more} 个，片库里都看得到`] : lines;
}

const READY_MAX = 12;

function readyLine(lessons: StorageFacts["lessons"]): string[] {
  const ready = lessons.filter(({ state }) => state === "ready");
  if (ready.length === 0) return ["还没有能放的片子"];
  const titles = ready.slice(0, READY_MAX).map(({ title }) => `《${title}》`);
  const more = ready.length > READY_MAX ? "……片库里都看得到" : "";
  return [`能放的：${titles.join("")}${more}`];
}
