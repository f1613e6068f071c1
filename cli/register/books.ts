/** Each book as lines: the column's heading is the key, so that table and JSON say the same. */
import { coverageOf, wasThere } from "../../protocol/books/attendance.ts";
import { isScoredBy } from "../../protocol/books/book-sources.ts";
import { makeupQueue } from "../../protocol/books/makeup-queue.ts";
import { memberYear } from "../../protocol/books/member-year.ts";
import { openTasks } from "../../protocol/books/open-tasks.ts";
import { inScope } from "../../protocol/books/scope.ts";
import { yearCounts } from "../../protocol/books/year-counts.ts";
import type { SessionRegister } from "../../protocol/register.ts";
import { sessionTypeName } from "../../protocol/session-type.ts";
import { type Book, headOf, isOf } from "./book-lines.ts";
import { guests, made, paper, year } from "./later-books.ts";
import { HOW_WORDS, STATUS_WORDS, writeDuration, writeHands } from "./words.ts";

const signin: Book = ({ sessions, scope, directory }) =>
  inScope(sessions, scope).sessions.flatMap((session) =>
    session.marks
      .filter(({ member }) => isOf(session, member, scope.branch))
      .map(({ member, status, corrected }) => ({
        ...headOf(session),
        编号: directory.name(member).no,
        姓名: directory.name(member).text,
        状态: STATUS_WORDS[status],
        应到: session.people[member]?.expected === true ? "应到" : "不计应到",
        更正: corrected ? `更：${historyOf(session, member)}` : "",
      })),
  );

function historyOf({ corrections }: SessionRegister, member: string): string {
  const own = corrections.filter((line) => line.member === member && line.stands);
  const words = own.map(({ from }) => STATUS_WORDS[from as keyof typeof STATUS_WORDS]);
  return `原为${words.join("、")}`;
}

const viewing: Book = ({ sessions, scope }) =>
  inScope(sessions, scope).sessions.flatMap((session) =>
    session.viewing.map((line) => ({
      ...headOf(session),
      片子: line.lesson.id,
      实际播放: writeDuration(line.watchedMs),
      讲解点: line.cuesExplained.length,
      自己讲解: line.ownExplanations,
      记下问题: line.questionsNoted,
    })),
  );

const discussion: Book = ({ sessions, scope, directory }) =>
  inScope(sessions, scope).sessions.flatMap((session) =>
    session.notes.map(({ topic, points, speakers, doubts }) => ({
      ...headOf(session),
      题: topic,
      讲到要点: points.length,
      发言: speakers.map((id) => directory.name(id).text).join("、"),
      疑问: doubts === null ? "没有记" : doubts ? "有" : "没有",
    })),
  );

const feedback: Book = ({ sessions, scope }) =>
  inScope(sessions, scope).sessions.flatMap((session) =>
    session.feedback.map(({ question, counts }) => ({
      ...headOf(session),
      问题: question,
      举手: counts.map(writeHands).join(" / "),
    })),
  );

const member: Book = ({ sessions, scope, member: id }) =>
  memberYear(sessions, id ?? "", scope).lines.map((line) => ({
    ...headOf(line.session),
    状态: `${STATUS_WORDS[line.status]}${line.corrected ? "（更）" : ""}`,
    应到: line.expected ? "应到" : "不计应到",
    收看: line.watchedMs === null ? null : writeDuration(line.watchedMs),
    补课: line.makeups.map(({ how }) => HOW_WORDS[how]).join("、"),
    还欠: line.owed.length === 0 ? "" : `${line.owed.length} 课`,
    发言: line.spokeOn.join("、"),
    实践: [...line.tasks, ...line.outings].join("、"),
  }));

const makeup: Book = ({ sessions, scope, directory }) => {
  const { debts, stages } = makeupQueue(sessions, scope, isScoredBy(directory));
  const people = debts.map(({ session, member: id, lesson, status }) => ({
    ...headOf(session),
    编号: directory.name(id).no,
    谁欠: directory.name(id).text,
    欠什么: lesson?.id ?? "这一场",
    当时: STATUS_WORDS[status],
  }));
  const units = stages.map(({ session, stage, ending }) => ({
    ...headOf(session),
    编号: null,
    谁欠: "集体",
    欠什么: `步骤 ${stage}`,
    当时: ending === "failed" ? "没放成" : "没做完",
  }));
  return [...people, ...units];
};

const TASK_WORDS = { done: "完成", partly: "部分完成", dropped: "不做了" } as const;

const tasks: Book = ({ sessions, scope, directory }) =>
  openTasks(inScope(sessions, scope).sessions).map(({ session, task, result }) => ({
    ...headOf(session),
    任务: task.task,
    种类: task.kind === "outing" ? "集体活动" : "回家试",
    愿意: task.members.map((id) => directory.name(id).text).join("、"),
    有困难: (task.hindered ?? []).map((id) => directory.name(id).text).join("、"),
    期限: task.dueDays === undefined ? null : `${task.dueDays} 天`,
    现在: result === null ? "还没有报" : TASK_WORDS[result.ending],
    做到: result === null ? null : result.did.length,
    签到: result?.marks.filter(({ status }) => wasThere(status)).length ?? null,
  }));

const counts: Book = ({ sessions, scope }) =>
  yearCounts(sessions, scope).types.map((line) => ({
    类型: sessionTypeName(line.type),
    次数: line.held,
    收场: line.abandoned,
    应到人次: line.expected,
    到课: line.attended,
    覆盖: line.covered,
    不计应到: line.welcome,
    列席: line.G,
    群众: line.Q,
  }));

export const BOOKS = {
  year,
  counts,
  signin,
  viewing,
  discussion,
  feedback,
  member,
  makeup,
  made,
  tasks,
  guests,
  paper,
};
export type BookName = keyof typeof BOOKS;

/** 到课 beside 覆盖 of one session. */
export function writeCoverage(session: SessionRegister): string {
  const { attended, madeUp, broughtHome, covered, welcome } = coverageOf(session);
  const apart = welcome > 0 ? `  不计应到的 ${welcome} 人` : "";
  return `到课 ${attended}  补课 ${madeUp}  送学上门 ${broughtHome}  覆盖 ${covered}${apart}`;
}
