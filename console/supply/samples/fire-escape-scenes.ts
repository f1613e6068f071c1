/** The drawings of the film on fire and electricity at home, second half: when it does burn. */
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
  oval,
  path,
  picture,
  tag,
  text,
  when,
} from "./draw.ts";
import { extinguisher, flame, room, smoke } from "./home.ts";
import { person } from "./people.ts";

function phone(x: number, y: number): string {
  return moved(x, y, [
    box({ x: -120, y: -210, w: 240, h: 420, r: 36 }, COLOR.ink),
    box({ x: -100, y: -176, w: 200, h: 342, r: 14 }, COLOR.white),
    text(0, -40, "119", { size: 104, fill: COLOR.red, anchor: "middle" }),
    disc({ x: 0, y: 86, r: 48 }, COLOR.deepLeaf),
    line("M-20 74Q-14 108 22 104", COLOR.white, 14),
  ]);
}

export function callPicture(step: number): string {
  const row = (y: number, no: string, words: string) =>
    group([
      box({ x: 560, y, w: 640, h: 104, r: 24 }, COLOR.cream),
      disc({ x: 622, y: y + 52, r: 36 }, COLOR.gold),
      text(622, y + 69, no, { size: 48, anchor: "middle" }),
      text(684, y + 70, words, { size: 52 }),
    ]);
  return picture([
    room("#DDE8EE", "#7B8794"),
    heading("着了火，喊人，打 119"),
    person(180, 600, 1.3, { shirt: COLOR.deepLeaf, mood: "alarmed", right: { x: 92, y: -210 } }),
    phone(400, 334),
    when(step >= 1, row(160, "1", "哪个村，哪条路，几号")),
    when(step >= 1, row(288, "2", "什么着火，火多大")),
    when(step >= 1, row(416, "3", "有没有人困在里面")),
  ]);
}

const FOUR_ACTS = [
  ["提", "提起来"],
  ["拔", "拔销子"],
  ["握", "握喷管"],
  ["压", "压把手"],
] as const;

/** What the hand does in each of the four acts, beside the extinguisher. */
function actMark(index: number): string {
  const marks = [
    arrow({ x: -92, y: -40 }, { x: -92, y: -190 }, COLOR.deepLeaf, 13),
    group([
      disc({ x: -62, y: -206, r: 17 }, "none", { stroke: COLOR.gold, "stroke-width": 9 }),
      arrow({ x: -72, y: -206 }, { x: -124, y: -206 }, COLOR.deepLeaf, 11),
    ]),
    group([disc({ x: 86, y: -66, r: 26 }, COLOR.skin), line("M86 -66L118 -50", COLOR.blue, 24)]),
    arrow({ x: 22, y: -300 }, { x: 22, y: -238 }, COLOR.deepLeaf, 13),
  ];
  return marks[index] ?? "";
}

export function extinguisherPicture(step: number): string {
  const shown = [0, 2, 4][step] ?? 4;
  const card = (index: number) => {
    const [word, act] = FOUR_ACTS[index] ?? ["", ""];
    const bright = index < shown;
    return moved(60 + index * 296, 136, [
      box({ x: 0, y: 0, w: 272, h: 424, r: 24 }, bright ? COLOR.cream : "#DCE3E2"),
      text(28, 96, word, { size: 92, fill: bright ? COLOR.red : COLOR.grey }),
      text(136, 400, act, { size: 52, anchor: "middle", fill: bright ? COLOR.ink : COLOR.grey }),
      moved(150, 338, [extinguisher(0, 0, 1), when(bright, actMark(index))], 0.94),
    ]);
  };
  return picture([
    room("#F2DFC8", COLOR.soil),
    heading("灭火器：提、拔、握、压"),
    ...[0, 1, 2, 3].map(card),
  ]);
}

export function aimPicture(): string {
  return picture([
    room("#F2DFC8", COLOR.soil),
    heading("对准火的根部"),
    person(260, 600, 1.35, {
      shirt: COLOR.deepBlue,
      left: { x: 20, y: -130 },
      right: { x: 96, y: -132 },
    }),
    moved(340, 470, [extinguisher(0, 0, 0.8)]),
    path("M446 436L860 480L880 556L446 452z", COLOR.white, { opacity: 0.85 }),
    flame(960, 556, 1.5),
    flame(1070, 556, 1.1),
    flame(870, 556, 0.8),
    disc({ x: 940, y: 524, r: 66 }, "none", { stroke: COLOR.deepLeaf, "stroke-width": 10 }),
    tag(700, 226, "火小才自己灭，火大快走", { size: 50, fill: COLOR.gold }),
  ]);
}

