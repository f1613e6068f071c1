import { expect, test } from "vitest";
import type { LessonCard } from "../../../protocol/generated/types.ts";
import type { RemoteKey } from "../../../src/tv/screen.ts";
import {
  BY_LETTER,
  categoriesOf,
  PAD,
  PAD_KEYS,
  pressShelf,
  SHELF_START,
  type ShelfState,
  shownOf,
} from "../../../src/tv/screens/library/shelf.ts";

const LETTERS = "abcdefghijklmnopqrstuvwxyz";

function makeLessons(count: number): LessonCard[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `lesson-${index}`,
    version: 1,
    title: `课 ${index}`,
    category: ["农技", "党务", "安全", "健康"][index % 4] ?? "",
    number: String(1001 + index),
    initials: [7, 3, 11].map((step) => LETTERS[(index * step + 5) % 26]).join(""),
    durationMs: 600_000,
    poster: null,
    state: "ready",
  }));
}

class Shelf {
  state: ShelfState = SHELF_START;
  opened: string | null = null;
  presses = 0;
  readonly lessons: readonly LessonCard[];

  constructor(count: number) {
    this.lessons = makeLessons(count);
  }

  press(...keys: RemoteKey[]): this {
    for (const key of keys) {
      this.presses += 1;
      const turn = pressShelf(this.state, key, this.lessons);
      if (turn === null) continue;
      this.state = turn.state;
      if (turn.go !== undefined && "id" in turn.go) this.opened = turn.go.id;
    }
    return this;
  }

  /** Presses that lead from one cell of the pad to another. */
  toPad(index: number): this {
    const at = this.state.padFocus;
    const across = (index % PAD.columns) - (at % PAD.columns);
    const down = Math.floor(index / PAD.columns) - Math.floor(at / PAD.columns);
    const keys = (key: RemoteKey, count: number) => Array<RemoteKey>(Math.max(0, count)).fill(key);
    return this.press(
      ...keys("left", -across),
      ...keys("down", down),
      ...keys("up", -down),
      ...keys("right", across),
    );
  }
}

test("four digits of a number open the lesson, from any part", () => {
  const shelf = new Shelf(200).press("digit-1", "digit-1", "digit-0", "digit-7");
  expect(shelf.opened).toBe("lesson-106");
  const columns = new Shelf(200).press("left", "digit-1", "digit-0", "digit-0", "digit-1");
  expect(columns.opened).toBe("lesson-0");
});

test("a number that is no lesson's is said, and opens nothing", () => {
  const shelf = new Shelf(3).press("digit-9", "digit-9", "digit-9", "digit-9");
  expect(shelf.opened).toBeNull();
  expect(shelf.state.said).toBe("没有片号 9999，请再按一次");
});

test("Back clears digits before it leaves", () => {
  const shelf = new Shelf(3).press("digit-1", "back");
  expect(shelf.state.typed).toBe("");
  expect(pressShelf(shelf.state, "back", shelf.lessons)).toBeNull();
});

test("a category shows its lessons only, the last entry opens the pad", () => {
  const shelf = new Shelf(40).press("left", "down");
  expect(shownOf(shelf.state, shelf.lessons)).toHaveLength(10);
  expect(categoriesOf(shelf.lessons)).toEqual(["全部", "农技", "党务", "安全", BY_LETTER]);
  shelf.press("down", "down", "down", "ok");
  expect(shelf.state.part).toBe("pad");
});

test("first letters leave few lessons, and clearing brings all back", () => {
  const shelf = new Shelf(200).press("left", "up", "ok");
  const wanted = shelf.lessons[137]?.initials ?? "";
  for (const letter of wanted) {
    shelf.toPad(PAD_KEYS.findIndex((keys) => keys.includes(letter))).press("ok");
  }
  const left = shownOf(shelf.state, shelf.lessons);
  expect(left.map(({ id }) => id)).toContain("lesson-137");
  expect(left.length).toBeLessThanOrEqual(8);
  shelf.toPad(PAD_KEYS.length).press("ok");
  expect(shownOf(shelf.state, shelf.lessons)).toHaveLength(200);
});

test("nothing runs off an empty shelf", () => {
  const keys: RemoteKey[] = [
    "ok",
    "right",
    "down",
    "left",
    "down",
    "ok",
    "right",
    "ok",
    "up",
    "back",
  ];
  const shelf = new Shelf(0).press(...keys, ...keys);
  expect(shelf.opened).toBeNull();
});
