/** The drawings of the film for new broadcasters: the room, the screen, the five steps. */
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
  path,
  picture,
  tag,
  text,
  tick,
  when,
} from "./draw.ts";
import { room } from "./home.ts";
import { clump, field } from "./paddy.ts";
import { listener, person, sitter } from "./people.ts";

const SHIRTS = [COLOR.blue, COLOR.deepLeaf, COLOR.orange, COLOR.brown, "#6D5C9A", COLOR.deepBlue];
const GREY_HAIR = "#8D9096";

/**
 * A television on its stand; `content` is drawn on a screen of 440 x 250 with its corner at 0, 0.
 */
function television(x: number, y: number, scale: number, content: string): string {
  return moved(
    x,
    y,
    [
      box({ x: -14, y: -14, w: 468, h: 278, r: 14 }, "#15181D"),
      box({ x: 0, y: 0, w: 440, h: 250 }, "#DCEBEF"),
      content,
      path("M170 264H270L290 300H150z", "#15181D"),
    ],
    scale,
  );
}

function ricePlayback(): string {
  return group([
    box({ x: 0, y: 0, w: 440, h: 250 }, COLOR.sky),
    box({ x: 0, y: 150, w: 440, h: 100 }, "#9CCFC9"),
    ...[80, 190, 300].map((x) => clump(x, 240, 0.7)),
    disc({ x: 370, y: 60, r: 30 }, COLOR.gold),
  ]);
}

function screenWords(first: string, second: string): string {
  return group([
    box({ x: 0, y: 0, w: 440, h: 250 }, COLOR.ink),
    text(220, 112, first, { size: 62, fill: COLOR.gold, anchor: "middle" }),
    text(220, 192, second, { size: 50, fill: COLOR.cream, anchor: "middle" }),
  ]);
}

function audience(y: number, count: number, raised: readonly number[] = []): string {
  const gap = 1180 / count;
  const people = Array.from({ length: count }, (_, i) =>
    listener(50 + gap * (i + 0.5), y, 0.95, {
      shirt: SHIRTS[i % SHIRTS.length] ?? COLOR.blue,
      hair: i % 3 === 1 ? GREY_HAIR : "#3A3A40",
      hand: raised.includes(i),
    }),
  );
  return group(people);
}

export function howToTitlePicture(): string {
  return picture([
    room("#F3E4C9", "#A87B52"),
    television(760, 130, 0.98, ricePlayback()),
    box({ x: 64, y: 120, w: 620, h: 252, r: 28 }, COLOR.ink, { opacity: 0.94 }),
    box({ x: 64, y: 152, w: 14, h: 188, r: 7 }, COLOR.gold),
    text(110, 234, "怎样开好一次", { size: 88, fill: COLOR.cream }),
    text(110, 340, "党员电教日", { size: 88, fill: COLOR.gold }),
    audience(668, 7),
  ]);
}

/** A sheet of things to do, ticked off one after another. */
export function preparePicture(step: number): string {
  const row = (y: number, words: string, seen: boolean) =>
    group([
      box({ x: 640, y: y - 40, w: 56, h: 56, r: 10 }, COLOR.white, {
        stroke: COLOR.ink,
        "stroke-width": 6,
      }),
      when(seen, line(`M652 ${y - 14}l14 18l28 -42`, COLOR.deepLeaf, 13)),
      text(724, y + 6, words, { size: 52 }),
    ]);
  return picture([
    room("#E9EFE6", "#9A7B5A"),
    heading("开播以前"),
    television(96, 190, 0.72, ricePlayback()),
    person(484, 610, 1.2, { shirt: COLOR.deepBlue, left: { x: -86, y: -176 } }),
    box({ x: 590, y: 142, w: 620, h: 392, r: 24 }, COLOR.cream),
    row(226, "自己先看一遍", step >= 0),
    row(310, "想好本村的例子", step >= 1),
    row(394, "试画面，试声音", step >= 2),
    row(478, "老人坐前排", step >= 2),
  ]);
}

