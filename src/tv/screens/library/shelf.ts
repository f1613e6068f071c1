/**
 * The library without a picture: categories at the left, eight lessons a page; a lesson is also
 * found by its number, or by the first letters of its title on a pad of eight keys.
 */
import type { LessonCard } from "../../../../protocol/generated/types.ts";
import { moved } from "../../parts/draw.ts";
import { moveInGrid, type Turned } from "../../parts/turn.ts";
import type { RemoteKey } from "../../screen.ts";

export const SHELF = { columns: 4, page: 8 } as const;
export const PAD = { columns: 2 } as const;
/** Four rows of the left column; the fifth opens the pad. */
const CATEGORIES_MAX = 4;
const NUMBER_DIGITS = 4;

/** As on the keys of an old telephone: people know where their letter lies. */
export const PAD_KEYS = ["abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz"] as const;
/** Index of the pad's last cell: 清除. */
export const PAD_CLEAR = PAD_KEYS.length;

export type ShelfPart = "grid" | "categories" | "pad";

export interface ShelfState {
  readonly part: ShelfPart;
  readonly category: number;
  /** Index in the lessons that are shown. */
  readonly focus: number;
  readonly padFocus: number;
  /** Keys of the pad that were pressed, one a letter. */
  readonly letters: readonly string[];
  readonly typed: string;
  readonly said: string | null;
}

export const SHELF_START: ShelfState = {
  part: "grid",
  category: 0,
  focus: 0,
  padFocus: 0,
  letters: [],
  typed: "",
  said: null,
};

const ALL = "全部";
export const BY_LETTER = "按首字母找";

/** Of a list that was read once: 5,000 lessons are not gone through at every press. */
const known = new WeakMap<readonly LessonCard[], readonly string[]>();

export function categoriesOf(lessons: readonly LessonCard[]): readonly string[] {
  const before = known.get(lessons);
  if (before !== undefined) return before;
  const names = [...new Set(lessons.map(({ category }) => category))];
  const categories = [ALL, ...names.slice(0, CATEGORIES_MAX - 1), BY_LETTER];
  known.set(lessons, categories);
  return categories;
}

interface Shown {
  readonly category: number;
  readonly letters: readonly string[];
  readonly shown: readonly LessonCard[];
}

/** What was shown of a list last: nearly every press moves the focus among the same lessons. */
const lastShown = new WeakMap<readonly LessonCard[], Shown>();

export function shownOf(state: ShelfState, lessons: readonly LessonCard[]): readonly LessonCard[] {
  const { category, letters } = state;
  const last = lastShown.get(lessons);
  if (last?.category === category && last.letters === letters) return last.shown;
  const shown = findShown(state, lessons);
  lastShown.set(lessons, { category, letters, shown });
  return shown;
}

function findShown(state: ShelfState, lessons: readonly LessonCard[]): readonly LessonCard[] {
  const category = categoriesOf(lessons)[state.category];
  if (category === BY_LETTER)
    return lessons.filter(({ initials }) => fits(initials, state.letters));
  return category === ALL ? lessons : lessons.filter((lesson) => lesson.category === category);
}

function fits(initials: string, letters: readonly string[]): boolean {
  return letters.every((keys, index) => keys.includes(initials[index] ?? "-"));
}

export function pressShelf(
  state: ShelfState,
  key: RemoteKey,
  lessons: readonly LessonCard[],
): Turned<ShelfState> {
  if (key.startsWith("digit-")) return typeNumber(state, key.slice(6), lessons);
  if (key === "back" && state.typed !== "") return { state: { ...state, typed: "" } };
  const quiet: ShelfState = { ...state, typed: "", said: null };
  return PARTS[state.part](quiet, key, lessons);
}

/** The fourth digit opens the lesson: numbers are unique in the county. */
function typeNumber(
  state: ShelfState,
  digit: string,
  lessons: readonly LessonCard[],
): Turned<ShelfState> {
  const typed = state.typed + digit;
  if (typed.length < NUMBER_DIGITS) return { state: { ...state, typed, said: null } };
  const lesson = lessons.find(({ number }) => number === typed);
  const cleared: ShelfState = { ...state, typed: "" };
  if (lesson !== undefined) return { state: cleared, go: { kind: "lesson", id: lesson.id } };
  return { state: { ...cleared, said: `没有片号 ${typed}，请再按一次` } };
}

const PARTS: Readonly<Record<ShelfPart, typeof pressShelf>> = {
  grid: gridKey,
  categories: categoriesKey,
  pad: padKey,
};

function gridKey(state: ShelfState, key: RemoteKey, lessons: readonly LessonCard[]) {
  const shown = shownOf(state, lessons);
  const lesson = shown[state.focus];
  if (key === "ok") {
    return lesson === undefined ? null : { state, go: { kind: "lesson", id: lesson.id } as const };
  }
  if (key === "left" && state.focus % SHELF.columns === 0)
    return { state: leaveGrid(state, lessons) };
  const page = { "page-up": -SHELF.page, "page-down": SHELF.page }[key as "page-up"];
  if (page !== undefined)
    return { state: { ...state, focus: moved(state.focus, page, shown.length) } };
  const focus = moveInGrid(state.focus, key, { count: shown.length, columns: SHELF.columns });
  return focus === undefined ? null : { state: { ...state, focus } };
}

function leaveGrid(state: ShelfState, lessons: readonly LessonCard[]): ShelfState {
  const isByLetter = categoriesOf(lessons)[state.category] === BY_LETTER;
  return { ...state, part: isByLetter ? "pad" : "categories" };
}

function categoriesKey(state: ShelfState, key: RemoteKey, lessons: readonly LessonCard[]) {
  const names = categoriesOf(lessons);
  const step = { up: -1, down: 1 }[key as "up"];
  if (step !== undefined) {
    // From the first up to the last: the pad is two presses away from the lessons.
    const category = (state.category + step + names.length) % names.length;
    return { state: { ...state, category, focus: 0, letters: [] } };
  }
  if (key !== "ok" && key !== "right") return null;
  const part: ShelfPart = names[state.category] === BY_LETTER ? "pad" : "grid";
  return { state: { ...state, part } };
}

function padKey(state: ShelfState, key: RemoteKey): Turned<ShelfState> {
  if (key === "back") return { state: { ...state, part: "categories" } };
  if (key === "ok") return { state: pressPad(state) };
  const column = state.padFocus % PAD.columns;
  const isLastColumn = column === PAD.columns - 1 || state.padFocus === PAD_CLEAR;
  if (key === "left" && column === 0) return { state: { ...state, part: "categories" } };
  if (key === "right" && isLastColumn) return { state: { ...state, part: "grid", focus: 0 } };
  const padFocus = moveOnPad(state.padFocus, key);
  return padFocus === undefined ? null : { state: { ...state, padFocus } };
}

/** 清除 lies below both columns. */
function moveOnPad(focus: number, key: RemoteKey): number | undefined {
  const next = moveInGrid(focus, key, { count: PAD_KEYS.length + 1, columns: PAD.columns });
  return next === undefined && key === "down" && focus < PAD_CLEAR ? PAD_CLEAR : next;
}

function pressPad(state: ShelfState): ShelfState {
  const keys = PAD_KEYS[state.padFocus];
  const letters = keys === undefined ? [] : [...state.letters, keys];
  return { ...state, letters, focus: 0 };
}
