/**
 * The drawings of the film on rice blast, second half: the dangerous spot, the right day, the
 * spray.
 */
import {
  arrow,
  box,
  COLOR,
  disc,
  GROUND_PX,
  group,
  heading,
  line,
  moved,
  oval,
  type Point2,
  path,
  picture,
  scatter,
  tag,
  text,
  tick,
  turned,
  when,
} from "./draw.ts";
import { clump, ear, leafBlade, plainBackground } from "./paddy.ts";
import { person } from "./people.ts";

/** A spot of the acute kind: dark, round, without the grey middle; mould on the lower side. */
function acuteSpot(at: Point2, scale: number): string {
  return moved(
    at.x,
    at.y,
    [oval({ x: 0, y: 0, w: 96, h: 62 }, "#17402B"), oval({ x: 4, y: 2, w: 66, h: 38 }, "#2A5A40")],
    scale,
  );
}

/** The same spot through a magnifying glass, with the grey-green down of the fungus. */
function magnifier(x: number, y: number): string {
  const random = scatter(21);
  const down: string[] = [];
  for (let i = 0; i < 70; i += 1) {
    const turn = random() * Math.PI * 2;
    const far = Math.sqrt(random()) * 62;
    const at = { x: Math.cos(turn) * far, y: Math.sin(turn) * far * 0.8 };
    down.push(line(`M${at.x.toFixed(0)} ${at.y.toFixed(0)}l5 -13`, "#A9BBA6", 5));
  }
  return moved(x, y, [
    line("M88 88L164 164", COLOR.brown, 30),
    disc({ x: 0, y: 0, r: 124 }, COLOR.leaf, { stroke: COLOR.ink, "stroke-width": 16 }),
    oval({ x: 0, y: 0, w: 170, h: 136 }, "#17402B"),
    ...down,
  ]);
}

export function acutePicture(step: number): string {
  return picture([
    plainBackground("#F6EBDD", COLOR.forest),
    heading("最要当心：急性型"),
    leafBlade(),
    acuteSpot({ x: 250, y: 452 }, 0.9),
    acuteSpot({ x: 430, y: 396 }, 1.25),
    acuteSpot({ x: 610, y: 344 }, 0.8),
    acuteSpot({ x: 1040, y: 270 }, 0.8),
    when(step < 2, tag(330, 196, "暗绿色圆斑", { fill: "#17402B", ink: COLOR.cream })),
    when(step < 2, line("M360 232L420 350", COLOR.ink, 6)),
    when(step >= 1, magnifier(836, 322), tag(1066, 484, "背面长灰绿霉")),
    when(step >= 2, tag(390, 214, "见到就打药", { size: 64, fill: COLOR.red, ink: COLOR.cream })),
  ]);
}

function drop(x: number, y: number, scale = 1): string {
  const shape = path("M0 -58Q46 0 46 32A46 46 0 0 1 -46 32Q-46 0 0 -58z", COLOR.blue);
  const word = text(0, 48, "药", { size: 46, fill: COLOR.white, anchor: "middle" });
  return moved(x, y, [shape, word], scale);
}

/** Rice just before heading: upright leaves, and the ear still swelling in its sheath. */
function bootingRice(x: number, y: number): string {
  return moved(x, y, [
    clump(0, 0, 1.1),
    line("M0 0L0 -190", "#5C9E50", 20),
    path("M-17 -120Q-34 -190 -4 -262Q30 -190 17 -120z", "#9CCB6C"),
    path("M-4 -262Q6 -300 22 -322Q16 -282 2 -258z", "#E6D98A"),
  ]);
}

/** The three days on which spraying helps, along one line of time. */
export function timingPicture(step: number): string {
  const stage = (x: number, words: string, seen: boolean) =>
    when(seen, drop(x + 126, 250, 0.95), tag(x, 508, words, { size: 46, fill: COLOR.gold }));
  return picture([
    plainBackground("#EAF3E2", COLOR.forest),
    heading("抓准打药的日子", "3"),
    line("M90 470H1180", COLOR.brown, 10),
    arrow({ x: 1150, y: 470 }, { x: 1200, y: 470 }, COLOR.brown, 10),
    clump(230, 466, 0.95),
    bootingRice(630, 466),
    ear(1010, 392, 0.64, false),
    stage(230, "叶上初见病斑", step >= 0),
    stage(630, "破口前3到5天", step >= 1),
    stage(1020, "齐穗期", step >= 2),
  ]);
}

function bottle(x: number, y: number, name: string, color: string): string {
  return moved(x, y, [
    box({ x: -34, y: -296, w: 68, h: 50, r: 10 }, COLOR.ink),
    path("M-40 -250H40L92 -190V-20Q92 0 72 0H-72Q-92 0 -92 -20V-190z", color),
    box({ x: -92, y: -170, w: 184, h: 118 }, COLOR.white),
    text(0, -92, name, { size: 54, anchor: "middle" }),
  ]);
}

