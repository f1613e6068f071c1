/**
 * Goal: the web views of old boxes hold a whole session: Chromium 73 draws the page (it has no
 * H.264, so the film is passed over in words), Chromium 78 plays the film as well.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import type { View } from "../../protocol/generated/types.ts";
import type { SessionRegister } from "../../protocol/register.ts";
import { type Demo, removeDemo, startDemo } from "../support/demo.ts";
import { type OldMajor, type OldTv, openOldTv } from "../support/old-chromium.ts";
import { oneRoom, ROOT } from "../support/process.ts";

const hasOldEngines = process.platform === "linux" && process.arch === "x64";
const majors: OldMajor[] = hasOldEngines ? [73, 78] : [];

let demo: Demo | null = null;
let tv: OldTv | null = null;
afterEach(async () => {
  await tv?.close();
  if (demo !== null) {
    await demo.stop();
    removeDemo(demo);
  }
  demo = null;
  tv = null;
});

const stage = (view: View) => view.session?.flow[view.session.at]?.kind ?? "home";

async function pressThrough(old: OldTv, to: string, presses: number): Promise<void> {
  for (let press = 0; press < presses; press += 1) {
    const view = await old.view();
    if (view !== null && stage(view) === to) return;
    await old.press("ok");
    await old.evaluate("new Promise((resolve) => setTimeout(resolve, 200))");
  }
  await old.until(`in ${to}`, (view) => stage(view) === to);
}

async function keepPicture(old: OldTv, name: string): Promise<void> {
  const folder = process.env.ONE_ROOM_PICTURES;
  if (folder === undefined) return;
  mkdirSync(join(ROOT, folder), { recursive: true });
  writeFileSync(join(ROOT, folder, `${name}.png`), await old.picture());
}

/** Mean of the film's picture, 0 to 255, as the page itself can read it. */
const BRIGHTNESS = `(() => {
  const canvas = document.createElement("canvas");
  canvas.width = 16;
  canvas.height = 9;
  const draw = canvas.getContext("2d");
  draw.drawImage(document.querySelector("video"), 0, 0, 16, 9);
  const { data } = draw.getImageData(0, 0, 16, 9);
  return data.reduce((sum, value, index) => sum + (index % 4 === 3 ? 0 : value), 0) / (16 * 9 * 3);
})()`;

/** Chromium 78: the picture advances, and the film is then left by the end. */
async function watchFilm(old: OldTv): Promise<void> {
  const seconds = () => old.evaluate<number>("document.querySelector('video').currentTime");
  await expect.poll(seconds, { timeout: 30_000 }).toBeGreaterThan(1.5);
  await keepPicture(old, "old-78-film");
  const brightness = await old.evaluate<number>(BRIGHTNESS);
  expect(brightness, "the film's picture is not black").toBeGreaterThan(40);
  const view = await old.until("in the film", ({ session }) => session?.film != null);
  await old.press("right", Math.ceil((view.session?.film?.durationMs ?? 0) / 10_000) + 1);
}

async function watchedIn(data: string, session: string): Promise<number> {
  const { stdout } = await oneRoom("register", "show", session, "--data", data, "--json");
  const { register } = JSON.parse(stdout) as { register: Pick<SessionRegister, "viewing"> };
  return register.viewing.reduce((sum, { watchedMs }) => sum + watchedMs, 0);
}

test.each(majors)(
  "Chromium %i holds a whole session",
  async (major) => {
    demo = await startDemo();
    tv = await openOldTv(major, demo.page);
    await tv.until("at home", (view) => view.home.plan?.today === true);
    await keepPicture(tv, `old-${major}-home`);
    await pressThrough(tv, "signin", 2);
    await tv.press("ok", 50);
    await tv.until("all signed in", (view) => view.session?.counts.P === 50);
    await pressThrough(tv, "hint", 6);
    for (let card = 0; card < 6 && stage((await tv.view()) as View) === "hint"; card += 1) {
      await tv.press("ok");
    }
    if (major === 78) await watchFilm(tv);
    await tv.until("past the film", (view) => stage(view) === "discuss");
    await pressThrough(tv, "closing", 40);
    await tv.press("ok");
    const { session } = await tv.until("registered", (view) => view.session?.closed != null);
    expect(session?.closed?.headCode).toMatch(/^[2-9A-Z]{5}-[2-9A-Z]{5}$/);
    expect(tv.errors).toEqual([]);
    // Watched time needs frames that advance, which old engines count under another name.
    const watchedMs = await watchedIn(demo.data, session?.id ?? "");
    if (major === 78) expect(watchedMs).toBeGreaterThan(1000);
    else expect(watchedMs).toBe(0);
  },
  240_000,
);
