/** What lies over the film's picture. Pure. */
import type { Cue, FilmView } from "../../../protocol/generated/types.ts";
import { button, centred, ground, menu, text } from "../parts/draw.ts";
import { filmTime } from "../parts/words.ts";
import type { Caption } from "../player/captions.ts";
import type { Scene } from "../scene/node.ts";
import type { KeyHint } from "../screen.ts";
import { COLOURS, FOCUSABLE_HEIGHT_MIN, SAFE, SCREEN, type TextSizes } from "../theme.ts";

export const CUE_CHOICES = [
  { id: "go-on", words: "接着看" },
  { id: "replay", words: "再看一遍" },
  { id: "mark", words: "记下问题" },
] as const;

export const CUE_HINTS: KeyHint[] = [
  { key: "确定", text: "选中" },
  { key: "◀▶", text: "选择" },
  { key: "返回", text: "菜单" },
];

export const LIST_HINTS: KeyHint[] = [
  { key: "▲▼", text: "选择" },
  { key: "确定", text: "选中" },
  { key: "返回", text: "接着看" },
];

export function filmHints(plays: boolean): KeyHint[] {
  return [
    { key: "确定", text: plays ? "暂停" : "接着看" },
    { key: "◀▶", text: "退进10秒" },
    { key: "▲", text: "再看一遍" },
    { key: "▼", text: "分段和讲解" },
    { key: "返回", text: "菜单" },
  ];
}

export function noFilm(sizes: TextSizes): Scene {
  return [ground, centred(440, "正在打开片子……", sizes.display)];
}

/** Lowest line of a caption; higher while the progress bar is there. */
const CAPTION_END_Y = 1010;
/** The bar and the time above it take so much above the key hints. */
const CAPTION_OVER_PROGRESS_Y = 780;
const CAPTION_WIDTH_MAX = 1250;
const CAPTION_LINE = 1.25;

export function caption(shown: Caption | null, sizes: TextSizes, progress: boolean): Scene {
  if (shown === null || shown.lines.length === 0) return [];
  const lineHeight = Math.round(sizes.caption * CAPTION_LINE);
  const bottom = progress ? CAPTION_OVER_PROGRESS_Y : CAPTION_END_Y;
  const h = lineHeight * shown.lines.length + 24;
  const longest = Math.max(...shown.lines.map((line) => [...line].length));
  const w = Math.min(longest * sizes.caption + 72, CAPTION_WIDTH_MAX + 144);
  const y = bottom - h;
  return [
    { kind: "rect", x: (SCREEN.width - w) / 2, y, w, h, colour: COLOURS.captionBox, radius: 12 },
    ...shown.lines.map((line, index) =>
      centred(y + 12 + index * lineHeight, line, sizes.caption, { lineHeight }),
    ),
  ];
}

interface ProgressFacts {
  readonly film: FilmView;
  readonly atMs: number;
  readonly held: boolean;
  readonly sizes: TextSizes;
}

const PROGRESS_TOP = 800;
const BAR_Y = 918;

export function progress({ film, atMs, held, sizes }: ProgressFacts): Scene {
  const share = Math.min(Math.max(atMs / Math.max(film.durationMs, 1), 0), 1);
  const segment = [...film.segments].reverse().find(({ fromMs }) => fromMs <= atMs);
  const { left, width } = SAFE;
  return [
    { kind: "rect", x: 0, y: PROGRESS_TOP, w: SCREEN.width, h: 280, colour: COLOURS.veil },
    text({
      y: PROGRESS_TOP + 12,
      text: `${held ? "暂停 " : ""}${segment?.title ?? ""}`,
      size: sizes.audience,
      bold: true,
      w: 1200,
    }),
    text({
      y: PROGRESS_TOP + 12,
      text: `${filmTime(atMs)} / ${filmTime(film.durationMs)}`,
      size: sizes.audience,
      bold: true,
      align: "right",
    }),
    { kind: "rect", x: left, y: BAR_Y, w: width, h: 16, colour: COLOURS.raised },
    { kind: "rect", x: left, y: BAR_Y, w: Math.round(width * share), h: 16, colour: COLOURS.focus },
    ...film.cues.map(
      (cue, index) =>
        ({
          kind: "rect",
          x: left + Math.round((width * cue.atMs) / Math.max(film.durationMs, 1)) - 5,
          y: BAR_Y - 10,
          w: 10,
          h: 36,
          colour: film.cuesDone.includes(index) ? COLOURS.present : COLOURS.text,
        }) as const,
    ),
  ];
}

