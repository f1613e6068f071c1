/** The rice field: land, leaves with their spots, panicles with a healthy or a rotten neck. */
import {
  box,
  COLOR,
  disc,
  GROUND_PX,
  group,
  HEIGHT_PX,
  line,
  moved,
  oval,
  type Point2,
  path,
  scatter,
  turned,
  WIDTH_PX,
} from "./draw.ts";

/** Flat ground and sky, for drawings that show one thing close up. */
export function plainBackground(sky: string = COLOR.pale, ground: string = COLOR.deepLeaf): string {
  return group([
    box({ x: 0, y: 0, w: WIDTH_PX, h: HEIGHT_PX }, sky),
    path(
      `M0 ${GROUND_PX + 12}Q320 ${GROUND_PX - 18} 640 ${GROUND_PX + 6}T1280 ${GROUND_PX}V720H0z`,
      ground,
    ),
  ]);
}

export function hills(): string {
  return group([
    path(
      "M0 330Q160 210 330 300Q480 190 660 290Q820 200 980 286Q1130 220 1280 300V420H0z",
      "#A9CFC0",
    ),
    path("M0 360Q220 280 430 350Q640 280 860 344Q1080 290 1280 350V430H0z", "#8FBF9F"),
  ]);
}

/** Rows of young rice running to the horizon. */
function rows(): string {
  const parts: string[] = [];
  for (let i = -9; i <= 9; i += 1) {
    const top = 640 + i * 38;
    const bottom = 640 + i * 190;
    parts.push(
      line(`M${top} 388Q${(top + bottom) / 2 - i * 14} 520 ${bottom} 720`, COLOR.deepLeaf, 22),
    );
    parts.push(line(`M${top} 388Q${(top + bottom) / 2 - i * 14} 520 ${bottom} 720`, "#7DBF6B", 9));
  }
  return group(parts);
}

export function field(): string {
  return group([
    box({ x: 0, y: 0, w: WIDTH_PX, h: HEIGHT_PX }, COLOR.sky),
    disc({ x: 1090, y: 210, r: 62 }, COLOR.gold),
    hills(),
    box({ x: 0, y: 384, w: WIDTH_PX, h: 340 }, "#9CCFC9"),
    rows(),
  ]);
}

/**
 * One spot of leaf blast: spindle, grey-white inside, brown edge, yellow halo, a line at both tips.
 */
export function spot(at: Point2, angle: number, scale: number): string {
  const spindle = (w: number, h: number) => `M${-w} 0Q0 ${-h * 1.5} ${w} 0Q0 ${h * 1.5} ${-w} 0z`;
  return moved(
    at.x,
    at.y,
    [
      turned(angle, [
        path(spindle(96, 44), "#F2DC66"),
        line("M-118 0H118", "#8A4A22", 7),
        path(spindle(82, 34), "#8A4A22"),
        path(spindle(58, 22), "#E4E2D6"),
      ]),
    ],
    scale,
  );
}

/** A long leaf lying over the picture from the left to the right. */
export function leafBlade(): string {
  const blade = "M-20 452C260 300 700 196 1300 238C980 330 560 420 -20 560z";
  return group([
    path(blade, COLOR.leaf),
    path("M-20 508C300 392 760 280 1300 238C980 330 560 420 -20 560z", "#4F9750"),
    line("M-20 506C300 384 760 272 1290 240", "#CFE8B4", 7),
    line("M-20 478C280 346 720 238 1200 238M-20 534C320 430 700 330 1140 276", "#7CBF70", 3),
  ]);
}

interface GrainLook {
  readonly fill: string;
  readonly edge: string;
}
const RIPE: GrainLook = { fill: "#E6BE4E", edge: "#B98A2C" };
const EMPTY: GrainLook = { fill: "#E9E4D2", edge: "#B9AE92" };