function labelSheet(x: number, y: number): string {
  const row = (top: number, words: string) => text(40, top, words, { size: 46 });
  return moved(x, y, [
    box({ x: 0, y: 0, w: 420, h: 350, r: 20 }, COLOR.white, {
      stroke: COLOR.ink,
      "stroke-width": 7,
    }),
    box({ x: 0, y: 0, w: 420, h: 84, r: 20 }, COLOR.red),
    box({ x: 0, y: 50, w: 420, h: 34 }, COLOR.red),
    text(210, 60, "先看标签", { size: 52, fill: COLOR.white, anchor: "middle" }),
    row(154, "① 治什么病"),
    row(234, "② 用多少药"),
    row(314, "③ 兑多少水"),
  ]);
}

export function medicinePicture(step: number): string {
  return picture([
    plainBackground("#EFF3EE", "#B9895C"),
    heading("照标签用药", "4"),
    bottle(240, GROUND_PX, "三环唑", COLOR.deepLeaf),
    bottle(500, GROUND_PX, "稻瘟灵", COLOR.blue),
    when(step >= 1, labelSheet(740, 164)),
  ]);
}

function sprayer(): string {
  const mist = [0, 1, 2, 3, 4].map((i) => {
    const y = -150 + i * 26;
    return line(`M-196 -118L${-300 - (i % 2) * 26} ${y}`, "#5FA8D3", 8, {
      "stroke-dasharray": "4 20",
    });
  });
  return group([
    line("M-80 -130Q-130 -120 -188 -118", COLOR.ink, 9),
    ...mist,
    turned(0, [disc({ x: -192, y: -118, r: 10 }, COLOR.ink)]),
  ]);
}

/** The man walks backwards with the wind behind him, so that the mist leaves him. */
export function sprayPicture(step: number): string {
  const clothes = {
    shirt: COLOR.deepBlue,
    hat: "straw",
    mask: true,
    gloves: true,
    left: { x: -84, y: -130 },
    right: { x: 62, y: -112 },
  } as const;
  return picture([
    plainBackground("#E5F1F5", COLOR.deepLeaf),
    heading("护好自己再打药"),
    ...[60, 190, 320, 440].map((x) => clump(x, 566, 0.86)),
    moved(740, 586, [box({ x: 22, y: -208, w: 60, h: 112, r: 18 }, COLOR.orange)], 1.3),
    person(740, 586, 1.3, clothes),
    moved(740, 586, [sprayer()], 1.3),
    line("M796 236H890", COLOR.ink, 6),
    tag(1030, 236, "口罩、手套", { fill: COLOR.gold }),
    when(
      step >= 1,
      ...[0, 1, 2].map((i) =>
        arrow(
          { x: 1210 - i * 20, y: 356 + i * 40 },
          { x: 950 - i * 20, y: 356 + i * 40 },
          COLOR.blue,
          11,
        ),
      ),
      tag(1080, 506, "风从背后来", { fill: COLOR.white }),
    ),
  ]);
}

function dayGrid(): string {
  const cells: string[] = [];
  for (let i = 0; i < 14; i += 1) {
    const x = 30 + (i % 7) * 92;
    const y = 110 + Math.floor(i / 7) * 96;
    const tone = i === 13 ? COLOR.gold : "#E4E8EC";
    cells.push(box({ x, y, w: 78, h: 82, r: 10 }, tone));
  }
  cells.push(box({ x: 30, y: 110, w: 170, h: 82, r: 10 }, COLOR.blue));
  return group(cells);
}

function sickle(x: number, y: number): string {
  return moved(x, y, [
    line("M0 96L0 0", COLOR.brown, 20),
    path("M-8 6Q-40 -100 66 -118Q10 -78 12 2z", COLOR.grey),
  ]);
}

export function intervalPicture(): string {
  return picture([
    plainBackground("#F8F0DC", COLOR.soil),
    heading("收割前，够天数再收"),
    moved(140, 190, [
      box({ x: 0, y: 0, w: 690, h: 310, r: 22 }, COLOR.white, {
        stroke: COLOR.ink,
        "stroke-width": 7,
      }),
      box({ x: 0, y: 0, w: 690, h: 84, r: 22 }, COLOR.deepLeaf),
      text(345, 60, "安全间隔期", { size: 54, fill: COLOR.white, anchor: "middle" }),
      dayGrid(),
      text(115, 168, "打药", { size: 50, fill: COLOR.white, anchor: "middle" }),
      text(621, 266, "收", { size: 54, anchor: "middle" }),
    ]),
    arrow({ x: 350, y: 340 }, { x: 690, y: 420 }, COLOR.red, 12),
    ear(1020, 470, 0.9, false),
    sickle(1150, 350),
    tick(1150, 500, 34),
  ]);
}

/** The three sentences to take home; the same words as the lesson's points. */
export function riceSummaryPicture(step: number): string {
  const row = (y: number, no: string, words: string, seen: boolean) =>
    when(
      seen,
      box({ x: 100, y, w: 1080, h: 108, r: 26 }, COLOR.cream, { opacity: 0.97 }),
      disc({ x: 166, y: y + 54, r: 38 }, COLOR.gold),
      text(166, y + 72, no, { size: 50, anchor: "middle" }),
      text(232, y + 74, words, { size: 60 }),
    );
  return picture([
    plainBackground("#A9D3B4", COLOR.deepLeaf),
    heading("记住三句话"),
    row(152, "1", "先看叶，再看穗", step >= 0),
    row(280, "2", "选好种，少施氮，浅水灌", step >= 1),
    row(408, "3", "破口前、齐穗期，按标签打药", step >= 2),
  ]);
}
