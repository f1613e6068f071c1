/**
 * The drawings of the film on fire and electricity at home, first half: so that it does not burn.
 */
import {
  arrow,
  box,
  COLOR,
  cross,
  disc,
  GROUND_PX,
  group,
  heading,
  line,
  moved,
  path,
  picture,
  tag,
  text,
  tick,
  when,
} from "./draw.ts";
import {
  battery,
  cooker,
  eBike,
  flame,
  heater,
  kettle,
  lid,
  pan,
  plug,
  room,
  smoke,
  strip,
} from "./home.ts";
import { person } from "./people.ts";

/** A house of the village with lit windows in the evening. */
function homestead(x: number, y: number, scale: number): string {
  const window = (wx: number, wy: number) =>
    box({ x: wx, y: wy, w: 62, h: 66, r: 4 }, "#F9DF8D", {
      stroke: COLOR.brown,
      "stroke-width": 6,
    }) + line(`M${wx + 31} ${wy}V${wy + 66}`, COLOR.brown, 5);
  return moved(
    x,
    y,
    [
      box({ x: -170, y: -210, w: 340, h: 210 }, "#E9DCC3"),
      path("M-206 -200L0 -322L206 -200z", "#8C4A3A"),
      window(-136, -160),
      window(74, -160),
      box({ x: -38, y: -124, w: 76, h: 124, r: 4 }, COLOR.brown),
      disc({ x: 22, y: -60, r: 6 }, COLOR.gold),
    ],
    scale,
  );
}

export function fireTitlePicture(): string {
  return picture([
    box({ x: 0, y: 0, w: 1280, h: 720 }, "#2B4B77"),
    disc({ x: 1120, y: 130, r: 54 }, "#F7E9B5"),
    path("M0 470Q240 380 520 440T1280 410V720H0z", "#23405F"),
    path("M0 560Q400 520 1280 556V720H0z", "#31543F"),
    homestead(980, 596, 1.05),
    homestead(680, 566, 0.62),
    person(1190, 640, 1.05, { shirt: COLOR.orange, right: { x: 60, y: -160 } }),
    box({ x: 84, y: 150, w: 560, h: 252, r: 28 }, COLOR.ink, { opacity: 0.94 }),
    box({ x: 84, y: 182, w: 14, h: 188, r: 7 }, COLOR.gold),
    text(136, 264, "社区消防", { size: 92, fill: COLOR.cream }),
    text(136, 370, "与用电安全", { size: 92, fill: COLOR.gold }),
  ]);
}

export function stripPicture(step: number): string {
  const crowded = step === 0;
  return picture([
    room(),
    heading("一个插线板，别接太多", "1"),
    when(
      crowded,
      heater(300, 370, 1.15),
      cooker(610, 370, 1.15),
      kettle(900, 370, 1.15),
      strip(390, 456, 3, true),
      plug(462, 500, 300, 366),
      plug(566, 500, 610, 366),
      plug(670, 500, 900, 366),
      smoke(850, 500, 0.5),
      cross(1120, 300, 74),
    ),
    when(
      step >= 1,
      heater(300, 420, 1.35),
      strip(470, 456, 1),
      plug(542, 500, 372, 392),
      tick(450, 200, 44),
      tag(250, 506, "单独一个插座", { fill: COLOR.deepLeaf, ink: COLOR.cream }),
      strip(700, 456, 2, true),
      strip(990, 456, 2, true),
      plug(1062, 500, 900, 420),
      line("M900 420Q860 330 800 360T772 456", COLOR.ink, 9),
      cross(1130, 270, 60),
      tag(900, 270, "串着接", { fill: COLOR.red, ink: COLOR.cream }),
    ),
  ]);
}

function breaker(x: number, y: number, on: boolean): string {
  return moved(x, y, [
    box({ x: -110, y: -170, w: 220, h: 340, r: 20 }, COLOR.white, {
      stroke: COLOR.darkGrey,
      "stroke-width": 7,
    }),
    box({ x: -44, y: -100, w: 88, h: 200, r: 14 }, "#D5DADF"),
    box({ x: -34, y: on ? -92 : 8, w: 68, h: 84, r: 12 }, on ? COLOR.red : COLOR.deepLeaf),
    text(0, 152, on ? "通电" : "断电", { size: 44, anchor: "middle" }),
  ]);
}

