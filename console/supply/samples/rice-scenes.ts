/** The drawings of the film on rice blast. Each takes the step its captions have reached. */
import {
  arrow,
  box,
  COLOR,
  cloud,
  cross,
  disc,
  group,
  heading,
  line,
  moved,
  oval,
  path,
  picture,
  scatter,
  tag,
  text,
  tick,
  when,
} from "./draw.ts";
import {
  clump,
  ear,
  field,
  leafBlade,
  plainBackground,
  rain,
  sack,
  spot,
  thermometer,
} from "./paddy.ts";
import { person } from "./people.ts";

export function titlePicture(): string {
  return picture([
    field(),
    cloud(170, 150, 1),
    cloud(1010, 120, 0.7),
    clump(120, 600, 1.5),
    clump(320, 640, 1.5),
    person(1010, 640, 1.25, { shirt: COLOR.deepBlue, hat: "straw", left: { x: -92, y: -150 } }),
    clump(870, 650, 1.3),
    clump(1170, 640, 1.4),
    box({ x: 84, y: 200, w: 700, h: 252, r: 28 }, COLOR.ink, { opacity: 0.92 }),
    box({ x: 84, y: 232, w: 14, h: 188, r: 7 }, COLOR.gold),
    text(136, 314, "稻瘟病的", { size: 92, fill: COLOR.cream }),
    text(136, 420, "识别与防治", { size: 92, fill: COLOR.gold }),
  ]);
}

function spores(seed: number, x: number, y: number): string {
  const random = scatter(seed);
  const dots: string[] = [];
  for (let i = 0; i < 26; i += 1) {
    const at = { x: x + random() * 330, y: y + (random() - 0.5) * 84 };
    dots.push(path(`M${at.x.toFixed(0)} ${at.y.toFixed(0)}q10 -12 22 0q-10 12 -22 0z`, "#7C6A55"));
  }
  return group(dots);
}

function strawHeap(): string {
  const random = scatter(5);
  const stalks: string[] = [];
  for (let i = 0; i < 44; i += 1) {
    const x = 90 + random() * 300;
    const y = 420 + random() * 110;
    const tone = i % 3 === 0 ? "#C79A45" : "#E0BC68";
    stalks.push(
      line(
        `M${x.toFixed(0)} ${y.toFixed(0)}l${(60 + random() * 60).toFixed(0)} ${(-30 + random() * 60).toFixed(0)}`,
        tone,
        9,
      ),
    );
  }
  return group([path("M60 552Q110 400 270 380Q430 400 500 552z", "#D3AA55"), ...stalks]);
}

export function sourcePicture(step: number): string {
  return picture([
    plainBackground(),
    heading("病从哪里来"),
    clump(940, 560, 1.5),
    clump(1100, 566, 1.6),
    clump(1210, 560, 1.3),
    when(step >= 1, strawHeap(), tag(280, 346, "病稻草", { fill: COLOR.gold })),
    when(
      step >= 1,
      sack(610, 556, 0.8, "#B98A55", text(0, -92, "种", { size: 72, anchor: "middle" })),
      tag(610, 336, "病种子", { fill: COLOR.gold }),
    ),
    when(
      step >= 2,
      spores(9, 560, 214),
      line("M420 206Q600 160 780 206T1010 210", COLOR.blue, 9),
      line("M470 266Q640 226 800 262", COLOR.blue, 9),
      arrow({ x: 1000, y: 212 }, { x: 1040, y: 230 }, COLOR.blue, 9),
      cloud(1100, 190, 0.9, COLOR.grey),
      rain(1040, 232, 140, 60),
    ),
  ]);
}

export function leafPicture(step: number): string {
  const near = step >= 1;
  return picture([
    plainBackground("#E4F3E8", COLOR.forest),
    heading("看叶子：叶瘟"),
    leafBlade(),
    spot({ x: 640, y: 352 }, -13, near ? 2 : 1.1),
    spot({ x: 222, y: 466 }, -22, 0.8),
    spot({ x: 1010, y: 272 }, -6, 0.72),
    when(!near, spot({ x: 424, y: 390 }, -18, 0.5), spot({ x: 830, y: 300 }, -9, 0.5)),
    when(step === 1, tag(640, 196, "像梭子，两头尖", { fill: COLOR.gold })),
    when(step >= 2, line("M430 226L600 350", COLOR.ink, 6), tag(330, 196, "中间灰白")),
    when(
      step >= 2,
      line("M716 222L700 322", COLOR.ink, 6),
      tag(690, 196, "边上褐色", { fill: COLOR.brown, ink: COLOR.cream }),
    ),
    when(
      step >= 3,
      line("M960 440L782 340", COLOR.ink, 6),
      tag(1010, 466, "外圈发黄", { fill: "#F2DC66" }),
    ),
  ]);
}

