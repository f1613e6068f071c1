/** A TV with its remote: real Chromium on the page, keys in, view and pictures out. */
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import type { View } from "../../protocol/generated/types.ts";

const KEY = {
  ok: "Enter",
  back: "Backspace",
  up: "ArrowUp",
  down: "ArrowDown",
  left: "ArrowLeft",
  right: "ArrowRight",
} as const;

export type RemoteKey = keyof typeof KEY;

/** Flags for a machine without a screen, a GPU or a network. */
const FLAGS = [
  "--no-sandbox",
  "--use-gl=angle",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--autoplay-policy=no-user-gesture-required",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: "/usr/bin/chromium", args: FLAGS });
}

export interface Tv {
  readonly page: Page;
  readonly errors: readonly string[];
  press(key: RemoteKey, times?: number): Promise<void>;
  view(): Promise<View>;
  /** All words on the screen now. */
  words(): Promise<string>;
  /** Where the film stands on the page, in seconds. */
  filmS(): Promise<number>;
  /** Presses until the view fits, at most `times`. */
  pressUntil(key: RemoteKey, times: number, fits: (view: View) => boolean): Promise<View>;
  /** Waits until the words on the screen hold this one. */
  untilWords(part: string): Promise<void>;
  /** Waits until the view on the page fits; fails with the last one seen. */
  until(what: string, fits: (view: View) => boolean): Promise<View>;
  /** Presses OK until the session stands in a stage of this kind. */
  pressUntilStage(kind: string): Promise<View>;
  /** Moves down a menu to the entry that says this, and takes it. */
  choose(part: string): Promise<void>;
  /** Waits until the service answers again. */
  untilAnswered(): Promise<void>;
  picture(path: string): Promise<void>;
  close(): Promise<void>;
}

const WAIT_MS = 30_000;
/** A person's quickest pressing; the key normaliser takes anything under 150 ms for one press. */
const BETWEEN_KEYS_MS = 180;
/** An answer of the service is here by then; a screen that changed takes the next key. */
const SETTLE_MS = 250;
const LOST = "没有响应";
/** More than any stage has cards, topics and questions, and fifty names besides. */
const PRESSES_MAX = 80;

type Hook = {
  readonly __oneRoom?: { readonly view: View | null; texts(): { readonly text: string }[] };
};

async function readWords(page: Page): Promise<string> {
  return page.evaluate(() =>
    ((window as unknown as Hook).__oneRoom?.texts() ?? []).map(({ text }) => text).join("\n"),
  );
}

async function readView(page: Page): Promise<View | null> {
  return page.evaluate(() => (window as unknown as Hook).__oneRoom?.view ?? null);
}

/** Most sets; some cheap boxes draw 1280 × 720. */
const FULL_HD = { width: 1920, height: 1080 };

/** @param where a browser, or a context of it that was made ready */
export async function openTv(where: Browser | BrowserContext, url: string): Promise<Tv> {
  const page = await ("contexts" in where ? where.newPage({ viewport: FULL_HD }) : where.newPage());
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  // Not "load": what never comes must not keep a page from being looked at.
  await page.goto(url, { waitUntil: "domcontentloaded" });
  const until = async (what: string, fits: (view: View) => boolean): Promise<View> => {
    const deadline = performance.now() + WAIT_MS;
    let last: View | null = null;
    while (performance.now() < deadline) {
      last = await readView(page);
      if (last !== null && fits(last)) return last;
      await page.waitForTimeout(50);
    }
    throw new Error(`the page never showed: ${what}. Last view: ${JSON.stringify(last)}`);
  };
  const press = async (key: RemoteKey, times = 1): Promise<void> => {
    for (let count = 0; count < times; count += 1) {
      await page.keyboard.press(KEY[key]);
      await page.waitForTimeout(BETWEEN_KEYS_MS);
    }
  };
  const untilWords = async (part: string): Promise<void> => {
    const deadline = performance.now() + WAIT_MS;
    while (performance.now() < deadline) {
      if ((await readWords(page)).includes(part)) return;
      await page.waitForTimeout(50);
    }
    throw new Error(`the page never said “${part}”, but:\n${await readWords(page)}`);
  };
  const pressUntil: Tv["pressUntil"] = async (key, times, fits) => {
    for (let count = 0; count < times; count += 1) {
      const view = await readView(page);
      if (view !== null && fits(view)) return view;
      await press(key);
      await page.waitForTimeout(SETTLE_MS);
    }
    return until(`it after ${times} presses of ${key}`, fits);
  };
  const stageOf = ({ session }: View) => session?.flow[session.at]?.kind;
  return {
    page,
    errors,
    until,
    pressUntil,
    pressUntilStage: (kind) => pressUntil("ok", PRESSES_MAX, (view) => stageOf(view) === kind),
    async choose(part) {
      // The key that opens the menu is answered before the menu is drawn.
      await untilWords(part);
      const items = (await readWords(page)).split("\n");
      const first = items.findIndex((words) => /^接着/.test(words));
      const index = items.findIndex((words) => words.includes(part));
      await press("down", index - first);
      await press("ok");
    },
    untilAnswered: async () => {
      const lost = async () => (await readWords(page)).includes(LOST);
      const deadline = performance.now() + WAIT_MS;
      // A page that has not noticed yet would be taken for one that was answered.
      await page.waitForTimeout(SETTLE_MS);
      while ((await lost()) && performance.now() < deadline) await page.waitForTimeout(50);
    },
    press,
    untilWords,
    view: () => until("a view", () => true),
    words: () => readWords(page),
    filmS: () => page.evaluate(() => document.querySelector("video")?.currentTime ?? 0),
    async picture(path) {
      await page.screenshot({ path });
    },
    close: () => page.close(),
  };
}
