/** 社区消防与用电安全： what is said, in which order, over which drawing. */
import {
  aimPicture,
  callPicture,
  extinguisherPicture,
  fireSummaryPicture,
  leavePicture,
  trappedPicture,
} from "./fire-escape-scenes.ts";
import {
  bikePicture,
  fireTitlePicture,
  panPicture,
  stripPicture,
  wirePicture,
} from "./fire-scenes.ts";
import { SAMPLE_LESSONS } from "./lessons.ts";
import type { Scene, Story } from "./storyboard.ts";

const scenes: readonly Scene[] = [
  {
    title: "片头",
    art: fireTitlePicture,
    segment: true,
    lines: [{ step: 0, text: "火灾多从小事起\n小事做好，就能防住" }],
  },
  {
    title: "插线板",
    art: stripPicture,
    segment: true,
    lines: [
      { step: 0, text: "电暖器、电饭锅、电水壶\n别挤在一个插线板上" },
      { step: 1, text: "大电器单独用一个插座\n插线板不要串着接" },
    ],
  },
  {
    title: "电线和开关",
    art: wirePicture,
    segment: true,
    lines: [
      { step: 0, text: "电线破皮、插头发烫\n请电工来换" },
      { step: 1, text: "出远门以前\n关电器，断电源" },
    ],
    cue: {
      speak: "请您讲一讲：怎样看出插线板和电线该换了？(发烫、发黑、破皮、插头松)",
      text: "您家的插线板上接了几样电器？摸一摸，发烫吗？",
    },
  },
  {
    title: "电动车",
    art: bikePicture,
    segment: true,
    lines: [
      { step: 0, text: "电动车不进楼、不进门厅\n别堵了逃生的路" },
      { step: 1, text: "电瓶不拿回家充\n也不从窗户拉线充" },
      { step: 2, text: "停到充电棚里充\n用原配的充电器" },
    ],
    cue: {
      speak: "请您讲一讲：我们这里的电动车该停在哪里、在哪里充电？",
      text: "我们这里的电动车停在哪里？在哪里充电？",
    },
  },
  {
    title: "油锅起火",
    art: panPicture,
    segment: true,
    lines: [
      { step: 0, text: "油锅起火，别慌张" },
      { step: 1, text: "先关火，再盖锅盖\n凉了以后才揭开" },
      { step: 2, text: "千万不要泼水\n一泼水，油火四溅" },
    ],
  },
  {
    title: "打 119",
    art: callPicture,
    segment: true,
    lines: [
      { step: 0, text: "着了火，先喊人\n赶快打 119" },
      { step: 1, text: "说清在哪里、烧什么\n有没有人困在里面" },
      { step: 1, text: "对方先挂，您再挂\n派人到路口接消防车" },
    ],
  },
  {
    title: "用灭火器",
    art: extinguisherPicture,
    segment: true,
    lines: [
      { step: 1, text: "灭火器，四个字\n先提起来，再拔掉销子" },
      { step: 2, text: "握住喷管\n用力压下把手" },
    ],
  },
  {
    title: "对准火根",
    art: aimPicture,
    lines: [{ step: 0, text: "站在上风，对准火的根部\n灭不了，马上走" }],
  },
  {
    title: "逃生",
    art: leavePicture,
    segment: true,
    lines: [
      { step: 0, text: "火大了马上撤\n不拿东西，不坐电梯" },
      { step: 1, text: "烟往上走，人弯下腰\n湿毛巾捂住口鼻" },
    ],
  },
  {
    title: "出不去怎么办",
    art: trappedPicture,
    lines: [{ step: 0, text: "门外有火，就把门关紧\n湿布堵缝，到窗口呼救" }],
    cue: {
      speak: "请您讲一讲：这间屋子要是着了火，从哪里出去？到哪里集合？",
      text: "这间屋子要是着了火，我们从哪里出去？到哪里集合？",
    },
  },
  {
    title: "记住三句话",
    art: fireSummaryPicture,
    segment: true,
    lines: [
      { step: 0, text: "插线板不超载\n人走断电" },
      { step: 1, text: "电动车不进楼\n不入户充电" },
      { step: 2, text: "小火会灭，大火快走\n记住打 119" },
    ],
  },
];

export const fireStory: Story = {
  id: SAMPLE_LESSONS.fire,
  number: "1003",
  title: "社区消防与用电安全",
  category: "安全知识",
  scenes,
  poster: fireTitlePicture,
  music: { rootHz: 174.6, beatMs: 600, seed: 29 },
  material: {
    points: [
      { id: "p1", text: "插线板不超载，人走断电", check: "一个插线板只接一样大电器" },
      { id: "p2", text: "电动车不进楼，不入户充电", check: "楼道里看不到电动车和电瓶" },
      { id: "p3", text: "小火会灭，大火快走，打 119", check: "说得出提、拔、握、压" },
    ],
    hint: {
      cards: [
        { text: "看的时候请留意：自己家里有几样没做到？", narration: null },
        { text: "再留意：油锅起火，第一步做什么？", narration: null },
      ],
      questions: [
        {
          id: "q0",
          text: "您用过灭火器吗？",
          options: ["用过", "学过没用过", "没用过"],
          narration: null,
        },
      ],
    },
    discuss: {
      topics: [
        {
          id: "t1",
          text: "我们这里哪些地方最容易着火？谁去看一看？",
          points: ["老房子的旧电线", "堆柴草、堆纸箱的地方", "厨房和柴灶", "充电的地方"],
        },
        {
          id: "t2",
          text: "家里老人和孩子遇到着火，该怎么办？",
          points: ["先喊人，先出来", "教会他们打 119", "约好集合的地方", "邻居帮一把"],
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
          text: "您最想先做哪一件？",
          options: ["换旧线旧插板", "挪走电动车", "备灭火器", "和家人约好路线"],
          narration: null,
        },
      ],
    },
    practise: {
      tasks: [
        { id: "k1", kind: "try", text: "回家查一遍插线板和电线，发烫破皮的换掉", dueDays: 7 },
        { id: "k2", kind: "outing", text: "请消防员来教一次灭火器，人人动手试一试", dueDays: 30 },
      ],
    },
  },
};
