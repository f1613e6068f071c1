/**
 * The library and the sign-in, beside the same screens in Blits (Lightning 3; `peers/blits`), in
 * Chromium whose script runs at a sixth of its speed, as on a cheap box. For each: script time of a
 * press (what DevTools calls ScriptDuration: the page's own code, without painting and decoding),
 * WebGL calls that draw, pixels uploaded to textures, heap after a collection, and calls that draw
 * while nobody presses anything.
 *
 * A press is a `keydown` of the browser; the next comes when the picture stands: nothing is on its
 * way, and nothing was drawn for half a second. Both pages get the same lessons, posters, names and
 * fonts. The library is walked over the ends of two pages and back. Growth: the same walk with 50 and
 * with 5,000 lessons.
 *
 * Cold start: from the beginning of the page's load to the first picture with a focus in it.
 */
import type { Browser, CDPSession, Page } from "playwright-core";
import type { LessonCard } from "../protocol/generated/types.ts";
import { type FakeService, startFakeService } from "../test/support/fake-service.ts";
import { API, CARD, HOME, inSession, sessionAt } from "../test/support/fake-views.ts";
import { launchChromium } from "../test/support/remote.ts";
import { countDraws, drawn } from "./draw-count.ts";
import { type Figure, median, round } from "./figure.ts";
import { type Peer, startPeer } from "./peers/blits.ts";
import { inNewContext } from "./tv-page.ts";

const SLOWER = 6;
const FEW = 50;
const MANY = 5000;
const ROUNDS = 3;
const GROWTH_MAX = 1.1;
const HEAP_LIMIT_MB = 32;
const LOOK_MS = 170;
/** So many looks in a row that see nothing new. */
const STILL_LOOKS = 3;
const LOOKS_MAX = 120;
const IDLE_MS = 3000;
/** To the second page of eight, to the third, and back to the first: never out of the grid. */
const WALK: readonly (keyof typeof KEY)[] = [
  ...(["r", "r", "r", "d", "r", "r", "d", "d"] as const),
  ...(["l", "u", "u", "r", "u"] as const),
];
const KEY = { r: "ArrowRight", l: "ArrowLeft", u: "ArrowUp", d: "ArrowDown", o: "Enter" } as const;
const ROLL = Array.from({ length: 12 }, () => "o" as const);

function lessons(count: number): LessonCard[] {
  return Array.from({ length: count }, (_, index) => ({
    ...CARD,
    version: index + 1,
    id: `lesson-${index + 1}`,
    title: `第${index + 1}课 ${CARD.title}`,
    number: String(index + 1).padStart(4, "0"),
    poster: `/l/${CARD.id}/${index + 1}/poster.webp`,
  }));
}

interface Measured {
  readonly scriptMs: number;
  readonly draws: number;
  readonly pixels: number;
  readonly heapMb: number;
  readonly idle: number;
  readonly startMs: number;
}

interface Screen {
  readonly url: string;
  readonly keys: readonly (keyof typeof KEY)[];
  /** Whether the first focus is there. */
  readonly isThere: () => boolean;
  /** From there to the screen that is measured. */
  readonly open: (shown: Shown) => Promise<void>;
}

async function scriptS(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "ScriptDuration")?.value ?? 0;
}

async function heapMb(devtools: CDPSession): Promise<number> {
  await devtools.send("HeapProfiler.collectGarbage");
  const { usedSize } = await devtools.send("Runtime.getHeapUsage");
  return usedSize / 1e6;
}

/** Requests that were not answered yet. */
function watchRequests(page: Page): () => number {
  const open = new Set<unknown>();
  page.on("request", (request) => open.add(request));
  for (const end of ["requestfinished", "requestfailed"] as const) {
    page.on(end as "requestfinished", (request) => open.delete(request));
  }
  return () => open.size;
}

interface Shown {
  readonly page: Page;
  readonly waitingFor: () => number;
}

async function untilStill({ page, waitingFor }: Shown): Promise<void> {
  let before = -1;
  let still = 0;
  for (let look = 0; look < LOOKS_MAX && still < STILL_LOOKS; look += 1) {
    await page.waitForTimeout(LOOK_MS);
    const { draws } = await drawn(page);
    still = draws === before && waitingFor() === 0 ? still + 1 : 0;
    before = draws;
  }
}

async function press(shown: Shown, key: keyof typeof KEY): Promise<void> {
  await shown.page.keyboard.press(KEY[key]);
  await untilStill(shown);
}

async function measure(page: Page, { url, keys, isThere, open }: Screen): Promise<Measured> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable");
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  await page.addInitScript(countDraws);
  const shown = { page, waitingFor: watchRequests(page) };
  await page.goto(url);
  await page.waitForFunction(isThere, undefined, { polling: 20 });
  const startMs = await page.evaluate(() => performance.now());
  await untilStill(shown);
  await open(shown);
  const before = { ...(await drawn(page)), scriptS: await scriptS(devtools) };
  for (const key of keys) await press(shown, key);
  const after = { ...(await drawn(page)), scriptS: await scriptS(devtools) };
  const still = await drawn(page);
  await page.waitForTimeout(IDLE_MS);
  const idle = (await drawn(page)).draws - still.draws;
  return {
    scriptMs: ((after.scriptS - before.scriptS) * 1000) / keys.length,
    draws: (after.draws - before.draws) / keys.length,
    pixels: (after.pixels - before.pixels) / keys.length,
    heapMb: await heapMb(devtools),
    idle,
    startMs,
  };
}

