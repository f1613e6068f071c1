/**
 * Goal: what is painted costs as little as it can, and looks no other for it. Method: the pure parts
 * of the painter, over every screen of the list; no browser.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LessonCard } from "../../../protocol/generated/types.ts";
import { withHighContrast } from "../../../src/tv/parts/contrast.ts";
import { inBatches } from "../../../src/tv/scene/batches.ts";
import type { Scene, SceneNode } from "../../../src/tv/scene/node.ts";
import { isOnSheet } from "../../../src/tv/scene/shapes.ts";
import { TextureShelf } from "../../../src/tv/scene/texture-shelf.ts";
import { pressShelf, SHELF_START, shownOf } from "../../../src/tv/screens/library/shelf.ts";
import { SHOWN_SCREENS, showScreen } from "../../support/shown-screens.ts";

/** A toast or a clock may be on its way; then nothing more comes by itself. */
const SETTLE_MS = 10_000;
const LEFT_ALONE_MS = 60_000;
const STEP_MS = 6000;
/** What counts the seconds that people talk, and the film, which runs. */
const MOVING: readonly string[] = ["discuss", "film"];

describe.each(SHOWN_SCREENS.map((shown) => [shown.picture, shown] as const))("%s", (_, shown) => {
  test("is made of shapes that the sheet has, and left alone is drawn no second time", async () => {
    const tv = await showScreen(shown);
    for (const scene of [tv.scene, withHighContrast(tv.scene)]) {
      const shapes = scene.filter((node) => node.kind === "rect" || node.kind === "frame");
      expect(shapes.filter((node) => !isOnSheet(node))).toEqual([]);
    }
    if (MOVING.includes(shown.place)) return;
    await tv.wait(SETTLE_MS);
    const before = tv.scene;
    for (let ms = 0; ms < LEFT_ALONE_MS; ms += STEP_MS) await tv.wait(STEP_MS);
    expect(tv.scene).toEqual(before);
  });
});

const side = fc.integer({ min: 0, max: 12 }).map((steps) => steps * 60);
const place = fc.record({ x: side, y: side, w: fc.constant(90), h: fc.constant(90) });
const anyNode: fc.Arbitrary<SceneNode> = fc.oneof(
  place.map((at) => ({ ...at, kind: "rect", colour: 1 }) as const),
  place.map((at) => ({ ...at, kind: "frame", colour: 2, width: 8, radius: 24 }) as const),
  place.map(({ x, y, w }) => ({ kind: "text", x, y, w, text: "字", size: 40, colour: 3 }) as const),
);

function overlap(a: SceneNode, b: SceneNode): boolean {
  const heightOf = (node: SceneNode) => (node.kind === "text" ? 56 : node.h);
  const isAside = a.x + a.w <= b.x || b.x + b.w <= a.x;
  return !isAside && a.y + heightOf(a) > b.y && b.y + heightOf(b) > a.y;
}

/** Pairs that overlap: what lies below, and what above. */
function overlapping(scene: Scene): [SceneNode, SceneNode][] {
  return scene.flatMap((below, at) =>
    scene
      .slice(at + 1)
      .filter((above) => overlap(below, above))
      .map((above): [SceneNode, SceneNode] => [below, above]),
  );
}

test("in batches everything is drawn once, and what overlaps keeps its order", () => {
  fc.assert(
    fc.property(fc.array(anyNode, { maxLength: 20 }), (scene: Scene) => {
      const drawn = inBatches(scene);
      expect(new Set(drawn)).toEqual(new Set(scene));
      expect(drawn.length).toBe(scene.length);
      for (const [below, above] of overlapping(scene)) {
        expect(drawn.indexOf(below)).toBeLessThan(drawn.indexOf(above));
      }
    }),
  );
});

test("the cards of a page are one batch of shapes", async () => {
  const [library] = SHOWN_SCREENS.filter(({ picture }) => picture === "library");
  if (library === undefined) throw new Error("the library has no picture");
  const drawn = inBatches((await showScreen(library)).scene);
  const isShape = ({ kind }: SceneNode) => kind === "rect" || kind === "frame";
  const batches = drawn.filter((node, at) => isShape(node) && !isShape(drawn[at - 1] ?? node));
  expect(batches).toEqual([]);
});

interface Made {
  readonly key: string;
  isFree: boolean;
}

function shelfOf(spareCount: number, sparePixels: number) {
  const made: Made[] = [];
  const shelf = new TextureShelf<Made>({
    pixelsOf: () => 100,
    free: (texture) => {
      texture.isFree = true;
    },
    spareCount,
    sparePixels,
  });
  const show = (...keys: string[]) => {
    for (const key of keys) {
      shelf.take(key, () => {
        const texture = { key, isFree: false };
        made.push(texture);
        return texture;
      });
    }
    shelf.tidy(new Set(keys));
  };
  return { made, show, held: () => made.filter(({ isFree }) => !isFree).map(({ key }) => key) };
}

test("T1: what the picture shows is kept, however much it is", () => {
  const { show, held } = shelfOf(1, 100);
  show("a", "b", "c");
  expect(held()).toEqual(["a", "b", "c"]);
});

test("T2: of what is in no picture the last are kept, so many and with so many pixels", () => {
  const few = shelfOf(2, 10_000);
  few.show("a", "b", "c");
  few.show("d");
  expect(few.held()).toEqual(["b", "c", "d"]);
  const small = shelfOf(100, 250);
  small.show("a", "b", "c");
  small.show("d");
  expect(small.held()).toEqual(["b", "c", "d"]);
});

test("T2: after 200 screens there are as many textures as after the first few", () => {
  const { made, show, held } = shelfOf(10, 10_000);
  const screens = [0, 1, 2, 3].map((screen) => ["a", "b", "c", "d"].map((key) => key + screen));
  const counts: number[] = [];
  for (let change = 0; change < 200; change += 1) {
    show(...(screens[change % screens.length] ?? []));
    counts.push(held().length);
  }
  expect(counts.slice(20).every((count) => count === counts[20])).toBe(true);
  const before = made.length;
  show("a0");
  show("b0");
  show("a0");
  expect(made.length - before).toBeLessThanOrEqual(2);
});

const LESSONS: readonly LessonCard[] = Array.from({ length: 5000 }, (_, index) => ({
  id: `lesson-${index}`,
  version: 1,
  title: `课 ${index}`,
  category: ["农技", "党务"][index % 2] ?? "",
  number: String(index).padStart(4, "0"),
  initials: "abc",
  durationMs: 600_000,
  poster: null,
  state: "ready",
}));

/** How many lessons are looked at. */
function watched(lessons: readonly LessonCard[]) {
  const seen = { count: 0 };
  const list = new Proxy(lessons, {
    get(target, key, receiver) {
      if (typeof key === "string" && /^\d+$/.test(key)) seen.count += 1;
      return Reflect.get(target, key, receiver);
    },
  });
  return { seen, list };
}

test("a press among 5,000 lessons looks at no more of them than a page has", () => {
  const { seen, list } = watched(LESSONS);
  for (const category of [0, 1]) {
    let state = { ...SHELF_START, category };
    const keys = ["right", "down", "page-down", "down", "left", "up", "page-up"] as const;
    for (const [index, key] of keys.entries()) {
      // Once for a category: then its lessons are known.
      if (index === 1) seen.count = 0;
      state = pressShelf(state, key, list)?.state ?? state;
      shownOf(state, list).slice(state.focus, state.focus + 8);
    }
    expect(seen.count, `category ${category}`).toBeLessThanOrEqual(8 * keys.length);
  }
});
