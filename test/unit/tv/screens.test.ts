/**
 * Goal: what holds for every screen is asked of every screen of one list: sizes, contrast, focus,
 * keys that are held, the way home. Method: each is shown on a TV of its own over a real room.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { goHome } from "../../support/go-home.ts";
import { ROOT } from "../../support/process.ts";
import { SHOWN_SCREENS, showScreen } from "../../support/shown-screens.ts";
import { breachesOf, focusBreaches, showsFocus } from "../../support/standard.ts";

const HELD_MS = 3000;
/** N3: at once, after half a second, then eight times a second. */
const STEPS_MAX = 2 + (HELD_MS - 500) / 125;
const HIGH_CONTRAST_MIN = 10;

/** Names that the screens call themselves. */
function namesInSources(): string[] {
  const folder = join(ROOT, "src/tv/screens");
  const files = readdirSync(folder).filter((file) => file.endsWith(".ts"));
  return files.flatMap((file) => {
    const text = readFileSync(join(folder, file), "utf8");
    return [...text.matchAll(/readonly name = "([^"]+)"/g)].map((match) => match[1] ?? "");
  });
}

test("every screen of the page is on the list, and each picture has a name of its own", () => {
  const places = new Set(SHOWN_SCREENS.map(({ place }) => place));
  expect([...places].sort()).toEqual([...namesInSources(), "pause-menu"].sort());
  const pictures = SHOWN_SCREENS.map(({ picture }) => picture);
  expect(new Set(pictures).size).toBe(pictures.length);
});

describe.each(SHOWN_SCREENS.map((shown) => [shown.picture, shown] as const))(
  "%s",
  (_name, shown) => {
    test("keeps to the standard in every scale, and in high contrast", async () => {
      for (const scale of ["standard", "large", "huge"] as const) {
        const tv = await showScreen(shown, scale);
        const look = (contrastMin?: number) => [
          ...breachesOf(tv.scene, contrastMin),
          ...focusBreaches(tv.scene),
          ...(tv.isBareFilm || showsFocus(tv.scene) ? [] : ["no focus is seen"]),
        ];
        expect(look(), scale).toEqual([]);
        tv.fake.room.setSite({ contrast: "high" });
        await tv.settle();
        expect(look(HIGH_CONTRAST_MIN), `${scale}, high contrast`).toEqual([]);
      }
    });

    test("does one thing when OK or Back is held for three seconds", async () => {
      for (const key of ["ok", "back"] as const) {
        for (const how of ["repeats", "pairs"] as const) {
          const tv = await showScreen(shown);
          expect(await tv.hold(key, HELD_MS, how), `${key} in ${how}`).toBe(1);
          expect(tv.refusals).toEqual([]);
        }
      }
    });

    test("steps at most eight times a second when an arrow is held", async () => {
      const tv = await showScreen(shown);
      for (const key of ["down", "up", "right", "left"] as const) {
        const acts = await tv.hold(key, HELD_MS, "repeats");
        expect(acts, key).toBeGreaterThan(0);
        expect(acts, key).toBeLessThanOrEqual(STEPS_MAX);
        await tv.wait(1000);
      }
      expect(tv.refusals).toEqual([]);
    });

    test("is at most four presses away from home", async () => {
      expect(await goHome(await showScreen(shown))).toBeLessThanOrEqual(4);
    });
  },
);
