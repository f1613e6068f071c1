/** Things of the house: walls and floor, sockets, kettles, the electric bicycle, fire. */
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
  path,
  WIDTH_PX,
} from "./draw.ts";

export function room(wall = "#F7EBD3", floor: string = COLOR.soil): string {
  return group([
    box({ x: 0, y: 0, w: WIDTH_PX, h: HEIGHT_PX }, wall),
    box({ x: 0, y: GROUND_PX, w: WIDTH_PX, h: HEIGHT_PX - GROUND_PX }, floor),
    box({ x: 0, y: GROUND_PX - 12, w: WIDTH_PX, h: 12 }, "#00000022"),
  ]);
}

/** A flame standing on (x, y), 200 units high at scale 1. */
export function flame(x: number, y: number, scale = 1): string {
  const outer =
    "M0 0C-84 -4 -92 -84 -56 -128C-50 -100 -36 -92 -26 -96C-40 -150 -6 -182 12 -208C16 -160 62 -140 74 -92C84 -48 62 -2 0 0z";
  const inner =
    "M2 0C-44 -4 -48 -52 -24 -78C-20 -60 -10 -56 -2 -60C-4 -92 10 -104 18 -118C24 -84 46 -72 46 -42C46 -16 30 0 2 0z";
  return moved(x, y, [path(outer, COLOR.orange), path(inner, "#F9DF6D")], scale);
}

export function smoke(x: number, y: number, scale = 1): string {
  const puffs = [
    [0, 0, 34],
    [-34, -46, 42],
    [26, -84, 52],
    [-20, -140, 60],
  ] as const;
  const parts = puffs.map(([dx, dy, r]) => disc({ x: dx, y: dy, r }, "#6F747C", { opacity: 0.75 }));
  return moved(x, y, parts, scale);
}

/** A power strip with its sockets; x, y is the left upper corner. */
export function strip(x: number, y: number, sockets: number, hot = false): string {
  const w = sockets * 104 + 40;
  const holes = Array.from({ length: sockets }, (_, i) => {
    const cx = 72 + i * 104;
    return (
      box({ x: cx - 40, y: 16, w: 80, h: 60, r: 10 }, "#E2E5E8") +
      line(`M${cx - 16} 36L${cx - 6} 54M${cx + 16} 36L${cx + 6} 54`, COLOR.ink, 7)
    );
  });
  const edge = { stroke: hot ? COLOR.red : COLOR.darkGrey, "stroke-width": hot ? 9 : 5 };
  return moved(x, y, [box({ x: 0, y: 0, w, h: 92, r: 22 }, COLOR.white, edge), ...holes]);
}

/** A plug in the socket, with its wire going up to (wireX, wireY), all in picture units. */
export function plug(x: number, y: number, wireX: number, wireY: number): string {
  const wire = line(
    `M${x} ${y - 20}C${x} ${y - 110} ${wireX} ${wireY + 120} ${wireX} ${wireY}`,
    COLOR.ink,
    9,
  );
  return wire + box({ x: x - 26, y: y - 30, w: 52, h: 56, r: 10 }, COLOR.ink);
}

export function heater(x: number, y: number, scale = 1): string {
  const bars = [0, 1, 2, 3].map((i) => line(`M-62 ${-150 + i * 34}H62`, COLOR.orange, 13));
  return moved(
    x,
    y,
    [
      box({ x: -84, y: -190, w: 168, h: 170, r: 18 }, "#5B6470"),
      box({ x: -72, y: -176, w: 144, h: 142, r: 12 }, "#34291F"),
      ...bars,
      line("M-60 -20L-70 0M60 -20L70 0", "#5B6470", 14),
    ],
    scale,
  );
}

export function cooker(x: number, y: number, scale = 1): string {
  return moved(
    x,
    y,
    [
      path("M-92 -104H92L80 -14Q0 8 -80 -14z", COLOR.white, {
        stroke: COLOR.grey,
        "stroke-width": 5,
      }),
      path("M-92 -104Q0 -190 92 -104z", "#D9DEE3", { stroke: COLOR.grey, "stroke-width": 5 }),
      box({ x: -22, y: -162, w: 44, h: 16, r: 8 }, COLOR.ink),
      disc({ x: 0, y: -58, r: 22 }, COLOR.red),
    ],
    scale,
  );
}

