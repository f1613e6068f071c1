/** 三簿一册 of one session as pages of lines. Pure; names and words come with the detail. */
import type { LessonWords } from "../../../../protocol/lesson-words.ts";
import type { SessionDetail } from "../../../../protocol/page-api.ts";
import { coverageWords, dayWords, handsWords, STATUS_WORDS } from "../../parts/register-words.ts";
import { minutesWords, numberWords } from "../../parts/words.ts";

export interface BookPage {
  readonly title: string;
  /** In the order they are read. */
  readonly lines: readonly string[];
}

/** The 签到册 is a page of its own kind: its lines lead to a member. */
export const SIGNIN_PAGE = 1;

export function sessionPages(detail: SessionDetail, utcOffsetMinutes: number): BookPage[] {
  return [
    { title: "这一场", lines: overview(detail, utcOffsetMinutes) },
    { title: "签到册", lines: signinLines(detail) },
    { title: "收看情况登记簿", lines: orNone(viewingLines(detail), "没有放片子") },
    { title: "讨论登记簿", lines: orNone(discussionLines(detail), "没有讨论记录") },
    { title: "信息反馈簿", lines: orNone(feedbackLines(detail), "没有反馈记录") },
  ];
}

function orNone(lines: string[], none: string): string[] {
  return lines.length === 0 ? [none] : lines;
}

function overview({ register, entry }: SessionDetail, utcOffsetMinutes: number): string[] {
  const { counts, heads, headCode, evidence, paper } = register;
  const guests = counts.G + counts.Q;
  return [
    `${dayWords(entry.openedAt, utcOffsetMinutes)}  ${entry.typeName}`,
    `${coverageWords(entry)}  请假 ${counts.V}`,
    `${heads === null ? "现场人数没有清点" : `现场清点 ${heads} 人`}${guests > 0 ? `  来宾 ${guests} 人` : ""}`,
    headCode === null ? "还没有登记完" : `核验码 ${headCode}`,
    `与纸质签到册：${PAPER_WORDS[paper?.result ?? "unasked"]}`,
    ...entry.lacks.map((lack) => `▲ ${lack}`),
    ...evidence,
  ];
}

const PAPER_WORDS = {
  same: "一致",
  differs: "不一致",
  none: "没有纸质签到册",
  unasked: "没有核对",
} as const;

export function signinLines({ register, members }: SessionDetail): string[] {
  return members.map(({ id, no, name }) => {
    const mark = register.marks.find(({ member }) => member === id);
    const fixed = mark?.corrected === true ? "  更" : "";
    return `${numberWords(no)} ${name}  ${STATUS_WORDS[mark?.status ?? "-"]}${fixed}`;
  });
}

function viewingLines({ register, lessonTitles, words }: SessionDetail): string[] {
  return register.viewing.map(({ lesson, watchedMs, cuesExplained, ownExplanations }) => {
    const whole = words[lesson.id]?.durationMs;
    const of = whole === undefined ? "" : `（全片 ${minutesWords(whole)}）`;
    const explained = cuesExplained.length + ownExplanations;
    const title = lessonTitles[lesson.id] ?? lesson.id;
    return `《${title}》\n实际放了 ${minutesWords(watchedMs)}${of}，讲解 ${explained} 处`;
  });
}

function wordsAt({ register, words }: SessionDetail, item: number): LessonWords | undefined {
  return words[register.lessons[item]?.id ?? ""];
}

function namesOf({ names }: SessionDetail, ids: readonly string[]): string {
  return ids.map((id) => names[id]?.text ?? id).join("、");
}

function discussionLines(detail: SessionDetail): string[] {
  return detail.register.notes.map(({ item, topic, points, speakers, doubts }) => {
    const asked = wordsAt(detail, item)?.topics[topic];
    const said = points.map((point) => asked?.points[point] ?? `要点 ${point + 1}`).join("、");
    const who = speakers.length === 0 ? "" : `\n发言：${namesOf(detail, speakers)}`;
    const left = doubts === true ? "\n还有疑问" : "";
    return `${asked?.text ?? topic}\n说到：${said === "" ? "没有记" : said}${who}${left}`;
  });
}

function feedbackLines(detail: SessionDetail): string[] {
  const { feedback, tasks, results } = detail.register;
  const answers = feedback.map(({ item, question, counts }) => {
    const asked = wordsAt(detail, item)?.questions[question];
    const hands = counts.map(
      (count, index) => `${asked?.options[index] ?? index + 1} ${handsWords(count)}`,
    );
    return `${asked?.text ?? question}\n${hands.join("  ")}`;
  });
  const given = tasks.map(({ item, task, heads, members }) => {
    const text = wordsAt(detail, item)?.tasks[task]?.text ?? task;
    const who = members.length === 0 ? "" : `:${namesOf(detail, members)}`;
    const result = results.find((one) => one.item === item && one.task === task);
    const became = result === undefined ? "还没有问结果" : TASK_WORDS[result.ending];
    return `回去试一试：${text}\n愿意 ${handsWords(heads)}${who}  ${became}`;
  });
  return [...answers, ...given];
}

export const TASK_WORDS = { done: "做到了", partly: "做到一部分", dropped: "不做了" } as const;