/** Someone who goes bent low, a wet towel before the mouth. */
function crouching(x: number, y: number, shirt: string): string {
  return moved(
    x,
    y,
    [
      line("M-70 -110L-20 -70L-60 -6M-60 -110L30 -76L20 -6", COLOR.darkGrey, 34),
      oval({ x: -46, y: -2, w: 56, h: 20 }, COLOR.ink),
      oval({ x: 36, y: -2, w: 56, h: 20 }, COLOR.ink),
      path("M-92 -118Q-80 -162 0 -184L50 -196Q80 -170 60 -140L-40 -84Q-84 -84 -92 -118z", shirt),
      disc({ x: 92, y: -190, r: 42 }, COLOR.skin),
      path(
        "M52 -204A43 44 0 0 1 132 -208Q112 -216 92 -208Q80 -200 74 -176Q52 -180 52 -204z",
        "#3A3A40",
      ),
      disc({ x: 108, y: -196, r: 5 }, COLOR.ink),
      line("M40 -160Q60 -110 112 -160", shirt, 26),
      path("M92 -186H140Q146 -160 128 -146H98Q86 -160 92 -186z", COLOR.white, {
        stroke: COLOR.water,
        "stroke-width": 5,
      }),
      disc({ x: 112, y: -158, r: 15 }, COLOR.skin),
    ],
    1.15,
  );
}

function exitSign(x: number, y: number): string {
  return group([
    box({ x, y, w: 230, h: 88, r: 12 }, COLOR.deepLeaf),
    text(x + 115, y + 62, "安全出口", { size: 46, fill: COLOR.white, anchor: "middle" }),
  ]);
}

function smokeLayer(): string {
  const puffs = Array.from({ length: 14 }, (_, i) =>
    disc({ x: i * 98, y: 140 + (i % 3) * 30, r: 92 }, "#6A7078"),
  );
  return group(puffs, { opacity: 0.85 });
}

export function leavePicture(step: number): string {
  return picture([
    room("#E9E0CF", "#8A8378"),
    when(step >= 1, smokeLayer()),
    heading(step >= 1 ? "烟在上面，人弯腰走" : "火大了，马上撤"),
    box({ x: 1010, y: 268, w: 190, h: 280, r: 4 }, "#CFE6D4", {
      stroke: COLOR.deepLeaf,
      "stroke-width": 14,
    }),
    exitSign(990, 160),
    when(
      step === 0,
      flame(150, GROUND_PX, 1.3),
      flame(260, GROUND_PX, 0.9),
      smoke(200, 330, 0.8),
      person(560, 590, 1.2, { shirt: COLOR.blue, mood: "alarmed", right: { x: 80, y: -170 } }),
      arrow({ x: 690, y: 420 }, { x: 930, y: 420 }, COLOR.deepLeaf, 18),
      tag(700, 190, "不拿东西，不坐电梯", { fill: COLOR.gold }),
    ),
    when(
      step >= 1,
      crouching(360, 590, COLOR.blue),
      crouching(690, 590, COLOR.orange),
      arrow({ x: 850, y: 500 }, { x: 980, y: 500 }, COLOR.deepLeaf, 16),
    ),
  ]);
}

export function trappedPicture(): string {
  return picture([
    room("#EFE6D2", "#8A7A66"),
    heading("出不去：关门、堵缝、呼救"),
    box({ x: 110, y: 190, w: 220, h: 358, r: 6 }, COLOR.brown),
    disc({ x: 300, y: 380, r: 12 }, COLOR.gold),
    box({ x: 96, y: 520, w: 250, h: 36, r: 16 }, COLOR.water),
    smoke(64, 470, 0.5),
    tag(510, 506, "湿布堵门缝", { fill: COLOR.gold }),
    box({ x: 640, y: 170, w: 500, h: 300, r: 8 }, COLOR.sky, {
      stroke: COLOR.brown,
      "stroke-width": 18,
    }),
    line("M890 170V470", COLOR.brown, 12),
    person(780, 630, 1.3, { shirt: COLOR.orange, mood: "alarmed", right: { x: 92, y: -290 } }),
    path("M896 250Q960 200 1010 240T1100 230V296Q1040 320 990 296T900 316z", COLOR.red),
    cross(520, 240, 46),
    tag(520, 330, "不跳楼", { fill: COLOR.red, ink: COLOR.cream }),
  ]);
}

export function fireSummaryPicture(step: number): string {
  const row = (y: number, no: string, words: string, seen: boolean) =>
    when(
      seen,
      box({ x: 100, y, w: 1080, h: 108, r: 26 }, COLOR.cream, { opacity: 0.97 }),
      disc({ x: 166, y: y + 54, r: 38 }, COLOR.gold),
      text(166, y + 72, no, { size: 50, anchor: "middle" }),
      text(232, y + 74, words, { size: 60 }),
    );
  return picture([
    room("#7FA5B8", "#55606E"),
    heading("记住三句话"),
    row(152, "1", "插线板不超载，人走断电", step >= 0),
    row(280, "2", "电动车不进楼，不入户充电", step >= 1),
    row(408, "3", "小火会灭，大火快走，打119", step >= 2),
  ]);
}