export function kettle(x: number, y: number, scale = 1): string {
  return moved(
    x,
    y,
    [
      line("M62 -128Q124 -120 104 -60Q96 -34 70 -30", COLOR.ink, 15),
      path("M-56 -150H56L76 0H-76z", "#B9C3CC"),
      path("M-54 -140L-96 -152L-62 -96z", "#B9C3CC"),
      box({ x: -60, y: -168, w: 120, h: 22, r: 10 }, COLOR.ink),
      box({ x: -80, y: -10, w: 160, h: 18, r: 8 }, COLOR.ink),
    ],
    scale,
  );
}

/** An electric bicycle standing on (x, y), 330 units long at scale 1. */
export function eBike(x: number, y: number, scale = 1): string {
  const wheel = (cx: number) =>
    disc({ x: cx, y: -56, r: 50 }, "none", { stroke: COLOR.ink, "stroke-width": 15 }) +
    disc({ x: cx, y: -56, r: 10 }, COLOR.ink);
  return moved(
    x,
    y,
    [
      wheel(-120),
      wheel(120),
      path(
        "M-150 -112Q-120 -150 -70 -128L-30 -60H50L84 -170L112 -176L122 -120Q104 -112 96 -60L80 -30H-44Q-80 -110 -150 -112z",
        COLOR.blue,
      ),
      line("M96 -176L84 -232M58 -238H112", COLOR.ink, 13),
      disc({ x: 112, y: -186, r: 17 }, COLOR.gold),
      path("M-128 -150Q-70 -186 6 -150Q-10 -128 -60 -130z", COLOR.ink),
      box({ x: -46, y: -128, w: 60, h: 64, r: 8 }, "#34404E"),
      line("M-28 -96H-4M-16 -108V-84", COLOR.gold, 7),
    ],
    scale,
  );
}

export function battery(x: number, y: number, scale = 1): string {
  return moved(
    x,
    y,
    [
      box({ x: -84, y: -130, w: 168, h: 130, r: 16 }, "#34404E"),
      line("M-30 -130V-156H30V-130", "#34404E", 16),
      line("M-56 -66H-16M-36 -86V-46M16 -66H56", COLOR.gold, 11),
    ],
    scale,
  );
}

/** A pan on a stove; the flame is the picture's own business. */
export function pan(x: number, y: number): string {
  return moved(x, y, [
    box({ x: -210, y: 24, w: 420, h: 96, r: 14 }, "#5B6470"),
    disc({ x: 0, y: 74, r: 28 }, COLOR.cream),
    line("M-50 14H50", COLOR.blue, 16),
    path("M-160 -76H160Q140 8 60 12H-60Q-140 8 -160 -76z", "#2B2F36"),
    line("M160 -66L310 -98", "#2B2F36", 24),
    oval({ x: 0, y: -76, w: 320, h: 44 }, "#C98B2B"),
  ]);
}

export function lid(x: number, y: number): string {
  return moved(x, y, [
    path("M-176 0Q0 -120 176 0z", "#9AA5B1", { stroke: COLOR.ink, "stroke-width": 6 }),
    box({ x: -28, y: -84, w: 56, h: 30, r: 12 }, COLOR.ink),
  ]);
}

/** A dry-powder extinguisher standing on (x, y), 250 units high at scale 1. */
export function extinguisher(x: number, y: number, scale = 1): string {
  return moved(
    x,
    y,
    [
      line("M14 -196Q92 -196 88 -110L84 -40", COLOR.ink, 14),
      path("M74 -44H96L100 -4H72z", COLOR.ink),
      box({ x: -50, y: -168, w: 100, h: 168, r: 22 }, COLOR.red),
      box({ x: -34, y: -116, w: 68, h: 62, r: 6 }, COLOR.white),
      flame(0, -60, 0.24),
      box({ x: -18, y: -196, w: 36, h: 34 }, COLOR.ink),
      line("M-50 -222L30 -208M-46 -196H24", COLOR.ink, 14),
    ],
    scale,
  );
}
