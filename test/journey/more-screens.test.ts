/**
 * Goal: the screens that a study day does not pass are drawn by a real engine as by the headless
 * one. Method: the built page in Chromium over a room in memory; pictures when asked for.
 */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FakeRoom } from "../support/fake-room.ts";
import { type OpenPage, openPage } from "../support/open-page.ts";
import { takePicture } from "../support/pictures.ts";
import { launchChromium } from "../support/remote.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

async function withPage(fake: FakeRoom, act: (page: OpenPage) => Promise<void>): Promise<void> {
  const page = await openPage(browser, fake);
  try {
    await act(page);
    expect(page.tv.errors).toEqual([]);
  } finally {
    await page.close();
  }
}

test("a TV that comes out of its box asks for its remote, its county, its size and its sound", async () => {
  const fake = new FakeRoom();
  fake.settings.file = null;
  await fake.start();
  await withPage(fake, async ({ tv }) => {
    await tv.untilWords("先试一试遥控器");
    await tv.press("ok");
    await tv.press("up");
    await takePicture(tv, "tv-setup-remote");
    await tv.page.keyboard.press("Insert");
    await tv.untilWords("记住了");
    await tv.press("left");
    await tv.press("right");
    await tv.press("back");
    await tv.untilWords("本机编号");
    await takePicture(tv, "tv-setup-enrol");
    await tv.press("ok");
    await tv.untilWords("字的大小");
    await tv.press("ok");
    await tv.untilWords("叮");
    await takePicture(tv, "tv-setup-sound");
    await tv.press("ok");
    await tv.until("it is set up", ({ site }) => site.setUp === true);
    expect(fake.view.site.learnedKeys).toEqual([{ raw: expect.any(String), key: "down" }]);
  });
});
