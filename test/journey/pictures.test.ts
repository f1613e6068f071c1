/**
 * Goal: no screen changes its looks unseen. Method: every screen of the list, as the TV without a
 * browser draws it, painted by real Chromium at 720 lines and compared with its picture in docs.
 *
 * `ONE_ROOM_PICTURES=new npx vitest run --project slow test/journey/pictures.test.ts` makes them
 * anew; the reason belongs into the commit.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pixelmatch from "pixelmatch";
import type { Browser } from "playwright-core";
import { PNG } from "pngjs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Scene } from "../../src/tv/scene/node.ts";
import { openPaintedTv, type PaintedTv, PICTURE } from "../support/paint-scenes.ts";
import { ROOT } from "../support/process.ts";
import { launchChromium } from "../support/remote.ts";
import { SHOWN_SCREENS, showScreen } from "../support/shown-screens.ts";

const FOLDER = join(ROOT, "docs/pictures/screens");
const SEEN = join(ROOT, ".build/pictures");
const MAKE_NEW = process.env.ONE_ROOM_PICTURES === "new";
/**
 * Two versions of Chromium, or two of its software rasterisers, differ at the edges of letters and
 * nowhere else: those do not count. A word that changed is some hundred pixels.
 */
const THRESHOLD = 0.25;
const PIXELS_MAX = 120;
const LOOKS_MAX = 5;

let browser: Browser;
let painted: PaintedTv;
const scenes: Scene[] = [];

beforeAll(async () => {
  browser = await launchChromium();
  painted = await openPaintedTv(browser);
  for (const folder of [FOLDER, SEEN]) mkdirSync(folder, { recursive: true });
});
afterAll(async () => {
  await painted?.close();
  await browser?.close();
});

const fileOf = (picture: string) => join(FOLDER, `${picture}.png`);

/** Pixels that differ; the picture as it is now is kept for whoever wants to look. */
function differing(picture: string, now: Buffer): number {
  const before = PNG.sync.read(readFileSync(fileOf(picture)));
  const after = PNG.sync.read(now);
  const { width, height } = PICTURE;
  const marked = new PNG({ width, height });
  const settings = { threshold: THRESHOLD, includeAA: false };
  const count = pixelmatch(before.data, after.data, marked.data, width, height, settings);
  if (count > PIXELS_MAX) {
    writeFileSync(join(SEEN, `${picture}.png`), now);
    writeFileSync(join(SEEN, `${picture}.difference.png`), PNG.sync.write(marked));
  }
  return count;
}

/** A busy machine may be a letter late: looked at again before it is called another picture. */
async function leastDiffering(picture: string): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let look = 0; look < LOOKS_MAX && least > PIXELS_MAX; look += 1) {
    least = Math.min(least, differing(picture, await painted.picture()));
  }
  return least;
}

async function untilStill(): Promise<Buffer> {
  let last = await painted.picture();
  for (let look = 0; look < LOOKS_MAX; look += 1) {
    const next = await painted.picture();
    if (next.equals(last)) return next;
    last = next;
  }
  throw new Error("the picture never stood still");
}

test.each(SHOWN_SCREENS.map((shown) => [shown.picture, shown] as const))(
  "%s looks as its picture in docs",
  async (picture, shown) => {
    const tv = await showScreen(shown);
    scenes.push(tv.scene);
    await painted.paint(tv.scene);
    if (MAKE_NEW) writeFileSync(fileOf(picture), await untilStill());
    expect(existsSync(fileOf(picture)), "make it: see the top of this file").toBe(true);
    const count = await leastDiffering(picture);
    expect(count, `see .build/pictures/${picture}.png`).toBeLessThanOrEqual(PIXELS_MAX);
  },
);

test("a picture that changed by one word is noticed", async () => {
  const [first] = SHOWN_SCREENS.filter(({ picture }) => picture === "home");
  if (first === undefined) throw new Error("home has no picture");
  const { scene } = await showScreen(first);
  const changed = scene.map((node) =>
    node.kind === "text" && node.text === "片库" ? { ...node, text: "节目" } : node,
  );
  await painted.paint(changed);
  expect(await leastDiffering("home")).toBeGreaterThan(PIXELS_MAX);
});

test("the graphics hold no more textures after a hundred screens than after the first", async () => {
  const some = scenes.filter((_scene, at) => at % 3 === 0);
  const show = async (rounds: number) => {
    for (let round = 0; round < rounds; round += 1) {
      for (const scene of some) await painted.paint(scene);
    }
    return painted.textures();
  };
  const before = await show(1);
  expect(before).toBeGreaterThan(some.length);
  expect(await show(5)).toBeLessThanOrEqual(before);
});

test("docs hold no picture of a screen that is no more", () => {
  const names = SHOWN_SCREENS.map(({ picture }) => `${picture}.png`);
  expect(readdirSync(FOLDER).sort()).toEqual(names.sort());
});