export function earPicture(step: number): string {
  return picture([
    plainBackground("#E9F2E4", COLOR.forest),
    heading("看稻穗：穗颈瘟"),
    ear(330, 560, 0.96, false),
    tag(150, 500, "好穗", { fill: COLOR.deepLeaf, ink: COLOR.cream }),
    ear(850, 560, 0.96, true),
    tag(670, 500, "病穗", { fill: COLOR.red, ink: COLOR.cream }),
    when(
      step >= 1,
      disc({ x: 851, y: 344, r: 52 }, "none", { stroke: COLOR.red, "stroke-width": 9 }),
    ),
    when(step >= 1, line("M904 344H964", COLOR.red, 9), tag(1094, 344, "颈变黑褐")),
    when(step >= 2, line("M900 214L964 214", COLOR.ink, 6), tag(1094, 214, "穗白粒空")),
  ]);
}

export function weatherPicture(step: number): string {
  return picture([
    plainBackground("#DCEBEF", COLOR.forest),
    heading("什么时候容易发"),
    ...[520, 620, 720, 820].map((x) => clump(x, 580, 0.84, step >= 2)),
    thermometer(170, 366),
    text(258, 350, "20到28", { size: 64 }),
    text(258, 430, "摄氏度", { size: 56 }),
    when(
      step >= 1,
      cloud(664, 256, 1.8, COLOR.grey),
      text(672, 282, "阴雨雾露", { size: 52, anchor: "middle" }),
      rain(556, 328, 240, 70),
    ),
    when(
      step >= 2,
      sack(1080, 470, 1.15, COLOR.blue, text(0, -90, "氮肥", { size: 56, anchor: "middle" })),
      tag(1080, 516, "下得太多", { fill: COLOR.red, ink: COLOR.cream }),
    ),
  ]);
}

export function seedPicture(step: number): string {
  return picture([
    plainBackground("#F4EEDC", COLOR.soil),
    heading("选好种，浸好种", "1"),
    sack(250, 520, 1.4, COLOR.deepLeaf, text(0, -90, "抗病", { size: 56, anchor: "middle" })),
    tick(372, 250, 40),
    when(
      step >= 1,
      sack(640, 520, 1.2, "#B98A55", text(0, -90, "病田", { size: 56, anchor: "middle" })),
      cross(748, 290, 46),
    ),
    when(
      step >= 2,
      path("M890 400H1200L1168 536Q1045 560 922 536z", COLOR.blue),
      oval({ x: 1045, y: 400, w: 312, h: 56 }, "#BFE2F0"),
      ...[960, 1000, 1040, 1082, 1124, 1018, 1064].map((x, i) =>
        oval({ x, y: 398 + (i % 3) * 8 - 6, w: 34, h: 15 }, "#E6BE4E"),
      ),
      line("M1100 218Q1060 280 1064 356", COLOR.water, 12),
      box({ x: 1080, y: 150, w: 66, h: 84, r: 12 }, COLOR.orange),
      box({ x: 1096, y: 132, w: 34, h: 22, r: 6 }, COLOR.ink),
      tag(1045, 480, "药剂浸种"),
    ),
  ]);
}

const fertiliser = (word: string) => text(0, -90, word, { size: 56, anchor: "middle" });

export function waterPicture(step: number): string {
  const level = step >= 2 ? 466 : 440;
  return picture([
    box({ x: 0, y: 0, w: 1280, h: 720 }, COLOR.pale),
    heading("管好肥，管好水", "2"),
    ...[120, 300, 480, 660].map((x) => clump(x, 500, 1.2, false)),
    box({ x: 0, y: level, w: 800, h: 560 - level }, COLOR.water, { opacity: 0.85 }),
    path("M0 500H800L850 448Q880 436 920 436H1280V720H0z", COLOR.soil),
    when(
      step <= 1,
      sack(950, 442, 0.95, COLOR.blue, fertiliser("氮肥")),
      tag(950, 168, "少施", { fill: COLOR.red, ink: COLOR.cream }),
    ),
    when(
      step === 1,
      sack(1160, 442, 0.95, COLOR.orange, fertiliser("磷钾")),
      tag(1160, 168, "配上", { fill: COLOR.deepLeaf, ink: COLOR.cream }),
    ),
    when(
      step === 2,
      arrow({ x: 980, y: 340 }, { x: 780, y: 456 }, COLOR.blue, 14),
      tag(1020, 300, "浅水勤灌"),
    ),
    when(
      step >= 3,
      moved(840, 90, [strawHeap()], 0.66),
      line("M1180 380H1240", COLOR.red, 12),
      arrow({ x: 1180, y: 380 }, { x: 1250, y: 380 }, COLOR.red, 14),
      tag(1020, 270, "病草运走"),
    ),
  ]);
}
