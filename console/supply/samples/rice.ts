/** 稻瘟病的识别与防治： what is said, in which order, over which drawing. */
import { SAMPLE_LESSONS } from "./lessons.ts";
import {
  acutePicture,
  intervalPicture,
  medicinePicture,
  riceSummaryPicture,
  sprayPicture,
  timingPicture,
} from "./rice-cure-scenes.ts";
import {
  earPicture,
  leafPicture,
  seedPicture,
  sourcePicture,
  titlePicture,
  waterPicture,
  weatherPicture,
} from "./rice-scenes.ts";
import type { Scene, Story } from "./storyboard.ts";

const scenes: readonly Scene[] = [
  {
    title: "片头",
    art: titlePicture,
    segment: true,
    lines: [{ step: 0, text: "稻瘟病是水稻的大病\n轻的减产，重的绝收" }],
  },
  {
    title: "病从哪里来",
    art: sourcePicture,
    segment: true,
    lines: [
      { step: 1, text: "病根是一种真菌\n藏在病稻草和病种子里" },
      { step: 2, text: "遇到阴雨，病菌随风飞散\n落到稻株上就发病" },
    ],
  },
  {
    title: "看叶子",
    art: leafPicture,
    segment: true,
    lines: [
      { step: 1, text: "最常见的病斑\n像梭子，两头尖" },
      { step: 2, text: "中间灰白，边上褐色" },
      { step: 3, text: "外圈还有一层黄晕" },
    ],
  },
  {
    title: "急性型病斑",
    art: acutePicture,
    lines: [
      { step: 0, text: "如果病斑暗绿、近圆形" },
      { step: 1, text: "背面长出灰绿色的霉\n这是急性型" },
      { step: 2, text: "急性型蔓延最快\n一见到就要打药" },
    ],
    cue: {
      speak: "请您讲一讲：我们村哪些田块发过稻瘟病？当时叶子上是什么样？",
      text: "我们村哪些田块发过稻瘟病？叶子上是什么样？",
    },
  },
  {
    title: "看稻穗",
    art: earPicture,
    segment: true,
    lines: [
      { step: 1, text: "抽穗以后看穗颈\n颈变黑褐，就是穗颈瘟" },
      { step: 2, text: "穗子发白，谷粒空瘪\n产量损失最重" },
    ],
  },
  {
    title: "什么时候容易发",
    art: weatherPicture,
    segment: true,
    lines: [
      { step: 0, text: "气温二十到二十八度" },
      { step: 1, text: "又碰上连阴雨、雾大露重\n病就来得快" },
      { step: 2, text: "氮肥下多了，稻叶浓绿\n更容易发病" },
    ],
    cue: {
      speak: "请您讲一讲：今年的天气和苗情，容不容易发病？谁家氮肥下得多？",
      text: "今年的天气和苗情容易发病吗？氮肥下得多不多？",
    },
  },
  {
    title: "选种浸种",
    art: seedPicture,
    segment: true,
    lines: [
      { step: 1, text: "第一，选抗病的好种\n病田的稻谷不留种" },
      { step: 2, text: "播种以前用药剂浸种" },
    ],
  },
  {
    title: "管肥管水",
    art: waterPicture,
    segment: true,
    lines: [
      { step: 0, text: "第二，少施氮肥" },
      { step: 1, text: "氮磷钾配着用" },
      { step: 2, text: "浅水勤灌，适时晒田\n不要长期灌深水" },
      { step: 3, text: "病稻草要运走处理\n不堆在田边" },
    ],
  },
  {
    title: "打药的日子",
    art: timingPicture,
    segment: true,
    lines: [
      { step: 0, text: "第三，抓准日子打药\n叶上初见病斑就打" },
      { step: 1, text: "穗颈瘟要提前防\n破口前三到五天打一次" },
      { step: 2, text: "齐穗期再打一次\n见了白穗再打就晚了" },
    ],
    cue: {
      speak: "请您讲一讲：我们这里的稻子大约哪天破口？该在哪天打第一次药？",
      text: "我们这里的稻子哪天破口？该在哪天打第一次药？",
    },
  },
  {
    title: "照标签用药",
    art: medicinePicture,
    segment: true,
    lines: [
      { step: 0, text: "第四，三环唑、稻瘟灵\n都可以选" },
      { step: 1, text: "用多少药，兑多少水\n照标签，不随意加大" },
    ],
  },
  {
    title: "护好自己",
    art: sprayPicture,
    lines: [
      { step: 0, text: "打药戴好口罩和手套" },
      { step: 1, text: "让风从背后来\n药雾不扑到身上" },
    ],
  },
  {
    title: "安全间隔期",
    art: intervalPicture,
    lines: [{ step: 0, text: "打药离收割要隔够天数\n标签上写着安全间隔期" }],
  },
  {
    title: "记住三句话",
    art: riceSummaryPicture,
    segment: true,
    lines: [
      { step: 0, text: "发病没发病\n先看叶，再看穗" },
      { step: 1, text: "平时选好种\n少施氮，浅水灌" },
      { step: 2, text: "破口前、齐穗期\n照标签打药" },
    ],
  },
];

export const riceStory: Story = {
  id: SAMPLE_LESSONS.rice,
  number: "1001",
  title: "稻瘟病的识别与防治",
  category: "农村实用技术",
  scenes,
  poster: titlePicture,
  music: { rootHz: 196, beatMs: 640, seed: 11 },
  material: {
    points: [
      { id: "p1", text: "先看叶，再看穗", check: "指得出梭形病斑和黑褐的穗颈" },
      { id: "p2", text: "选好种，少施氮，浅水灌", check: "田里水浅，稻叶不浓绿" },
      { id: "p3", text: "破口前、齐穗期，按标签打药", check: "记下了两次打药的日期" },
    ],
    hint: {
      cards: [
        { text: "看的时候请留意：病斑什么形状？什么颜色？", narration: null },
        { text: "再留意：哪两个日子打药最管用？", narration: null },
      ],
      questions: [
        {
          id: "q0",
          text: "您家的稻子发过稻瘟病吗？",
          options: ["发过", "没发过", "说不准"],
          narration: null,
        },
      ],
    },
    discuss: {
      topics: [
        {
          id: "t1",
          text: "我们村的稻田，最要防的是哪几块？为什么？",
          points: ["低洼、雾多露重的田", "去年发过病的田", "种感病品种的田", "氮肥下得多的田"],
        },
        {
          id: "t2",
          text: "今年防稻瘟病，大家怎么一起做？",
          points: ["一起看破口期，同几天打药", "统一买药，看清标签", "病稻草一起运走处理"],
        },
      ],
      phasesS: [30, 120, 60],
    },
    feedback: {
      questions: [
        {
          id: "f1",
          text: "今天的内容记住了多少？",
          options: ["都记住了", "记住一部分", "还有疑问"],
          narration: null,
        },
        {
          id: "f2",
          text: "照着做，最大的困难是什么？",
          options: ["认不准病斑", "拿不准打药日子", "人手不够", "没有困难"],
          narration: null,
        },
      ],
    },
    practise: {
      tasks: [
        {
          id: "k1",
          kind: "try",
          text: "到自家田里看二十株，找找有没有梭形病斑，记下来",
          dueDays: 14,
        },
        { id: "k2", kind: "outing", text: "一起去看一块发病的田，请农技员现场讲", dueDays: 30 },
      ],
    },
  },
};
