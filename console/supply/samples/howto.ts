/** 怎样开好一次党员电教日： what is said, in which order, over which drawing. */
import {
  closingPicture,
  discussPicture,
  explainPicture,
  feedbackPicture,
  hintPicture,
  howToSummaryPicture,
  howToTitlePicture,
  practisePicture,
  preparePicture,
  signInPicture,
  watchPicture,
} from "./howto-scenes.ts";
import { SAMPLE_LESSONS } from "./lessons.ts";
import type { Scene, Story } from "./storyboard.ts";

const scenes: readonly Scene[] = [
  {
    title: "片头",
    art: howToTitlePicture,
    segment: true,
    lines: [{ step: 0, text: "放片子不难\n看了有用，才算开好" }],
  },
  {
    title: "开播以前",
    art: preparePicture,
    segment: true,
    lines: [
      { step: 0, text: "开播以前\n自己先看一遍片子" },
      { step: 1, text: "想好要讲的话\n备一个本村的例子" },
      { step: 2, text: "早到一会儿试画面和声音\n请老人坐前排" },
    ],
  },
  {
    title: "先签到",
    art: signInPicture,
    segment: true,
    lines: [
      { step: 0, text: "人到了先签到\n叫一位，应一位" },
      { step: 1, text: "请假的记请假\n晚到的随时可以补" },
    ],
  },
  {
    title: "播前提示",
    art: hintPicture,
    segment: true,
    lines: [
      { step: 0, text: "第一步，播前提示\n讲清今天看什么" },
      { step: 1, text: "留下两三个问题\n让大家带着问题看" },
    ],
    cue: {
      speak: "请您讲一讲：如果今天看种田的片子，开播以前您会问大家哪两个问题？",
      text: "开播以前，先问大家两个问题。您会问什么？",
    },
  },
  {
    title: "播放收看",
    art: watchPicture,
    segment: true,
    lines: [{ step: 0, text: "第二步，播放收看\n没看清的，再放一遍" }],
  },
  {
    title: "播中解释",
    art: explainPicture,
    segment: true,
    lines: [
      { step: 0, text: "第三步，播中解释\n片子自己会停下来" },
      { step: 1, text: "用自己的话讲\n讲本村的人和事" },
      { step: 1, text: "讲一两分钟就够\n按【确定】接着看" },
    ],
    cue: {
      speak: "请您讲一讲：现在片子停下来了。用一个本村的例子，把刚才的内容讲给大家听。",
      text: "现在就试一试：用一个本村的例子讲给大家听。",
    },
  },
  {
    title: "播后讨论",
    art: discussPicture,
    segment: true,
    lines: [
      { step: 0, text: "第四步，播后讨论\n先留时间自己想" },
      { step: 1, text: "再请邻座两三人说一说" },
      { step: 2, text: "每组推一位讲\n讲错了也不要紧" },
    ],
  },
  {
    title: "信息反馈",
    art: feedbackPicture,
    segment: true,
    lines: [{ step: 0, text: "信息反馈，举手数一数\n没数就不填，不估数" }],
  },
  {
    title: "课后实践",
    art: practisePicture,
    segment: true,
    lines: [
      { step: 0, text: "第五步，课后实践\n定一件回家能做的事" },
      { step: 1, text: "或者约好一起去现场看\n下次先问做到没有" },
    ],
    cue: {
      speak: "请您讲一讲：上次看片以后，我们说要做的事，做到了没有？",
      text: "上次看片以后，说要做的事，做到了没有？",
    },
  },
  {
    title: "当场登记",
    art: closingPicture,
    segment: true,
    lines: [
      { step: 0, text: "结束时数一数人\n当场登记" },
      { step: 1, text: "把核验码抄在签到册上" },
    ],
  },
  {
    title: "记住三句话",
    art: howToSummaryPicture,
    segment: true,
    lines: [
      { step: 0, text: "自己先看一遍\n想好例子" },
      { step: 1, text: "该停就停\n让大家多说" },
      { step: 2, text: "当场登记\n下次回头问" },
    ],
  },
];

export const howToStory: Story = {
  id: SAMPLE_LESSONS.howTo,
  number: "1002",
  title: "怎样开好一次党员电教日",
  category: "党务工作",
  scenes,
  poster: howToTitlePicture,
  music: { rootHz: 220, beatMs: 680, seed: 47 },
  material: {
    points: [
      { id: "p1", text: "自己先看一遍，想好例子", check: "说得出要讲的那个例子" },
      { id: "p2", text: "该停就停，让大家多说", check: "每组都有人讲过话" },
      { id: "p3", text: "当场登记，下次回头问", check: "签到册上抄了核验码" },
    ],
    hint: {
      cards: [
        { text: "看的时候请数一数：一次电教日有哪几步？", narration: null },
        { text: "再想一想：哪一步我们平时做得最少？", narration: null },
      ],
      questions: [
        {
          id: "q0",
          text: "看完片子，我们平时讨论吗？",
          options: ["每次都讨论", "有时讨论", "很少讨论"],
          narration: null,
        },
      ],
    },
    discuss: {
      topics: [
        {
          id: "t1",
          text: "怎样让不爱说话的同志也开口？",
          points: ["先两三个人小声说", "问他自己家的事", "不批评，不抢话", "请一组推一位讲"],
        },
        {
          id: "t2",
          text: "今年我们最想看哪几类片子？",
          points: ["种田养殖技术", "政策怎么落实", "看病和养老", "安全和防骗"],
        },
      ],
      phasesS: [30, 120, 60],
    },
    feedback: {
      questions: [
        {
          id: "f1",
          text: "五个步骤，您记住了几个？",
          options: ["五个都记住", "记住三四个", "还要再看"],
          narration: null,
        },
        {
          id: "f2",
          text: "您觉得哪一步最难做好？",
          options: ["播前提示", "播中解释", "播后讨论", "课后实践"],
          narration: null,
        },
      ],
    },
    practise: {
      tasks: [
        {
          id: "k1",
          kind: "try",
          text: "选一个片子，照五步自己先练一遍，写下要讲的例子",
          dueDays: 14,
        },
        { id: "k2", kind: "outing", text: "到邻村收看室看一次电教日，回来讲一讲", dueDays: 60 },
      ],
    },
  },
};
