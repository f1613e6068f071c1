/**
 * What the TV page draws while nobody presses a key: calls of WebGL that draw or clear, counted in
 * the page over some seconds on home, after the page has stood still for a while. A box is on all
 * day, and a loop that draws the same picture 60 times a second is heat and a slow film.
 */
import type { Page } from "playwright-core";
import { launchChromium } from "../test/support/remote.ts";
import { startBox } from "./box.ts";
import { countDraws, drawn } from "./draw-count.ts";
import type { Figure } from "./figure.ts";
import { inNewContext, untilWords } from "./tv-page.ts";

const SETTLE_MS = 2000;
const WATCH_MS = 3000;

async function drawsOn(page: Page, url: string): Promise<{ total: number; idle: number }> {
  await page.addInitScript(countDraws);
  await page.goto(url);
  await untilWords(page, "开始");
  await page.waitForTimeout(SETTLE_MS);
  const count = async () => (await drawn(page)).draws;
  const before = await count();
  await page.waitForTimeout(WATCH_MS);
  return { total: before, idle: (await count()) - before };
}

export async function run(root: string): Promise<Figure[]> {
  const box = await startBox(root);
  const browser = await launchChromium();
  try {
    const { total, idle } = await inNewContext(browser, (page) => drawsOn(page, box.page));
    if (total === 0) throw new Error("the page drew home without a call that is counted");
    return [
      {
        name: `draw calls of the idle page in ${WATCH_MS / 1000} s`,
        value: idle,
        unit: "calls",
        comparedWith: `${total} until home stood there`,
        target: "0",
        met: idle === 0,
      },
    ];
  } finally {
    await browser.close();
    await box.stop();
  }
}
