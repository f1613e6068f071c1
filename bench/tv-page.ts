/** The TV page in a browser context of its own, and what the benches wait for on it. */
import type { Browser, Page } from "playwright-core";

/** Nothing of another round is cached. */
export async function inNewContext<T>(
  browser: Browser,
  act: (page: Page) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  try {
    return await act(await context.newPage());
  } finally {
    await context.close();
  }
}

/** The page's hook for tests. */
type Hooked = { __oneRoom?: { texts(): readonly { readonly text: string }[] } };

/** Runs in the page: does the canvas show these words? */
function isShown(words: string): boolean {
  const texts = (window as unknown as Hooked).__oneRoom?.texts() ?? [];
  return texts.some(({ text }) => text.includes(words));
}

export function showsWords(page: Page, words: string): Promise<boolean> {
  return page.evaluate(isShown, words);
}

/** Until the canvas shows these words. */
export async function untilWords(page: Page, words: string): Promise<void> {
  await page.waitForFunction(isShown, words);
}
