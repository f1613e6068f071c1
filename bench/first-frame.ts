/**
 * From "lesson opened" to the first frame of its film, on the real page in Chromium with the real
 * box service serving from its cache, beside a bare page with hls.js (`bare-page.ts`).
 *
 * Opened: the `keydown` of Enter, by the page's own clock. On the TV page it is the press on
 * home's lesson of the day that opens a session (the method's only stage is the film, so that the
 * film is what follows): the time holds the intent, the lesson's hashes, the synced record, the new
 * view and the new screen. On the bare page it is the press that makes hls.js and plays.
 * First frame: the first `requestVideoFrameCallback` of the <video>, on both.
 *
 * Both by turns (A B A B …), each time in a new browser context, so that nothing is cached.
 */
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import type { Method } from "../protocol/generated/types.ts";
import { launchChromium } from "../test/support/remote.ts";
import { startBarePage } from "./bare-page.ts";
import { startBox } from "./box.ts";
import { type Figure, median, round } from "./figure.ts";
import { inNewContext, showsWords, untilWords } from "./tv-page.ts";

const RATIO_MAX = 1.2;
const ROUNDS = 9;
const LESSON = "rice-blast-2026";
const MENU_ROWS_MAX = 6;

const ONLY_THE_FILM: Method = {
  schema: "one-room.method/1",
  id: "bench-film",
  version: 1,
  name: "只放片子",
  stages: [{ id: "s1", kind: "watch", name: "播放收看", counted: true, required: true }],
};

interface Times {
  /** Of `performance.now()`; null: not yet. */
  openedMs: number | null;
  sourceMs: number | null;
  frameMs: number | null;
}

type Timed = { __bench: Times };

/** Runs in the page before any script of its own. */
function watchTimes(): void {
  const times: Times = { openedMs: null, sourceMs: null, frameMs: null };
  (window as unknown as Timed).__bench = times;
  window.addEventListener(
    "keydown",
    ({ key, timeStamp }) => {
      if (key === "Enter") times.openedMs ??= timeStamp;
    },
    true,
  );
  document.addEventListener("DOMContentLoaded", () => {
    const video = document.querySelector("video");
    video?.addEventListener("loadstart", () => {
      times.sourceMs ??= performance.now();
    });
    video?.requestVideoFrameCallback(() => {
      times.frameMs = performance.now();
    });
  });
}

interface Opening {
  /** Key to first frame. */
  readonly totalMs: number;
  /** Source given to the <video> to first frame. */
  readonly filmMs: number;
}

/** A person looks at the page before pressing: it has drawn all it has, and stands. */
const STANDS_MS = 1000;

async function measureOpening(page: Page): Promise<Opening> {
  await page.waitForTimeout(STANDS_MS);
  await page.keyboard.press("Enter");
  const times = await page.waitForFunction(() => {
    const { __bench } = window as unknown as Timed;
    return __bench.frameMs === null ? null : __bench;
  });
  const { openedMs, sourceMs, frameMs } = (await times.jsonValue()) as Times;
  if (openedMs === null || sourceMs === null || frameMs === null) {
    throw new Error("a frame came before its film was opened");
  }
  return { totalMs: frameMs - openedMs, filmMs: frameMs - sourceMs };
}

async function openOnTv(page: Page, url: string): Promise<Opening> {
  await page.addInitScript(watchTimes);
  await page.goto(url);
  await untilWords(page, "开始");
  const opening = await measureOpening(page);
  await endSession(page);
  return opening;
}

/** Back, 结束本场…, 结束本场, and away from the closing sheet: home offers the lesson again. */
async function endSession(page: Page): Promise<void> {
  const press = async (key: string) => {
    await page.keyboard.press(key);
    // Two presses of one key within 150 ms are one, and held keys belong to the old screen.
    await page.waitForTimeout(300);
  };
  await press("Backspace");
  await untilWords(page, "结束本场…");
  // It is the last one, and the focus does not run off the end.
  for (let row = 1; row < MENU_ROWS_MAX; row += 1) await press("ArrowDown");
  for (const key of ["Enter", "ArrowDown", "Enter"]) await press(key);
  await untilWords(page, "核验码");
  await press("Enter");
  await untilWords(page, "开始");
}

/** A machine that nobody set the clock of asks for the date before its first session. */
async function sayDate(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await untilWords(page, "开始");
  await page.waitForTimeout(STANDS_MS);
  await page.keyboard.press("Enter");
  await page.waitForTimeout(STANDS_MS * 3);
  if (await showsWords(page, "请确认今天的日期")) await page.keyboard.press("Enter");
  await page.waitForTimeout(STANDS_MS * 3);
  await endSession(page);
}

async function openBare(page: Page, url: string): Promise<Opening> {
  await page.addInitScript(watchTimes);
  await page.goto(url);
  return measureOpening(page);
}

interface Sides {
  readonly browser: Browser;
  readonly tv: string;
  readonly bare: string;
}

async function race({ browser, tv, bare }: Sides, rounds: number) {
  const tvTimes: Opening[] = [];
  const bareTimes: Opening[] = [];
  for (let count = 0; count < rounds; count += 1) {
    tvTimes.push(await inNewContext(browser, (page) => openOnTv(page, tv)));
    bareTimes.push(await inNewContext(browser, (page) => openBare(page, bare)));
  }
  return { tv: medians(tvTimes), bare: medians(bareTimes) };
}

function medians(openings: readonly Opening[]): Opening {
  return {
    totalMs: median(openings.map(({ totalMs }) => totalMs)),
    filmMs: median(openings.map(({ filmMs }) => filmMs)),
  };
}

export async function run(root: string): Promise<Figure[]> {
  const box = await startBox(root, ONLY_THE_FILM);
  const bare = await startBarePage(root, join(root, "samples", LESSON));
  const browser = await launchChromium();
  try {
    const sides = { browser, tv: box.page, bare: bare.page };
    await inNewContext(browser, (page) => sayDate(page, box.page));
    await race(sides, 1);
    return figures(await race(sides, ROUNDS));
  } finally {
    await browser.close();
    await bare.close();
    await box.stop();
  }
}

function figures({ tv, bare }: { readonly tv: Opening; readonly bare: Opening }): Figure[] {
  return [
    {
      name: `lesson opened to first frame, median of ${ROUNDS}`,
      value: round(tv.totalMs, 0),
      unit: "ms",
      comparedWith: `bare hls.js from a static server: ${round(bare.totalMs, 0)} ms`,
      ratio: round(tv.totalMs / bare.totalMs),
      target: `≤ ${RATIO_MAX} × bare hls.js`,
      met: tv.totalMs <= RATIO_MAX * bare.totalMs,
    },
    {
      name: "of that, source given to first frame",
      value: round(tv.filmMs, 0),
      unit: "ms",
      comparedWith: `bare hls.js: ${round(bare.filmMs, 0)} ms`,
      ratio: round(tv.filmMs / bare.filmMs),
    },
  ];
}