type Hooked = { __oneRoom?: { texts(): readonly { readonly text: string }[] }; __peer?: string };

const homeStands = () =>
  ((window as unknown as Hooked).__oneRoom?.texts() ?? []).some(({ text }) =>
    text.includes("开始"),
  );
const peerStands = () => (window as unknown as Hooked).__peer !== undefined;

async function untilSaid(page: Page, words: string): Promise<void> {
  await page.waitForFunction(
    (part) =>
      (window as unknown as Hooked).__oneRoom?.texts().some(({ text }) => text.includes(part)),
    words,
  );
}

async function openLibrary(shown: Shown): Promise<void> {
  await press(shown, "d");
  await press(shown, "o");
  await untilSaid(shown.page, "共");
  await untilStill(shown);
}

interface Places {
  readonly service: FakeService;
  readonly api: Record<string, unknown>;
  readonly peer: Peer;
}

const SCREENS = {
  library: { keys: WALK, open: openLibrary },
  signin: { keys: ROLL, open: ({ page }: Shown) => untilSaid(page, "到了按【确定】") },
} as const;
type Name = keyof typeof SCREENS;

const signinStands = () =>
  ((window as unknown as Hooked).__oneRoom?.texts() ?? []).some(({ text }) =>
    text.includes("到了按"),
  );

function ours({ service }: Places, name: Name): Screen {
  service.show(name === "signin" ? inSession(sessionAt("signin")) : HOME);
  const isThere = name === "signin" ? signinStands : homeStands;
  return { url: service.url, isThere, ...SCREENS[name] };
}

function theirs({ peer }: Places, name: Name): Screen {
  return {
    url: `${peer.url}#${name}`,
    isThere: peerStands,
    keys: SCREENS[name].keys,
    open: async () => {},
  };
}

function medians(all: readonly Measured[]): Measured {
  const of = (pick: (one: Measured) => number) => median(all.map(pick));
  return {
    scriptMs: of(({ scriptMs }) => scriptMs),
    draws: of(({ draws }) => draws),
    pixels: of(({ pixels }) => pixels),
    heapMb: of(({ heapMb: mb }) => mb),
    idle: Math.max(...all.map(({ idle }) => idle)),
    startMs: of(({ startMs }) => startMs),
  };
}

/** By turns, so that both meet the same machine. */
async function race(browser: Browser, places: Places, name: Name) {
  const own: Measured[] = [];
  const other: Measured[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    own.push(await inNewContext(browser, (page) => measure(page, ours(places, name))));
    other.push(await inNewContext(browser, (page) => measure(page, theirs(places, name))));
  }
  return { own: medians(own), other: medians(other) };
}

function compare(name: string, own: Measured, other: Measured): Figure[] {
  const figure = (
    what: string,
    unit: string,
    pick: (one: Measured) => number,
    digits = 1,
  ): Figure => ({
    name: `${name}: ${what}`,
    value: round(pick(own), digits),
    unit,
    comparedWith: `Blits: ${round(pick(other), digits)} ${unit}`,
    ...(pick(other) > 0 ? { ratio: round(pick(own) / pick(other)) } : {}),
  });
  const heap = figure("heap", "MB", ({ heapMb: mb }) => mb);
  const idle = figure(`draws in ${IDLE_MS / 1000} s without a key`, "calls", (one) => one.idle, 0);
  const noMore = (one: Figure): Figure => ({
    ...one,
    target: "≤ 1 ×",
    met: (one.ratio ?? 0) <= 1,
  });
  return [
    noMore(figure("script time of a press", "ms", ({ scriptMs }) => scriptMs)),
    noMore(figure("draw calls of a press", "calls", ({ draws }) => draws)),
    noMore(figure("pixels uploaded by a press", "thousand", ({ pixels }) => pixels / 1000)),
    { ...heap, target: `≤ ${HEAP_LIMIT_MB} MB`, met: own.heapMb <= HEAP_LIMIT_MB },
    { ...idle, target: "0", met: own.idle === 0 },
    figure("cold start to the first focus", "ms", ({ startMs }) => startMs, 0),
  ];
}

function growth(what: string, few: number, many: number): Figure {
  return {
    name: `library, from ${FEW} to ${MANY} lessons: ${what}`,
    value: round(many, 1),
    unit: "a press",
    comparedWith: `with ${FEW}: ${round(few, 1)}`,
    ratio: round(many / few),
    target: `≤ ${GROWTH_MAX} ×`,
    met: many <= few * GROWTH_MAX,
  };
}

export async function run(root: string): Promise<Figure[]> {
  const api: Record<string, unknown> = { ...API, "/api/lessons": lessons(FEW) };
  const peer = await startPeer(root, (path) => api[path]);
  const service = await startFakeService({ view: HOME, api });
  const browser = await launchChromium();
  const places = { service, api, peer };
  try {
    const library = await race(browser, places, "library");
    const signin = await race(browser, places, "signin");
    api["/api/lessons"] = lessons(MANY);
    const large = await race(browser, places, "library");
    const few = library.own;
    return [
      ...compare("library of 50", few, library.other),
      ...compare("library of 5,000", large.own, large.other),
      ...compare("sign-in", signin.own, signin.other),
      growth("script ms", few.scriptMs, large.own.scriptMs),
      growth("draw calls", few.draws, large.own.draws),
      growth("thousand pixels uploaded", few.pixels / 1000, large.own.pixels / 1000),
    ];
  } finally {
    await browser.close();
    await service.close();
    await peer.close();
  }
}
