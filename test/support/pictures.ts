/**
 * Pictures of what a test has on its screen, kept only when asked:
 * `ONE_ROOM_PICTURES=docs/pictures`.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { ROOT } from "./process.ts";
import type { Tv } from "./remote.ts";

export async function takePicture(shown: Tv | Page, name: string): Promise<void> {
  const folder = process.env["ONE_ROOM_PICTURES"];
  if (folder === undefined) return;
  mkdirSync(join(ROOT, folder), { recursive: true });
  const page = "page" in shown ? shown.page : shown;
  await page.waitForTimeout(400);
  await page.screenshot({ path: join(ROOT, folder, `${name}.png`) });
}
