/**
 * Goal: a cheap box that draws 720 lines, in the largest letters and in high contrast, holds a
 * session as any other. Method: real Chromium with that window on a real box; OK and the menu.
 */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { View } from "../../protocol/generated/types.ts";
import { TestBox } from "../support/box.ts";
import { PageLink } from "../support/page-link.ts";
import { launchChromium, openTv, type Tv } from "../support/remote.ts";

const HD = { width: 1280, height: 720 };
const HINT_HUGE_PX = 48;

let box: TestBox;
let browser: Browser;
let tv: Tv;

beforeAll(async () => {
  [box, browser] = await Promise.all([TestBox.make(), launchChromium()]);
  await box.start();
  const link = await PageLink.open(box.page);
  const settings = { kind: "settings", inches: 43, lastRowM: 7, contrast: "high" } as const;
  expect(await link.ask("old-eyes-settings", settings)).toMatchObject({ ok: true });
  tv = await openTv(await browser.newContext({ viewport: HD }), box.page);
});
afterAll(async () => {
  await browser?.close();
  await box?.remove();
});

type Shown = { readonly text: string; readonly size: number };
type Hooked = { __oneRoom: { texts(): readonly Shown[] } };

const stage = ({ session }: View) => session?.flow[session.at]?.kind ?? "home";

/** Texts that are smaller than the least of this scale. */
const tooSmall = () =>
  tv.page.evaluate(
    (least) =>
      (window as unknown as Hooked).__oneRoom
        .texts()
        .filter(({ text, size }) => text.trim() !== "" && size < least)
        .map(({ text, size }) => `${text}: ${size}`),
    // A few labels in narrow cells keep to the least of all, 40 px.
    Math.min(HINT_HUGE_PX, 40),
  );

/** The colour that most of the picture has. */
async function groundColour(): Promise<string> {
  const png = (await tv.page.screenshot()).toString("base64");
  return tv.page.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = 1280;
    canvas.height = 720;
    const draw = canvas.getContext("2d");
    draw?.drawImage(image, 0, 0);
    return [...(draw?.getImageData(20, 20, 1, 1).data.slice(0, 3) ?? [])].join(",");
  }, png);
}

test("720 lines are drawn as 720 lines, black, with the largest letters", async () => {
  const { site } = await tv.until("its settings", (view) => view.site.contrast === "high");
  expect(site).toMatchObject({ scale: "huge", contrast: "high" });
  await tv.untilWords("按【确定】开始");
  const size = await tv.page.evaluate(() => {
    const canvas = document.querySelector("canvas");
    return [canvas?.width, canvas?.height];
  });
  expect(size).toEqual([HD.width, HD.height]);
  await expect.poll(groundColour).toBe("16,16,16");
  expect(await tooSmall()).toEqual([]);
});

test("a session is held to its end, and no text is too small on the way", async () => {
  await tv.press("ok");
  await tv.until("a session", ({ session }) => session !== null);
  const { clock } = await tv.view();
  if (clock.ask) await tv.press("ok");
  await tv.untilWords("到了按【确定】");
  for (const next of ["hint", "watch", "discuss"]) {
    expect(await tooSmall()).toEqual([]);
    await tv.press("back");
    await tv.untilWords("回首页");
    await tv.choose(next === "discuss" ? "往下进行" : "跳到下一步");
    await tv.until(next, (view) => stage(view) === next);
  }
  for (const next of ["feedback", "practise", "closing"]) {
    await tv.pressUntilStage(next);
    expect(await tooSmall()).toEqual([]);
  }
  await tv.pressUntil("ok", 3, ({ session }) => session?.closed != null);
  await tv.untilWords("核验码");
  expect(tv.errors).toEqual([]);
});
