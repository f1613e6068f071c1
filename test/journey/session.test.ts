/**
 * Goal: the main job, as a village holds it. A whole session with six keys on the real page, box,
 * broker and county; 40 of 50 present in the box's register and in the county's.
 */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { SessionPage } from "../../protocol/console-api.ts";
import type { View } from "../../protocol/generated/types.ts";
import type { NoticeLine } from "../../protocol/notice-api.ts";
import { type CountyClient, logIn } from "../support/county-client.ts";
import { type Demo, removeDemo, startDemo } from "../support/demo.ts";
import { takePicture } from "../support/pictures.ts";
import { oneRoom } from "../support/process.ts";
import { launchChromium, openTv, type Tv } from "../support/remote.ts";

let demo: Demo;
let browser: Browser;
let tv: Tv;
let county: CountyClient;

beforeAll(async () => {
  [demo, browser] = await Promise.all([startDemo(), launchChromium()]);
  tv = await openTv(browser, demo.page);
  county = await logIn(demo);
});
afterAll(async () => {
  await browser?.close();
  if (demo) removeDemo(demo);
});

const stage = (view: View) => view.session?.flow[view.session.at]?.kind ?? "home";
const isAt = (kind: string) => (view: View) => stage(view) === kind;

/** The county shows it as it happens: asked again until it fits. */
async function untilCounty(fits: (page: SessionPage) => boolean): Promise<SessionPage> {
  return county.until<SessionPage>("/api/sessions", fits);
}

test("a notice of the county is read, and the county hears of it", async () => {
  await tv.untilWords("县里有 1 条通知没看");
  await tv.press("down");
  await tv.press("ok");
  await tv.untilWords("把名册和纸质签到册对一遍");
  await tv.press("ok");
  await tv.untilWords("县里的通知：");
  await county.until<NoticeLine[]>("/api/notices", ([line]) => line?.read === 1);
});

test("the day's lesson begins with one press", async () => {
  await tv.until("today's plan", (view) => view.home.plan?.today === true);
  await tv.untilWords("今天学习");
  await takePicture(tv, "tv-home");
  await tv.press("down", 2);
  await tv.press("ok");
  await tv.untilWords("稻瘟病");
  await takePicture(tv, "tv-library");
  await tv.press("ok");
  await tv.untilWords("开始学习");
  await takePicture(tv, "tv-lesson");
  await tv.press("back", 2);
  await tv.untilWords("今天学习");
  await tv.press("left");
  await tv.press("ok");
  await tv.untilWords("字的大小");
  await takePicture(tv, "tv-settings");
  await tv.press("back");
  await tv.untilWords("今天学习");
  await tv.press("ok");
  await tv.until("the sign-in", isAt("signin"));
});

test("40 of 50 are signed in with one press each, and the county sees it", async () => {
  await tv.untilWords("到了按【确定】");
  await tv.press("ok", 40);
  await takePicture(tv, "tv-signin");
  await tv.press("right", 10);
  const { session } = await tv.until("all marked", (view) => view.session?.counts.unmarked === 0);
  expect(session?.counts).toMatchObject({ expected: 50, P: 40, A: 10, L: 0, V: 0 });
  const { lines } = await untilCounty((page) => page.lines[0]?.counts.P === 40);
  expect(lines[0]).toMatchObject({ closed: false, boxName: "青石村收看室" });
});

test("the heads are counted, and the hint is read", async () => {
  for (let press = 0; press < 3 && !(await tv.words()).includes("现场实到几人"); press += 1) {
    await tv.press("ok");
  }
  await tv.untilWords("现场实到几人");
  await tv.press("up", 8);
  await tv.press("ok");
  const { session } = await tv.until("heads", (view) => view.session?.headsAsked === true);
  expect(session?.heads).toBe(40);
  await tv.pressUntil("ok", 4, isAt("hint"));
  await takePicture(tv, "tv-hint");
  await tv.pressUntil("ok", 8, isAt("watch"));
});

