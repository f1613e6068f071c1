/** The way home from anywhere, as a person finds it: Back, and in the pause menu 回首页. */
import type { HeadlessTv } from "./headless-tv.ts";

const PRESSES_MAX = 12;

/** Presses that it took. */
export async function goHome(tv: HeadlessTv): Promise<number> {
  const before = tv.presses;
  while (tv.place !== "home" && tv.presses - before < PRESSES_MAX) {
    await tv.press("back");
    if (tv.place === "pause-menu") await tv.press("down", "ok");
  }
  if (tv.place !== "home") throw new Error(`no way home from ${tv.place}:\n${tv.words}`);
  return tv.presses - before;
}
