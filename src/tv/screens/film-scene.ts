/** What lies over the film: captions, the bar, the card that asks to explain. Pure. */
import type { Cue, FilmView } from "../../../protocol/generated/types.ts";
import { button, centred, menu, text } from "../parts/draw.ts";
import { stack } from "../parts/stack.ts";
import { filmTime } from "../parts/words.ts";
import type { Scene } from "../scene/node.ts";
import { COLOURS, SAFE, SCREEN, type TextSizes } from "../theme.ts";

export const CUE_CHOICES = [
  { words: "接着看", goOn: "go-on", marked: false },
  { words: "再看一遍", goOn: "replay", marked: false },
  { words: "记下问题", goOn: "go-on", marked: true },
] as const;

const CAPTION_W = 1250;
const CAPTION_LINE = 1.25;
/** Bottom of the captions: without and with the bar below them. */
const CAPTION_BOTTOM = { free: 1010, barred: 800 } as const;

export function captionScene(lines: readonly string[], barred: boolean, sizes: TextSizes): Scene {
  if (lines.length === 0) return [];
  const lineHeight = Math.round(sizes.caption * CAPTION_LINE);
  const h = lineHeight * lines.length + 24;
  const bottom = barred ? CAPTION_BOTTOM.barred : CAPTION_BOTTOM.free;
  const x = (SCREEN.width - CAPTION_W) / 2;
  return [
    { kind: "rect", x, y: bottom - h, w: CAPTION_W, h, colour: COLOURS.captionBox },
    ...lines.map((line, index) =>
      text({
        x,
        w: CAPTION_W,
        y: bottom - h + 8 + index * lineHeight,
        text: line,
        size: sizes.caption,
        bold: true,
        align: "center" as const,
        lineHeight,
      }),
    ),
  ];
}

export interface ProgressFacts {
  readonly film: FilmView;
  readonly atMs: number;
  readonly playing: boolean;
}

export function progressScene({ film, atMs, playing }: ProgressFacts, sizes: TextSizes): Scene {
  const bar = { x: SAFE.left + 24, y: 912, w: SAFE.width - 48 };
  // A lesson that says it lasts no time at all has its marks at the beginning.
  const shareOf = (ms: number) => (film.durationMs > 0 ? Math.min(1, ms / film.durationMs) : 0);
  // As the time beside it: three of four pictures would be for a few pixels.
  const shownMs = Math.floor(atMs / 1000) * 1000;
  return [
    { kind: "rect", x: 0, y: 818, w: SCREEN.width, h: 136, colour: COLOURS.veil },
    text({
      y: 826,
      text: `${playing ? "" : "已暂停  "}${filmTime(atMs)} / ${filmTime(film.durationMs)}`,
      size: sizes.operator,
      bold: true,
      align: "center",
    }),
    { kind: "rect", ...bar, h: 16, colour: COLOURS.raised },
    {
      kind: "rect",
      ...bar,
      w: Math.max(8, Math.round(bar.w * shareOf(shownMs))),
      h: 16,
      colour: COLOURS.focus,
    },
    ...film.cues.map(
      (cue) =>
        ({
          kind: "rect",
          x: bar.x + Math.round(bar.w * shareOf(cue.atMs)),
          y: bar.y - 6,
          w: 8,
          h: 28,
          colour: COLOURS.text,
        }) as const,
    ),
  ];
}

const CUE_CARD = { y: 150, h: 430 } as const;

export function cueScene(cue: Cue, choice: number, sizes: TextSizes): Scene {
  const w = 500;
  return [
    { kind: "rect", x: 0, y: 0, w: SCREEN.width, h: SCREEN.height, colour: COLOURS.curtain },
    centred(40, "播中解释", sizes.audience, { colour: COLOURS.focus }),
    { kind: "rect", x: 96, ...CUE_CARD, w: 1728, colour: COLOURS.card, radius: 24 },
    ...stack([{ text: cue.text, size: sizes.title, lines: 3 }], {
      ...{ x: 140, w: 1640, top: CUE_CARD.y, bottom: CUE_CARD.y + CUE_CARD.h },
    }),
    // For the broadcaster, who sits near: smaller, and apart from what all shall read.
    ...stack([{ text: cue.speak, size: sizes.operator, lines: 2, colour: COLOURS.secondary }], {
      ...{ top: CUE_CARD.y + CUE_CARD.h, bottom: 800 },
    }),
    ...CUE_CHOICES.flatMap(({ words }, index) =>
      button({
        x: SAFE.left + index * (w + 114),
        y: 800,
        w,
        text: words,
        size: sizes.audience,
        focused: index === choice,
      }),
    ),
  ];
}

export function filmMenuScene(items: readonly string[], focus: number, sizes: TextSizes): Scene {
  return [
    { kind: "rect", x: 0, y: 0, w: 960, h: 954, colour: COLOURS.veil },
    ...menu({ items, focus, x: SAFE.left, y: 90, w: 800, size: sizes.operator }),
  ];
}