export function signInPicture(step: number): string {
  const names = ["王建国", "李桂兰", "张德福"];
  return picture([
    room("#F3E4C9", "#A87B52"),
    heading("先签到"),
    box({ x: 110, y: 150, w: 560, h: 360, r: 26 }, COLOR.ink),
    text(150, 230, "第 2 位", { size: 52, fill: COLOR.cream }),
    text(390, 374, names[1] ?? "", { size: 130, fill: COLOR.gold, anchor: "middle" }),
    text(390, 466, "到了按【确定】", { size: 52, fill: COLOR.cream, anchor: "middle" }),
    when(
      step === 0,
      ...[760, 960, 1160].map((x, i) =>
        listener(x, 640, 1.15, { shirt: SHIRTS[i] ?? COLOR.blue, hand: i === 1 }),
      ),
    ),
    when(step === 0, tag(960, 240, "到！", { size: 64, fill: COLOR.cream })),
    when(
      step >= 1,
      ...names.map((name, i) =>
        group([
          box({ x: 740, y: 160 + i * 118, w: 440, h: 98, r: 20 }, COLOR.cream),
          text(780, 228 + i * 118, name, { size: 54 }),
          i === 2
            ? text(1160, 228 + i * 118, "请假", { size: 50, fill: COLOR.red, anchor: "end" })
            : tick(1120, 209 + i * 118, 30),
        ]),
      ),
    ),
  ]);
}

export function hintPicture(step: number): string {
  return picture([
    room("#F3E4C9", "#A87B52"),
    heading("播前提示", "1"),
    television(500, 150, 0.98, screenWords("看的时候", "请留意三件事")),
    person(300, 600, 1.32, { shirt: COLOR.deepBlue, right: { x: 118, y: -186 } }),
    when(step >= 1, tag(1110, 250, "带着问题看", { size: 50, fill: COLOR.gold })),
    audience(700, 6),
  ]);
}

export function watchPicture(): string {
  return picture([
    room("#5C6B7C", "#4A4038"),
    heading("播放收看", "2"),
    television(390, 140, 1.12, ricePlayback()),
    audience(668, 7),
  ]);
}

export function explainPicture(step: number): string {
  const pause = group([
    ricePlayback(),
    box({ x: 0, y: 0, w: 440, h: 250 }, COLOR.ink, { opacity: 0.55 }),
    box({ x: 176, y: 72, w: 32, h: 106, r: 8 }, COLOR.white),
    box({ x: 232, y: 72, w: 32, h: 106, r: 8 }, COLOR.white),
  ]);
  return picture([
    room("#F3E4C9", "#A87B52"),
    heading("播中解释", "3"),
    television(120, 160, 0.94, pause),
    person(700, 610, 1.36, {
      shirt: COLOR.deepBlue,
      left: step === 0 ? { x: -70, y: -100 } : { x: -112, y: -200 },
      right: { x: 90, y: -176 },
    }),
    when(step === 0, tag(960, 240, "片子停下来", { size: 50, fill: COLOR.cream })),
    when(
      step >= 1,
      path(
        "M830 156H1200Q1226 156 1226 184V336Q1226 364 1200 364H880L816 400L840 352Q804 352 804 330V184Q804 156 830 156z",
        COLOR.cream,
      ),
      text(1014, 242, "我们村去年", { size: 54, anchor: "middle" }),
      text(1014, 324, "就是这样……", { size: 54, anchor: "middle" }),
    ),
    audience(720, 6),
  ]);
}

export function discussPicture(step: number): string {
  const seats = (x: number, first: string, second: string) =>
    group([
      sitter(x - 110, 566, 1.05, { shirt: first, faces: 1, right: { x: 76, y: -130 } }),
      sitter(x + 110, 566, 1.05, { shirt: second, faces: -1, hair: GREY_HAIR }),
    ]);
  return picture([
    room("#EFE6D2", "#A87B52"),
    heading("播后讨论", "4"),
    seats(230, COLOR.blue, COLOR.orange),
    seats(640, COLOR.deepLeaf, "#6D5C9A"),
    seats(1050, COLOR.brown, COLOR.deepBlue),
    when(step === 0, tag(640, 204, "先自己想 30 秒", { size: 56, fill: COLOR.gold })),
    when(step === 1, tag(640, 204, "两三个人说一说", { size: 56, fill: COLOR.gold })),
    when(step >= 2, tag(640, 204, "每组推一位，讲给大家听", { size: 56, fill: COLOR.gold })),
  ]);
}

