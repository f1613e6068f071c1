/** A list of large rows, five a page: one focus, never a scroll. Pure. */
import type { Scene } from "../scene/node.ts";
import type { KeyHint, RemoteKey } from "../screen.ts";
import { COLOURS, SAFE, type TextSizes } from "../theme.ts";
import { button, centred, moved, text } from "./draw.ts";
import { fit } from "./measure.ts";

export const LIST_PAGE = 5;

export interface ListRow {
  /** One or two lines. */
  readonly words: string;
  readonly selected?: boolean;
}

export interface ListFacts {
  readonly heading: string;
  /** Null: not read yet. */
  readonly rows: readonly ListRow[] | null;
  readonly focus: number;
  readonly sizes: TextSizes;
  /** Said in place of an empty list. */
  readonly none: string;
}

const STEPS: Partial<Record<RemoteKey, number>> = {
  up: -1,
  down: 1,
  left: -LIST_PAGE,
  right: LIST_PAGE,
  "page-up": -LIST_PAGE,
  "page-down": LIST_PAGE,
};

/** Null: the key does not move the focus. */
export function pressList(focus: number, key: RemoteKey, count: number): number | null {
  const step = STEPS[key];
  return step === undefined ? null : moved(focus, step, count);
}

export function listHints(act: string, back: string): readonly KeyHint[] {
  return [
    { key: "确定", text: act },
    { key: "返回", text: back },
    { key: "▲▼", text: "移动" },
    { key: "◀▶", text: "翻页" },
  ];
}

export function listScene({ heading, rows, focus, sizes, none }: ListFacts): Scene {
  const count = rows?.length ?? 0;
  const page = Math.floor(focus / LIST_PAGE);
  const pages = Math.max(1, Math.ceil(count / LIST_PAGE));
  const pageWords = `第 ${page + 1}/${pages} 页`;
  const empty = rows === null ? "正在读取…" : none;
  return [
    ...headScene(heading, pageWords, sizes),
    ...(count === 0 ? [centred(440, empty, sizes.audience, { lines: 2 })] : []),
    ...(rows ?? []).slice(page * LIST_PAGE, (page + 1) * LIST_PAGE).flatMap((row, index) =>
      rowScene(row, {
        y: 140 + index * 158,
        focused: page * LIST_PAGE + index === focus,
        sizes,
      }),
    ),
  ];
}

/** What is read, and how far one is in it. */
export function headScene(heading: string, pageWords: string, sizes: TextSizes): Scene {
  const right = 340;
  const w = SAFE.width - right;
  const { size } = fit(heading, { from: sizes.operator, least: 40, lines: 1, w });
  return [
    text({ y: 54, w, text: heading, size, bold: true }),
    text({
      x: SAFE.right - right,
      w: right,
      y: 54,
      text: pageWords,
      size: sizes.hint,
      align: "right",
      colour: COLOURS.secondary,
    }),
  ];
}

interface RowPlace {
  readonly y: number;
  readonly focused: boolean;
  readonly sizes: TextSizes;
}

function rowScene({ words, selected = false }: ListRow, { y, focused, sizes }: RowPlace): Scene {
  const w = SAFE.width - 140;
  const { size } = fit(words, { from: sizes.operator, least: 40, lines: 2, w });
  return button({
    x: SAFE.left,
    y,
    w: SAFE.width,
    h: 134,
    // Two lines of the largest letters are higher than a row.
    text: words,
    size: Math.min(size, 44),
    focused,
    selected,
    align: "left",
    lines: 2,
  });
}