test("the film plays, stops at a cue by itself, and goes on two seconds earlier", async () => {
  await expect.poll(() => tv.filmS(), { timeout: 20_000 }).toBeGreaterThan(1);
  const before = (await tv.view()).session?.film;
  const cueMs = before?.cues[0]?.atMs ?? 0;
  const steps = Math.floor((cueMs - 4000) / 10_000);
  await tv.press("right", steps);
  await expect.poll(() => tv.filmS(), { timeout: 20_000 }).toBeGreaterThan(steps * 10);
  await takePicture(tv, "tv-film");
  const { session } = await tv.until("the cue", (view) => view.session?.explaining !== null);
  expect(session?.explaining?.cue).toBe(0);
  await tv.untilWords("播中解释");
  await takePicture(tv, "tv-cue");
  const heldAtS = await tv.filmS();
  await tv.press("ok");
  const after = await tv.until("it goes on", (view) => view.session?.explaining === null);
  expect(after.session?.film?.atMs).toBe((session?.explaining?.atMs ?? 0) - 2000);
  await expect.poll(() => tv.filmS(), { timeout: 20_000 }).toBeGreaterThan(heldAtS);
});

test("at its end the discussion begins, then feedback and practice", async () => {
  const film = (await tv.view()).session?.film;
  const leftMs = (film?.durationMs ?? 0) - (await tv.filmS()) * 1000;
  await tv.press("right", Math.ceil(leftMs / 10_000));
  await tv.until("the discussion", isAt("discuss"));
  await takePicture(tv, "tv-discuss");
  await tv.pressUntil("ok", 12, isAt("feedback"));
  await tv.press("up", 5);
  await takePicture(tv, "tv-feedback");
  await tv.pressUntil("ok", 14, isAt("practise"));
  await takePicture(tv, "tv-practise");
  await tv.pressUntil("ok", 6, isAt("closing"));
});

test("the closing sheet gives the 核验码, and home comes back", async () => {
  await takePicture(tv, "tv-closing");
  const { session } = await tv.pressUntil("ok", 2, (view) => view.session?.closed != null);
  expect(session?.closed?.headCode).toMatch(/^[2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5}$/);
  await tv.untilWords("核验码");
  await takePicture(tv, "tv-closed");
  await tv.press("ok");
  await tv.until("home", (view) => view.session === null);
  expect(tv.errors).toEqual([]);
});

test("the box's register and the county's say the same", async () => {
  const { stdout, code } = await oneRoom("register", "sessions", "--data", demo.data, "--json");
  const [session] = JSON.parse(stdout) as Record<string, unknown>[];
  expect(code).toBe(0);
  expect(session).toMatchObject({
    type: "study-day",
    lessons: ["rice-blast-2026"],
    expected: 50,
    present: 40,
    late: 0,
    leave: 0,
    absent: 10,
    guests: 0,
    headcount: 40,
    closed: true,
  });
  const { lines } = await untilCounty((page) => page.lines[0]?.closed === true);
  expect(lines[0]).toMatchObject({
    id: session?.["id"],
    headCode: session?.["headCode"],
    heads: 40,
  });
  expect(lines[0]?.counts).toMatchObject({ expected: 50, P: 40, A: 10 });
  expect((await oneRoom("register", "verify", "--data", demo.data)).code).toBe(0);
});

test("a clerk finds the session on the console's page, with the names", async () => {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(demo.console);
  await page.locator("input").first().fill(demo.consoleUser);
  await page.locator("input[type=password]").fill(demo.consolePassword);
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: "收看室" }).first().click();
  await page.getByText("青石村收看室").first().waitFor();
  const { lines } = await untilCounty((sessions) => sessions.lines[0]?.closed === true);
  const [line] = lines;
  await page.goto(`${demo.console}/#/sessions/${line?.box}/${line?.id}`);
  await page
    .getByText(line?.headCode ?? "-")
    .first()
    .waitFor();
  await page.getByText("稻瘟病的识别与防治").first().waitFor();
  await takePicture(page, "console-session");
  await page.close();
});

test("it stops cleanly when asked", async () => {
  expect(await demo.stop()).toBe(0);
});