export function feedbackPicture(): string {
  return picture([
    room("#F3E4C9", "#A87B52"),
    heading("信息反馈：举手数一数"),
    television(420, 140, 0.98, screenWords("都记住了？", "举手 12 人")),
    person(1090, 600, 1.25, { shirt: COLOR.deepBlue, left: { x: -96, y: -190 } }),
    audience(668, 6, [0, 2, 3, 5]),
  ]);
}

export function practisePicture(step: number): string {
  return picture([
    field(),
    heading("课后实践", "5"),
    clump(150, 640, 1.5),
    clump(500, 650, 1.5),
    person(330, 640, 1.3, { shirt: COLOR.deepLeaf, hat: "straw", right: { x: 92, y: -150 } }),
    clump(640, 640, 1.2),
    when(step >= 0, tag(330, 184, "回家试一试", { size: 52, fill: COLOR.gold })),
    when(
      step >= 1,
      person(880, 640, 1.2, { shirt: COLOR.blue, hat: "straw" }),
      person(1030, 640, 1.2, { shirt: COLOR.orange, hair: GREY_HAIR, left: { x: -100, y: -170 } }),
      clump(1180, 640, 1.4),
      tag(950, 250, "一起去现场看", { size: 52, fill: COLOR.cream }),
    ),
  ]);
}

export function closingPicture(step: number): string {
  return picture([
    room("#E9EFE6", "#9A7B5A"),
    heading("当场登记"),
    box({ x: 96, y: 150, w: 560, h: 378, r: 26 }, COLOR.ink),
    text(376, 236, "本场已登记", { size: 60, fill: COLOR.cream, anchor: "middle" }),
    text(376, 326, "实到 40 人", { size: 56, fill: COLOR.cream, anchor: "middle" }),
    text(376, 410, "核验码", { size: 46, fill: "#C3CCDB", anchor: "middle" }),
    text(376, 490, "7K3QM-9TXWA", { size: 62, fill: COLOR.gold, anchor: "middle" }),
    when(
      step >= 1,
      arrow({ x: 672, y: 340 }, { x: 762, y: 340 }, COLOR.red, 16),
      box({ x: 790, y: 150, w: 400, h: 384, r: 10 }, COLOR.white, {
        stroke: COLOR.brown,
        "stroke-width": 7,
      }),
      box({ x: 790, y: 150, w: 400, h: 96, r: 10 }, COLOR.red),
      text(990, 218, "党员签到册", { size: 56, fill: COLOR.white, anchor: "middle" }),
      ...[0, 1, 2].map((i) => line(`M830 ${304 + i * 54}H1150`, COLOR.grey, 6)),
      text(990, 500, "7K3QM-9TXWA", { size: 46, anchor: "middle", fill: COLOR.deepBlue }),
    ),
  ]);
}

export function howToSummaryPicture(step: number): string {
  const row = (y: number, no: string, words: string, seen: boolean) =>
    when(
      seen,
      box({ x: 100, y, w: 1080, h: 108, r: 26 }, COLOR.cream),
      disc({ x: 166, y: y + 54, r: 38 }, COLOR.gold),
      text(166, y + 72, no, { size: 50, anchor: "middle" }),
      text(232, y + 74, words, { size: 60 }),
    );
  return picture([
    box({ x: 0, y: 0, w: 1280, h: 720 }, "#C98F56"),
    box({ x: 0, y: GROUND_PX, w: 1280, h: 172 }, "#8A5F3B"),
    heading("记住三句话"),
    row(152, "1", "自己先看一遍，想好例子", step >= 0),
    row(280, "2", "该停就停，让大家多说", step >= 1),
    row(408, "3", "当场登记，下次回头问", step >= 2),
  ]);
}
