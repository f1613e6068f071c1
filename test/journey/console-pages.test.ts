/**
 * Goal: every page of the console opens over a county full of rooms, says its main number, and shows
 * nothing broken. Method: the built page in real Chromium, over an invented county.
 */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attentionOf } from "../../console/web/lists/attention.ts";
import { FAKE_PASSWORD, type FakeConsole, startFakeConsole } from "../support/fake-console.ts";
import { BOXES, NOW_MS, SESSIONS } from "../support/fake-county.ts";
import { NOTICE_LINES } from "../support/fake-notice-lines.ts";
import { SUPPLY } from "../support/fake-supply.ts";
import { YEAR_SESSIONS } from "../support/fake-year.ts";
import { takePicture } from "../support/pictures.ts";
import { launchChromium } from "../support/remote.ts";

let browser: Browser;
let county: FakeConsole;
let page: Page;
const errors: string[] = [];

beforeAll(async () => {
  [browser, county] = await Promise.all([launchChromium(), startFakeConsole()]);
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  await page.goto(county.url);
  await page.getByText("请用县里发给您的用户名登录").waitFor();
  await page.locator("input").first().fill("clerk");
  await page.locator("input[type=password]").fill(FAKE_PASSWORD);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "总览" }).waitFor();
  // Before the login the browser itself reports that nobody is logged in.
  errors.length = 0;
});
afterAll(async () => {
  await browser?.close();
  await county?.close();
});

const [ROOM] = BOXES;
const ALARMED = BOXES.find(({ alarms }) => alarms.length > 0);
const HELD = SESSIONS.find(({ closed, incomplete }) => closed && !incomplete);
const ATTENTION = BOXES.filter((box) => attentionOf(box, NOW_MS).length > 0).length;
/** One of the year's sessions has no certain day, and is in no year. */
const DATED = YEAR_SESSIONS.filter(({ openedAt }) => openedAt.sure).length;
const box = `/boxes/${ROOM?.id}`;
const session = `/sessions/${HELD?.box}/${HELD?.id}`;

/** Address, and what the page must say: its main number, or its main sentence. */
const PAGES: readonly (readonly [name: string, path: string, ...words: string[]])[] = [
  ["overview", "/", `收看室${BOXES.length}`, `需要处理（${ATTENTION}）`],
  ["boxes", "/boxes", `全部 ${BOXES.length}`],
  ["boxes-attention", "/boxes?show=attention", `需要处理 ${ATTENTION}`],
  ["box", box, "最近一次报告", "社区消防与用电安全：没下完"],
  ["box-alarm", `/boxes/${ALARMED?.id}`, "登记簿比县里少 18 条", "已核对"],
  ["year", `${box}/year`, `场次 ${DATED}`, "依据："],
  ["year-counts", `${box}/year?book=counts`, "党课"],
  ["year-makeup", `${box}/year?book=makeup`, "补课"],
  ["year-tasks", `${box}/year?book=tasks`, "课后实践"],
  ["year-member", `${box}/year?book=member`, "《党员收视手册》"],
  ["year-others", `${box}/year?book=others`, "没有计入次数"],
  ["sessions", "/sessions", "已显示 25 场"],
  ["session", session, `应到 ${HELD?.counts.expected}`, "时间已核对"],
  ["session-viewing", `${session}?book=viewing`, "实际放了"],
  ["session-discussion", `${session}?book=discussion`, "《讨论登记簿》"],
  ["session-feedback", `${session}?book=feedback`, "《信息反馈簿》"],
  ["session-practise", `${session}?book=practise`, "课后实践"],
  ["session-later", `${session}?book=later`, "更正和补课"],
  ["print", `/print/${HELD?.box}/${HELD?.id}`, "党员签到册", "时间已核对"],
  ["notices", "/notices", `191/${NOTICE_LINES[0]?.rooms}`, "收回了"],
  ["supply", "/supply", `已发布的片子（${SUPPLY.catalogue?.lessons.length} 个`],
  ["nowhere", "/nowhere", "没有"],
];

/** As a person reads it: what is hidden, or not printed, is not there. */
// biome-ignore lint/performance/useDomNodeTextContent: textContent would count what is hidden
const shown = () => page.locator("body").innerText();
const squeezed = (text: string) => text.replaceAll(/\s+/g, "");

async function untilSaid(words: string): Promise<void> {
  const said = async () => squeezed(await shown());
  await expect.poll(said, { timeout: 30_000, interval: 200 }).toContain(squeezed(words));
}

/** Whatever has a name on a page: headings, ways to go, things to press, columns. */
async function namelessParts(): Promise<string[]> {
  return page.evaluate(() => {
    const parts = Array.from(
      document.querySelectorAll("h1, h2, h3, a, button, [role=tab], dt, label"),
    );
    return parts
      .filter((part) => part instanceof HTMLElement && part.offsetParent !== null)
      .filter((part) => !part.closest("[aria-hidden=true]"))
      .filter((part) => {
        const named = part.querySelector("[aria-label]") ?? part;
        return `${part.textContent}${named.getAttribute("aria-label") ?? ""}`.trim() === "";
      })
      .map((part) => part.outerHTML.slice(0, 160));
  });
}

test.each(PAGES)(
  "the page %s opens, says its main number, and nothing on it is broken",
  async (name, path, ...words) => {
    await page.goto(`${county.url}#${path}`);
    for (const part of words) await untilSaid(part);
    const text = await shown();
    expect(text).not.toMatch(/undefined|NaN|null|\[object|Invalid/);
    expect(await namelessParts()).toEqual([]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(wide, "wider than the screen").toBe(false);
    await takePicture(page, name);
    expect(errors).toEqual([]);
  },
);

test("what a year's page prints carries the evidence of each session, and no ways to go", async () => {
  await page.goto(`${county.url}#${box}/year`);
  await untilSaid("依据：");
  await page.emulateMedia({ media: "print" });
  const text = await shown();
  expect(text.split("依据：")).toHaveLength(DATED + 1);
  expect(text).not.toContain("导出表格");
  expect(text).not.toContain("总览");
  await page.emulateMedia({ media: "screen" });
});

test("a notice is written, and who has not read one is found", async () => {
  await page.goto(`${county.url}#/notices`);
  await page.getByRole("button", { name: "写通知" }).click();
  await page.getByText("选乡镇、村").click();
  await untilSaid("选一个或几个地方");
  await takePicture(page, "notice-form");
  await page.getByRole("button", { name: "先不发" }).click();
  await page
    .getByRole("button", { name: /展开|Expand/ })
    .first()
    .click();
  await untilSaid("还没送到：播放盒连上县里就送");
  await takePicture(page, "notice-rooms");
  expect(errors).toEqual([]);
});
