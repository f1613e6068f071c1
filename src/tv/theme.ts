/**
 * Every colour, size and duration of the page. The reasons are old eyes five metres away: an
 * elderly reader at 20/60 needs 583 × metres ÷ inches pixels to identify a Chinese character.
 */
export type Scale = "standard" | "large" | "huge";

/** Two kinds of text: for the audience, and for the broadcaster, who sits within three metres. */
export interface TextSizes {
  /** One name, a countdown, a number of hands. */
  readonly mega: number;
  /** One sentence on a screen. */
  readonly display: number;
  /** A card to be read by all. */
  readonly title: number;
  readonly caption: number;
  /** The least that the audience is given. */
  readonly audience: number;
  readonly operator: number;
  /** The least of all: key hints, the time. */
  readonly hint: number;
}

export const SIZES: Readonly<Record<Scale, TextSizes>> = {
  standard: {
    mega: 200,
    display: 120,
    title: 84,
    caption: 72,
    audience: 64,
    operator: 48,
    hint: 40,
  },
  large: {
    mega: 240,
    display: 144,
    title: 104,
    caption: 88,
    audience: 80,
    operator: 56,
    hint: 44,
  },
  huge: {
    mega: 280,
    display: 168,
    title: 120,
    caption: 96,
    audience: 96,
    operator: 60,
    hint: 48,
  },
};

/** ARGB. Every text colour has at least 7:1 on the ground it is used on; all lie within 16–235. */
export const COLOURS = {
  ground: 0xff10182a,
  card: 0xff1c2a45,
  raised: 0xff26395c,
  text: 0xffebebe6,
  secondary: 0xffc3ccdb,
  disabled: 0xff8a96aa,
  focus: 0xffebc53c,
  onFocus: 0xff14100a,
  present: 0xff6fd08c,
  attention: 0xffeba23c,
  error: 0xffeb8a80,
  band: 0xffb3211e,
  captionBox: 0xd9101010,
  veil: 0xe610182a,
  /** Over a picture while a card or a menu is read: its letters must not compete with them. */
  curtain: 0xfa10182a,
} as const;

/** Design size, and the part of it that no old set cuts off. */
export const SCREEN = { width: 1920, height: 1080 } as const;
export const SAFE = { left: 96, right: 1824, top: 54, bottom: 1026, width: 1728 } as const;
/** The bar of key hints: always there, but for the film. */
export const HINT_BAR = { top: 954, height: 72 } as const;

export const LINE_HEIGHT = 1.4;
export const FONT = { regular: "OneRoom500", bold: "OneRoom700" } as const;

export const FOCUSABLE_HEIGHT_MIN = 120;
export const GAP = 24;
export const RING = { width: 8, gap: 4 } as const;

export const TOAST_MS = 5000;
export const PROGRESS_MS = 5000;
/** Held so long, a step of the film grows: to the end of an hour it is not 360 steps. */
export const SEEK_STEPS = [
  { heldMs: 5000, stepMs: 60_000 },
  { heldMs: 2000, stepMs: 30_000 },
  { heldMs: 0, stepMs: 10_000 },
] as const;
/** Held so long, an arrow turns pages. */
export const PAGES_AFTER_MS = 2000;
/** Fast seeks freeze the picture of cheap decoders while the sound goes on. */
export const SEEK_SETTLE_MS = 400;
