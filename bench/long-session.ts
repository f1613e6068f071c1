/**
 * What the page holds after a whole session over a library of 5,000 lessons: heap after a
 * collection. Then 200 changes of screen: heap and textures afterwards beside those after the first
 * 20, when everything was shown once. Then a film: frames that were dropped while a card opens and
 * closes twice a second, beside those of the same film left alone; both of the same length.
 *
 * Textures are counted where WebGL makes and deletes them. A fake service shows the views.
 */
import type { CDPSession, Page } from "playwright-core";
import { countTextures, texturesOf } from "../test/support/count-textures.ts";
import { type FakeService, startFakeService } from "../test/support/fake-service.ts";
import {
  API,
  CARD,
  HOME,
  inSession,
  type ShownStage,
  sessionAt,
} from "../test/support/fake-views.ts";
import { launchChromium } from "../test/support/remote.ts";
import { type Figure, round } from "./figure.ts";
import { inNewContext, untilWords } from "./tv-page.ts";

const LESSONS = 5000;
const CHANGES = 200;
const WARM = 20;
const HEAP_AIM_MB = 16;
const HEAP_LIMIT_MB = 32;
/** A collection leaves a little more or less behind. */
const SAME = 1.1;
const FILM_MS = 8000;
const STAGES: readonly ShownStage[] = [
  "signin",
  "hint",
  "watch",
  "discuss",
  "feedback",
  "practise",
  "closing",
];
const CHANGED: readonly ShownStage[] = ["signin", "hint", "discuss", "feedback"];

interface Held {
  readonly heapMb: number;
  readonly textures: number;
}

async function held(page: Page, devtools: CDPSession): Promise<Held> {
  await devtools.send("HeapProfiler.collectGarbage");
  const { usedSize } = await devtools.send("Runtime.getHeapUsage");
  return { heapMb: usedSize / 1e6, textures: await texturesOf(page) };
}

const stands = (page: Page) => page.waitForTimeout(150);

async function walkLibrary(page: Page): Promise<void> {
  for (const key of ["ArrowDown", "Enter"]) {
    await page.keyboard.press(key);
    await page.waitForTimeout(400);
  }
  await untilWords(page, `共 ${LESSONS} 个`);
  for (let press = 0; press < 40; press += 1) {
    await page.keyboard.press("PageDown");
    await page.waitForTimeout(180);
  }
  await page.keyboard.press("Enter");
  await page.waitForTimeout(400);
}

async function holdSession(page: Page, service: FakeService): Promise<void> {
  await walkLibrary(page);
  for (const stage of STAGES) {
    service.show(inSession(sessionAt(stage)));
    await page.waitForTimeout(stage === "watch" ? 5000 : 500);
  }
  service.show(HOME);
  await stands(page);
}

async function changeScreens(page: Page, service: FakeService, count: number): Promise<void> {
  for (let change = 0; change < count; change += 1) {
    const stage = CHANGED[change % (CHANGED.length + 1)];
    service.show(stage === undefined ? HOME : inSession(sessionAt(stage)));
    await stands(page);
  }
}

async function droppedIn(page: Page, ms: number, cards: boolean): Promise<number> {
  const read = () =>
    page.evaluate(
      () => document.querySelector("video")?.getVideoPlaybackQuality().droppedVideoFrames ?? 0,
    );
  const before = await read();
  for (let passed = 0; passed < ms; passed += 500) {
    // ▼ opens the film's own card, Back closes it: the film runs on.
    if (cards) await page.keyboard.press(passed % 1000 === 0 ? "ArrowDown" : "Backspace");
    await page.waitForTimeout(500);
  }
  return (await read()) - before;
}

async function watchFilm(
  page: Page,
  service: FakeService,
): Promise<{ alone: number; cards: number }> {
  service.show(inSession(sessionAt("watch")));
  await page.waitForFunction(() => (document.querySelector("video")?.currentTime ?? 0) > 1);
  const alone = await droppedIn(page, FILM_MS, false);
  return { alone, cards: await droppedIn(page, FILM_MS, true) };
}

async function measure(page: Page, service: FakeService) {
  const devtools = await page.context().newCDPSession(page);
  await page.addInitScript(countTextures);
  await page.goto(service.url);
  await untilWords(page, "开始");
  const start = await held(page, devtools);
  await holdSession(page, service);
  const session = await held(page, devtools);
  await changeScreens(page, service, WARM);
  const warm = await held(page, devtools);
  await changeScreens(page, service, CHANGES);
  const after = await held(page, devtools);
  return { start, session, warm, after, film: await watchFilm(page, service) };
}

function lessons() {
  return Array.from({ length: LESSONS }, (_, index) => ({
    ...CARD,
    id: `lesson-${index + 1}`,
    version: index + 1,
    number: String(index + 1).padStart(4, "0"),
    poster: `/l/${CARD.id}/${index + 1}/poster.webp`,
  }));
}

export async function run(): Promise<Figure[]> {
  const service = await startFakeService({
    view: HOME,
    api: { ...API, "/api/lessons": lessons() },
  });
  const browser = await launchChromium();
  try {
    return figures(await inNewContext(browser, (page) => measure(page, service)));
  } finally {
    await browser.close();
    await service.close();
  }
}

function figures({
  start,
  session,
  warm,
  after,
  film,
}: Awaited<ReturnType<typeof measure>>): Figure[] {
  return [
    {
      name: `heap after a session with a library of ${LESSONS}`,
      value: round(session.heapMb, 1),
      unit: "MB",
      comparedWith: `${round(start.heapMb, 1)} MB on home at the start; aim ${HEAP_AIM_MB} MB`,
      target: `≤ ${HEAP_LIMIT_MB} MB`,
      met: session.heapMb <= HEAP_LIMIT_MB,
    },
    {
      name: `heap after ${CHANGES} more changes of screen`,
      value: round(after.heapMb, 1),
      unit: "MB",
      comparedWith: `${round(warm.heapMb, 1)} MB before them`,
      ratio: round(after.heapMb / warm.heapMb),
      target: `≤ ${SAME} ×`,
      met: after.heapMb <= warm.heapMb * SAME,
    },
    {
      name: `textures after ${CHANGES} more changes of screen`,
      value: after.textures,
      unit: "textures",
      comparedWith: `${warm.textures} before them`,
      ratio: round(after.textures / warm.textures),
      target: `≤ ${SAME} ×`,
      met: after.textures <= warm.textures * SAME,
    },
    {
      name: `frames dropped in ${FILM_MS / 1000} s of film while a card opens and closes`,
      value: film.cards,
      unit: "frames",
      comparedWith: `${film.alone} of the film alone`,
    },
  ];
}