export function wirePicture(step: number): string {
  return picture([
    room("#EAF0F2", "#8C7B68"),
    heading("老线要换，人走断电", "2"),
    line("M60 300Q250 250 420 330", COLOR.ink, 26),
    line("M420 330L520 300M420 336L530 336M420 342L516 376", COLOR.orange, 8),
    line("M560 340Q640 360 700 300", COLOR.ink, 26),
    flame(486, 300, 0.3),
    tag(370, 452, "破皮、发烫，马上换", { fill: COLOR.red, ink: COLOR.cream }),
    when(
      step >= 1,
      breaker(930, 330, false),
      arrow({ x: 1090, y: 240 }, { x: 1090, y: 420 }, COLOR.deepLeaf, 16),
      tick(1170, 330, 44),
    ),
  ]);
}

/** The stairs of a block of flats, cut open. */
function stairs(): string {
  const steps = Array.from(
    { length: 6 },
    (_, i) => `H${300 + (i + 1) * 62}V${GROUND_PX - (i + 1) * 50}`,
  );
  return group([
    path(`M238 ${GROUND_PX}V${GROUND_PX}H300${steps.join("")}H760V${GROUND_PX}z`, "#B9AE9C"),
    line("M290 548V430L640 148V250", COLOR.brown, 12),
  ]);
}

export function bikePicture(step: number): string {
  if (step >= 2) {
    return picture([
      box({ x: 0, y: 0, w: 1280, h: 720 }, COLOR.sky),
      box({ x: 0, y: GROUND_PX, w: 1280, h: 172 }, "#8C9198"),
      heading("电动车：在外面充电", "3"),
      path("M120 230L640 160L1160 230V262H120z", COLOR.deepLeaf),
      line(`M190 262V${GROUND_PX}M1090 262V${GROUND_PX}`, COLOR.darkGrey, 20),
      eBike(420, GROUND_PX, 0.95),
      eBike(800, GROUND_PX, 0.95),
      ...[420, 800].map((x) =>
        group([
          box({ x: x - 34, y: 280, w: 68, h: 62, r: 10 }, COLOR.white),
          path(`M${x + 6} 288l-22 26h16l-6 22l24 -30h-16z`, COLOR.gold),
        ]),
      ),
      tag(640, 214, "充电棚", { fill: COLOR.cream }),
      tick(1180, 330, 52),
    ]);
  }
  return picture([
    room("#E8E2D6", "#8A8378"),
    heading("电动车：在外面充电", "3"),
    when(step === 0, stairs(), eBike(950, GROUND_PX, 1.25), cross(1130, 230, 66)),
    when(step === 0, tag(846, 184, "堵了逃生的路", { fill: COLOR.red, ink: COLOR.cream })),
    when(
      step === 1,
      box({ x: 90, y: 180, w: 330, h: 280, r: 8 }, COLOR.sky, {
        stroke: COLOR.brown,
        "stroke-width": 16,
      }),
      line("M255 180V460", COLOR.brown, 10),
      line("M330 460Q330 520 470 520Q560 520 600 480", COLOR.ink, 10),
      battery(700, GROUND_PX, 1.3),
      flame(700, 372, 0.9),
      smoke(800, 300, 0.7),
      cross(1040, 300, 78),
      tag(1040, 470, "不入户充电", { fill: COLOR.red, ink: COLOR.cream }),
    ),
  ]);
}

export function panPicture(step: number): string {
  return picture([
    room("#F4E6CF", "#7D6A58"),
    heading("油锅起火：先关火，盖锅盖", "4"),
    pan(400, 428),
    when(step === 0, flame(330, 360, 0.95), flame(470, 360, 0.85), flame(400, 364, 1.15)),
    when(step >= 1, lid(400, 352), tick(620, 260, 50)),
    when(step >= 1, tag(400, 226, "关火，盖盖", { fill: COLOR.deepLeaf, ink: COLOR.cream })),
    when(
      step >= 2,
      path("M850 260L1010 210L1040 350Q960 420 884 384z", COLOR.blue),
      path("M846 300Q760 330 740 430Q800 420 868 350z", COLOR.water),
      flame(780, 540, 0.7),
      cross(1100, 300, 72),
      tag(960, 480, "千万别泼水", { fill: COLOR.red, ink: COLOR.cream }),
    ),
  ]);
}
