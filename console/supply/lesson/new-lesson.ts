/**
 * `lesson new`: a folder to begin a lesson from, with every part explained and fit to be packed.
 */
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Material } from "../../../protocol/generated/types.ts";
import type { LessonFacts } from "./lesson-facts.ts";

export const NEW_FACTS: LessonFacts = {
  id: "my-lesson",
  version: 1,
  title: "课件的名字",
  category: "农村实用技术",
  number: "0001",
  themes: [],
};

export const NEW_MATERIAL: Material = {
  schema: "one-room.material/1",
  points: [
    { id: "p1", text: "看完要记住的第一点", check: "做到了能看见什么" },
    { id: "p2", text: "看完要记住的第二点" },
  ],
  hint: {
    cards: [{ text: "看的时候，请留意两件事" }],
    questions: [{ id: "q0", text: "您家遇到过这件事吗？", options: ["遇到过", "没遇到过"] }],
  },
  watch: { segments: [{ fromMs: 0, title: "第一段的名字" }] },
  explain: {
    cues: [
      { atMs: 5000, speak: "请您讲一讲：本村的情况是怎样的？", text: "停下来，结合本村讲一讲" },
    ],
  },
  discuss: {
    topics: [{ id: "t1", text: "我们村怎么做？", points: ["谁先带头", "有什么困难"] }],
    phasesS: [30, 120, 60],
  },
  feedback: {
    questions: [{ id: "f1", text: "今天的收获", options: ["都记住了", "记住一部分", "还有疑问"] }],
  },
  practise: { tasks: [{ id: "k1", kind: "try", text: "回家试一试", dueDays: 14 }] },
};

export const NEW_CAPTIONS = "WEBVTT\n\n00:00.500 --> 00:04.000\n第一句字幕\n";

const GUIDE = `# 怎么填

1. 把视频放进这个文件夹，例如 \`video.mp4\`。什么格式都行，不超过 4 小时。
2. \`lesson.json\`：课件的身份。
   - \`id\`：小写字母、数字和连字符，以后不能改。
   - \`version\`：从 1 起，改过内容再发布就加一。
   - \`title\` 名字，\`category\` 类别，\`themes\` 主题（可以空着）。
   - \`number\`：片号，四位数字，全县不能重，用过的不能再用。
3. \`material.json\`：五步教学法各步用的文字。不要的部分整段删掉。
   - \`points\` 要点：每条一行，17 字以内；\`check\` 是做到了能看见什么。
   - \`hint\` 播前提示：卡片每张 14 字 × 3 行；\`questions\` 看前问一问。
   - \`watch\` 播放收看：各段从第几毫秒开始（\`fromMs\`）、叫什么。
   - \`explain\` 播中解释：片子放到 \`atMs\`（毫秒）就停下；\`speak\` 提醒播放员讲什么，\`text\` 给大家看。
   - \`discuss\` 播后讨论：题目，和讨论时可以说的几点；\`phasesS\` 是想、议、说各几秒。
   - \`feedback\` 信息反馈：举手数人的问题，2 到 5 个选项。
   - \`practise\` 课后实践：\`try\` 回家做，\`outing\` 大家一起去；\`dueDays\` 几天内。
4. \`captions.vtt\`：字幕，WebVTT，存成 UTF-8；每秒不超过 4 个字，每行 18 字以内，最多两行。没有字幕就删掉它。
5. 打包（要有 ffmpeg）：

   \`\`\`
   lesson pack --video video.mp4 --material material.json --lesson lesson.json --captions captions.vtt --out 打好的课件
   lesson check 打好的课件
   lesson publish 打好的课件 --tree 片源目录 --keys 私钥文件夹
   \`\`\`
`;

/** False, and nothing written, when there is something in the folder. */
export async function newLesson(folder: string): Promise<boolean> {
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) return false;
  const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
  await writeFile(join(folder, "lesson.json"), json(NEW_FACTS));
  await writeFile(join(folder, "material.json"), json(NEW_MATERIAL));
  await writeFile(join(folder, "captions.vtt"), NEW_CAPTIONS);
  await writeFile(join(folder, "怎么填.md"), GUIDE);
  return true;
}