export function heldMark(sizes: TextSizes): Scene {
  const w = sizes.display * 3;
  const x = (SCREEN.width - w) / 2;
  const h = Math.round(sizes.display * 1.6);
  return [
    { kind: "rect", x, y: 120, w, h, colour: COLOURS.captionBox, radius: 24 },
    centred(120 + Math.round(sizes.display * 0.1), "暂停", sizes.display),
  ];
}

interface CueFacts {
  /** Undefined: the broadcaster stopped the film by himself. */
  readonly cue: Cue | undefined;
  readonly focus: number;
  readonly marked: boolean;
  readonly sizes: TextSizes;
}

export function cueCard({ cue, focus, marked, sizes }: CueFacts): Scene {
  const w = Math.floor((SAFE.width - 2 * 48) / CUE_CHOICES.length);
  const y = 780;
  return [
    { kind: "rect", x: 0, y: 0, w: SCREEN.width, h: SCREEN.height, colour: COLOURS.veil },
    text({
      y: 54,
      text: "播中解释:请您讲一讲",
      size: sizes.audience,
      bold: true,
      colour: COLOURS.focus,
    }),
    { kind: "rect", x: SAFE.left, y: 180, w: SAFE.width, h: 430, colour: COLOURS.card, radius: 24 },
    centred(215, cue?.text ?? "刚才这一段,请您讲一讲", sizes.title, { x: 130, w: 1660, lines: 3 }),
    text({
      y: 632,
      text: cue === undefined ? "" : `请您说:${cue.speak}`,
      size: sizes.hint,
      lines: 2,
      colour: COLOURS.secondary,
    }),
    ...CUE_CHOICES.flatMap(({ id, words }, index) =>
      button({
        x: SAFE.left + index * (w + 48),
        y,
        w,
        h: FOCUSABLE_HEIGHT_MIN + 10,
        text: words,
        size: sizes.audience,
        focused: index === focus,
        selected: id === "mark" && marked,
      }),
    ),
  ];
}

interface ListFacts {
  readonly items: readonly string[];
  readonly focus: number;
  readonly sizes: TextSizes;
}

const LIST_ROWS = 5;

export function segments({ items, focus, sizes }: ListFacts): Scene {
  const page = Math.floor(focus / LIST_ROWS);
  const shown = items.slice(page * LIST_ROWS, page * LIST_ROWS + LIST_ROWS);
  const pages = Math.ceil(items.length / LIST_ROWS);
  const heading = pages > 1 ? `分段和讲解(第 ${page + 1} 页,共 ${pages} 页)` : "分段和讲解";
  return [
    { kind: "rect", x: 0, y: 0, w: SCREEN.width, h: SCREEN.height, colour: COLOURS.veil },
    text({ y: 54, text: heading, size: sizes.operator, bold: true }),
    ...menu({
      items: shown,
      focus: focus % LIST_ROWS,
      x: SAFE.left + 100,
      y: 180,
      w: SAFE.width - 200,
      size: sizes.audience,
    }),
  ];
}

interface FailedFacts {
  readonly code: string;
  readonly focus: number;
  readonly sizes: TextSizes;
}

export function failed({ code, focus, sizes }: FailedFacts): Scene {
  return [
    ground,
    centred(180, "✖ 这个片子打不开", sizes.display, { colour: COLOURS.error }),
    centred(380, "可以先往下进行,机器会自己修", sizes.audience),
    centred(500, `编号 ${code}`, sizes.operator, { colour: COLOURS.secondary }),
    ...menu({
      items: ["先往下进行", "再试一次"],
      focus,
      x: 460,
      y: 620,
      w: 1000,
      size: sizes.audience,
    }),
  ];
}
