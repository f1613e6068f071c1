/** People, in a few round strokes: large enough to be read as persons from the last row. */
import { box, COLOR, disc, line, moved, oval, path } from "./draw.ts";

export interface PersonLook {
  readonly shirt?: string;
  readonly trousers?: string;
  readonly hair?: string;
  readonly hat?: "straw" | "none";
  readonly mask?: boolean;
  readonly gloves?: boolean;
  /** Where the hands are, in units of the drawing: feet at (0, 0), head at (0, -250). */
  readonly left?: Hand;
  readonly right?: Hand;
  readonly mood?: "calm" | "alarmed";
}

export interface Hand {
  readonly x: number;
  readonly y: number;
}

const HEAD_Y = -252;

function arm(side: -1 | 1, hand: Hand, look: PersonLook): string {
  const shoulder = { x: side * 40, y: -188 };
  const elbow = { x: (shoulder.x + hand.x) / 2 + side * 16, y: (shoulder.y + hand.y) / 2 + 14 };
  const d = `M${shoulder.x} ${shoulder.y}Q${elbow.x} ${elbow.y} ${hand.x} ${hand.y}`;
  const palm = look.gloves ? COLOR.blue : COLOR.skin;
  return line(d, look.shirt ?? COLOR.blue, 28) + disc({ ...hand, r: look.gloves ? 19 : 15 }, palm);
}

function strawHat(): string {
  const y = HEAD_Y - 22;
  return (
    path(
      `M-72 ${y + 12}Q0 ${y + 34} 72 ${y + 12}Q30 ${y - 4} 0 ${y - 44}Q-30 ${y - 4} -72 ${y + 12}z`,
      "#D9A94A",
    ) + line(`M-66 ${y + 12}Q0 ${y + 30} 66 ${y + 12}`, "#B98532", 5)
  );
}

function face(look: PersonLook): string {
  const eyes =
    disc({ x: -13, y: HEAD_Y, r: 4.5 }, COLOR.ink) + disc({ x: 13, y: HEAD_Y, r: 4.5 }, COLOR.ink);
  if (look.mask) {
    const mask = box({ x: -27, y: HEAD_Y + 8, w: 54, h: 30, r: 12 }, COLOR.white);
    return (
      eyes +
      mask +
      line(`M-26 ${HEAD_Y + 14}L-38 ${HEAD_Y}M26 ${HEAD_Y + 14}L38 ${HEAD_Y}`, COLOR.white, 4)
    );
  }
  const mouth =
    look.mood === "alarmed"
      ? oval({ x: 0, y: HEAD_Y + 20, w: 14, h: 16 }, COLOR.brown)
      : line(`M-10 ${HEAD_Y + 16}Q0 ${HEAD_Y + 26} 10 ${HEAD_Y + 16}`, COLOR.brown, 4);
  return eyes + mouth;
}

function head(look: PersonLook): string {
  const hair = look.hair ?? "#3A3A40";
  const crown = path(
    `M-41 ${HEAD_Y + 2}A41 42 0 0 1 41 ${HEAD_Y + 2}Q20 ${HEAD_Y - 22} -6 ${HEAD_Y - 18}Q-30 ${HEAD_Y - 16} -41 ${HEAD_Y + 2}z`,
    hair,
  );
  return (
    box({ x: -14, y: -222, w: 28, h: 34, r: 10 }, "#D9A578") +
    disc({ x: 0, y: HEAD_Y, r: 40 }, COLOR.skin) +
    crown +
    face(look) +
    (look.hat === "straw" ? strawHat() : "")
  );
}

/** One standing person seen from the front, feet at (x, y), 300 units high at scale 1. */
export function person(x: number, y: number, scale: number, look: PersonLook = {}): string {
  const trousers = look.trousers ?? COLOR.darkGrey;
  const legs =
    line("M-20 -84L-24 -10", trousers, 34) +
    line("M20 -84L24 -10", trousers, 34) +
    oval({ x: -28, y: -2, w: 48, h: 20 }, COLOR.ink) +
    oval({ x: 28, y: -2, w: 48, h: 20 }, COLOR.ink);
  const torso = path(
    "M-50 -182Q-48 -204 -20 -206L20 -206Q48 -204 50 -182L44 -78Q0 -66 -44 -78z",
    look.shirt ?? COLOR.blue,
  );
  const left = arm(-1, look.left ?? { x: -66, y: -98 }, look);
  const right = arm(1, look.right ?? { x: 66, y: -98 }, look);
  return moved(x, y, [legs, torso, left, right, head(look)], scale);
}

/** One sitting listener seen from behind; `hand` raises the right hand. */
export function listener(
  x: number,
  y: number,
  scale: number,
  look: PersonLook & { hand?: boolean } = {},
): string {
  const hair = look.hair ?? "#3A3A40";
  const shirt = look.shirt ?? COLOR.blue;
  const raised =
    line("M48 -58Q84 -96 72 -168", shirt, 26) + disc({ x: 71, y: -182, r: 16 }, COLOR.skin);
  return moved(
    x,
    y,
    [
      look.hand ? raised : "",
      path("M-76 60Q-80 -52 -30 -66L30 -66Q80 -52 76 60z", shirt),
      box({ x: -14, y: -88, w: 28, h: 34, r: 10 }, "#D9A578"),
      disc({ x: 0, y: -116, r: 42 }, COLOR.skin),
      path("M-43 -110A43 44 0 0 1 43 -110Q40 -78 0 -76Q-40 -78 -43 -110z", hair),
    ],
    scale,
  );
}

/** One sitting person seen from the side-front, for talk in twos and threes. */
export function sitter(
  x: number,
  y: number,
  scale: number,
  look: PersonLook & { faces?: -1 | 1 } = {},
): string {
  const side = look.faces ?? 1;
  const shirt = look.shirt ?? COLOR.blue;
  const trousers = look.trousers ?? COLOR.darkGrey;
  const hand = look.right ?? { x: 70, y: -110 };
  const parts = [
    box({ x: -52, y: -74, w: 92, h: 14, r: 6 }, COLOR.brown),
    line("M-40 -66L-44 0M30 -66L34 0", COLOR.brown, 10),
    line("M0 -88L64 -84L68 -10", trousers, 34),
    oval({ x: 80, y: -2, w: 54, h: 20 }, COLOR.ink),
    path("M-38 -78Q-46 -186 -14 -198L14 -198Q40 -190 36 -78z", shirt),
    line(`M14 -172Q46 -112 ${hand.x} ${hand.y}`, shirt, 26),
    disc({ ...hand, r: 14 }, COLOR.skin),
    moved(4, 8, [head(look)], 1),
  ];
  return `<g transform="translate(${x} ${y}) scale(${scale * side} ${scale})">${parts.join("")}</g>`;
}