function grains(from: Point2, to: Point2, count: number, look: GrainLook): string {
  const angle = (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI;
  const parts = [line(`M${from.x} ${from.y}L${to.x} ${to.y}`, look.edge, 4)];
  for (let i = 0; i < count; i += 1) {
    const t = (i + 0.6) / count;
    const x = from.x + (to.x - from.x) * t;
    const y = from.y + (to.y - from.y) * t;
    const side = i % 2 === 0 ? 1 : -1;
    const grain = oval({ x: 8, y: side * 8, w: 34, h: 15 }, look.fill, {
      stroke: look.edge,
      "stroke-width": 2.5,
    });
    parts.push(moved(x, y, [turned(angle + side * 16, [grain])]));
  }
  return group(parts);
}

/**
 * A stem with its ear. A rotten neck is brown-black, and the ear above it stays white and empty.
 */
export function ear(x: number, y: number, scale: number, rotten: boolean): string {
  const look = rotten ? EMPTY : RIPE;
  const stem = rotten ? "#8FA865" : "#6FA653";
  const branches: [Point2, Point2][] = rotten
    ? [
        [
          { x: 4, y: -250 },
          { x: -44, y: -340 },
        ],
        [
          { x: 6, y: -262 },
          { x: 54, y: -352 },
        ],
        [
          { x: 8, y: -290 },
          { x: -22, y: -400 },
        ],
        [
          { x: 10, y: -300 },
          { x: 32, y: -424 },
        ],
      ]
    : [
        [
          { x: 4, y: -250 },
          { x: -70, y: -240 },
        ],
        [
          { x: 10, y: -280 },
          { x: -66, y: -312 },
        ],
        [
          { x: 40, y: -330 },
          { x: 96, y: -246 },
        ],
        [
          { x: 66, y: -336 },
          { x: 142, y: -262 },
        ],
        [
          { x: 30, y: -320 },
          { x: 34, y: -226 },
        ],
      ];
  const spine = rotten ? "M0 -220Q6 -290 12 -330" : "M0 -220Q10 -320 76 -340";
  return moved(
    x,
    y,
    [
      path("M0 -60Q-120 -150 -150 -300Q-70 -170 4 -110z", COLOR.leaf),
      path("M0 -20Q110 -90 156 -220Q70 -120 -2 -70z", COLOR.deepLeaf),
      line("M0 120L0 -220", stem, 14),
      line(spine, rotten ? "#B9AE92" : "#8FA84C", 9),
      ...branches.map(([from, to]) => grains(from, to, 6, look)),
      rotten ? line("M0 -196L1 -252", "#3B2416", 17) : line("M0 -200L1 -246", "#7DB35A", 14),
    ],
    scale,
  );
}

/** One clump of rice with upright leaves; `lush` is the dark, soft growth of too much nitrogen. */
export function clump(x: number, y: number, scale: number, lush = false): string {
  const random = scatter(Math.round(x * 7 + y));
  const tones = lush ? ["#1F6B3A", "#2C7F45", "#3A9152"] : ["#4F9A4F", "#6BB160", "#83C272"];
  const blades: string[] = [];
  for (let i = -4; i <= 4; i += 1) {
    const lean = i * (lush ? 24 : 17) + random() * 8;
    const tall = 190 - Math.abs(i) * 12 + random() * 26;
    const tone = tones[Math.abs(i) % tones.length] ?? COLOR.leaf;
    blades.push(
      path(
        `M${i * 5 - 7} 0Q${lean * 0.5 - 6} ${-tall * 0.6} ${lean * 1.7} ${-tall}Q${lean * 0.6 + 12} ${-tall * 0.55} ${i * 5 + 7} 0z`,
        tone,
      ),
    );
  }
  return moved(x, y, blades, scale);
}

export function rain(x: number, y: number, w: number, h: number): string {
  const random = scatter(x + w);
  const drops: string[] = [];
  for (let i = 0; i < Math.round(w / 22); i += 1) {
    const at = { x: x + i * 22 + random() * 14, y: y + random() * h };
    drops.push(line(`M${at.x.toFixed(1)} ${at.y.toFixed(1)}l-9 30`, COLOR.blue, 7));
  }
  return group(drops);
}

export function thermometer(x: number, y: number): string {
  return moved(x, y, [
    box({ x: -30, y: -170, w: 60, h: 250, r: 30 }, COLOR.white, {
      stroke: COLOR.darkGrey,
      "stroke-width": 7,
    }),
    disc({ x: 0, y: 88, r: 54 }, COLOR.white, { stroke: COLOR.darkGrey, "stroke-width": 7 }),
    disc({ x: 0, y: 88, r: 38 }, COLOR.red),
    box({ x: -13, y: -74, w: 26, h: 150, r: 13 }, COLOR.red),
    line("M44 -120H66M44 -74H80M44 -28H66M44 18H80", COLOR.darkGrey, 7),
  ]);
}

export function sack(x: number, y: number, scale: number, color: string, label: string): string {
  return moved(
    x,
    y,
    [
      path("M-92 0Q-112 -110 -84 -206L84 -206Q112 -110 92 0Q0 16 -92 0z", color),
      path("M-84 -206L-96 -240Q0 -222 96 -240L84 -206Q0 -192 -84 -206z", color),
      line("M-84 -206Q0 -192 84 -206", COLOR.white, 8),
      box({ x: -66, y: -160, w: 132, h: 100, r: 14 }, COLOR.white),
      label,
    ],
    scale,
  );
}
