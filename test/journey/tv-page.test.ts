/**
 * Goal: what breaks around the page is one sentence on the wall, and then the place where it was.
 * Method: real Chromium on the built page; graphics, renderer, fonts, pictures, service are broken.
 */
import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type FakeService, startFakeService } from "../support/fake-service.ts";
import { API, HOME, inSession, sessionAt } from "../support/fake-views.ts";
import { launchChromium, openTv, type Tv } from "../support/remote.ts";

const SORRY = "画面出了点问题";
const SIGNIN = inSession(sessionAt("signin"));

let browser: Browser;
let context: BrowserContext;
let service: FakeService;
let tv: Tv;

beforeAll(async () => {
  browser = await launchChromium();
});
afterEach(async () => {
  await context?.close();
  await service?.close();
});
afterAll(() => browser?.close());

async function begin(view = HOME, prepare: (context: BrowserContext) => unknown = () => {}) {
  service = await startFakeService({ view, api: API });
  context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  await prepare(context);
  tv = await openTv(context, service.url);
}

/** From home to the lesson's own page, two places deep. */
async function openLesson(): Promise<void> {
  await tv.untilWords("片库");
  await tv.press("down");
  await tv.press("ok");
  await tv.untilWords("共 1 个");
  await tv.press("ok");
  await tv.untilWords("开始学习");
}

/** What the page itself says, when the canvas cannot. */
const sentence = () => tv.page.locator("#words").textContent();

/** A mark that does not outlive a reload. */
const mark = () => tv.page.evaluate(() => Object.assign(window, { __before: true }));
const untilReloaded = () =>
  tv.page.waitForFunction(() => !("__before" in window) && "__oneRoom" in window);

const loseGraphics = () =>
  tv.page.evaluate(() => {
    const canvas = document.querySelector("canvas");
    const gl = canvas?.getContext("webgl2") ?? canvas?.getContext("webgl");
    gl?.getExtension("WEBGL_lose_context")?.loseContext();
  });

test("graphics that are lost come back, in the session and outside of it", async () => {
  await begin();
  await openLesson();
  await mark();
  await loseGraphics();
  await expect.poll(sentence).toContain(SORRY);
  await untilReloaded();
  await tv.untilWords("开始学习");
  service.show(SIGNIN);
  await tv.untilWords("到了按【确定】");
  await mark();
  await loseGraphics();
  await expect.poll(sentence).toContain(SORRY);
  await untilReloaded();
  await tv.untilWords("到了按【确定】");
});

test("a screen that throws is said, and the page begins anew where it was", async () => {
  await begin();
  await openLesson();
  await mark();
  await tv.page.evaluate(() =>
    setTimeout(() => {
      throw new Error("on purpose");
    }),
  );
  await expect.poll(sentence).toContain(SORRY);
  await untilReloaded();
  await tv.untilWords("开始学习");
});

test("a renderer that was killed is opened again, and stands where the room stood", async () => {
  await begin(SIGNIN);
  await tv.untilWords("到了按【确定】");
  const crashed = tv.page.waitForEvent("crash");
  const devtools = await context.newCDPSession(tv.page);
  // It never answers: whom it asked is dead.
  devtools.send("Page.crash").catch(() => {});
  await crashed;
  const again = await openTv(context, service.url);
  await again.untilWords("到了按【确定】");
  expect(again.errors).toEqual([]);
});

test.each(["missing", "silent"])(
  "fonts that are %s are said, and the page goes on without",
  async (how) => {
    await begin(HOME, (opened) =>
      opened.route("**/fonts/*", (route) => (how === "missing" ? route.abort() : undefined)),
    );
    await tv.untilWords("字库没有读到");
    await tv.untilWords("今天学习");
    expect(await inkShare()).toBeGreaterThan(0.01);
    expect(tv.errors).toEqual([]);
  },
);

/** How much of the picture is as light as letters are. */
async function inkShare(): Promise<number> {
  const picture = (await tv.page.screenshot()).toString("base64");
  return tv.page.evaluate(async (png) => {
    const image = new Image();
    image.src = `data:image/png;base64,${png}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = 480;
    canvas.height = 270;
    const draw = canvas.getContext("2d");
    draw?.drawImage(image, 0, 0, 480, 270);
    const { data = [] } = draw?.getImageData(0, 0, 480, 270) ?? {};
    let light = 0;
    for (let at = 0; at < data.length; at += 4) if ((data[at] ?? 0) > 180) light += 1;
    return light / (480 * 270);
  }, picture);
}

test("a poster that is missing is a plain field, and the lesson can be begun", async () => {
  await begin(HOME, (opened) => opened.route("**/poster.webp", (route) => route.abort()));
  await openLesson();
  expect(tv.errors).toEqual([]);
});

test("a service that is gone is said, and the page stands where it was when it is back", async () => {
  await begin();
  await openLesson();
  await mark();
  service.die();
  await tv.untilWords("没有响应");
  const { port } = service;
  service = await startFakeService({ view: HOME, api: API, port });
  await tv.untilAnswered();
  expect(await tv.words()).toContain("开始学习");
  expect(await tv.page.evaluate(() => "__before" in window)).toBe(true);
  expect(tv.errors).toEqual([]);
});

test("what could not be read when the service went is read when it is back", async () => {
  let refused = 0;
  await begin(HOME, (opened) =>
    opened.route("**/api/lessons", (route) => {
      refused += 1;
      return refused <= 2 ? route.abort() : route.continue();
    }),
  );
  await openLesson();
  expect(refused).toBe(3);
  expect(tv.errors).toEqual([]);
});
