/** Each book as lines: the column's heading is the key, so that table and JSON say the same. */
import { coverageOf, wasThere } from "../../protocol/books/attendance.ts";
import { makeupQueue } from "../../protocol/books/makeup-queue.ts";
import { memberYear } from "../../protocol/books/member-year.ts";
import { openTasks } from "../../protocol/books/open-tasks.ts";
import { type BookScope, inScope } from "../../protocol/books/scope.ts";
import { yearCounts } from "../../protocol/books/year-counts.ts";
import type { Roster } from "../../protocol/generated/types.ts";
import type { MemberDirectory } from "../../protocol/member-directory.ts";
import type { SessionRegister } from "../../protocol/register.ts";
import { sessionTypeName } from "../../protocol/session-type.ts";
import { STATUS_WORDS, writeDuration, writeHands, writeInstant } from "./words.ts";

export interface BookSources {
  /** Oldest first. */
  readonly sessions: readonly SessionRegister[];
  readonly scope: BookScope;
  readonly directory: MemberDirectory;
  readonly roster: Roster | null;
  /** For 《党员收视手册》. */
  readonly member: string | null;
}

export type BookLine = Readonly<Record<string, string | number | null>>;
type Book = (sources: BookSources) => BookLine[];

/** What every line begins with. */
function headOf(session: SessionRegister): BookLine {
  return { 场次: session.id, 时间: writeInstant(session.openedAt), 题目: session.title };
}

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
        更正: corrected ? `更:${historyOf(session, member)}` : "",
      })),
  );

function isOf({ people }: SessionRegister, member: string, branch: string | null): boolean {
  const home = people[member]?.branch ?? null;
  return branch === null || home === null || home === branch;
}

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
    状态: `${STATUS_WORDS[line.status]}${line.corrected ? "(更)" : ""}`,
    应到: line.expected ? "应到" : "不计应到",
    收看: line.watchedMs === null ? null : writeDuration(line.watchedMs),
    补课: line.makeups.map(({ how }) => HOW_WORDS[how]).join("、"),
    还欠: line.owed.length === 0 ? "" : `${line.owed.length} 课`,
    发言: line.spokeOn.join("、"),
    实践: [...line.tasks, ...line.outings].join("、"),
  }));

const HOW_WORDS = { room: "补课", home: "送学上门", unit: "集体补课" } as const;

const makeup: Book = ({ sessions, scope, directory, roster }) => {
  // Who is no longer in the roster of today still owes; who is 失联 or has left is not scored.
  const isScored = (id: string) => {
    const known = directory.member(id);
    return known === undefined
      ? roster === null || !directory.name(id).text.includes("已删除")
      : known.status === "active" && known.management !== "lost";
  };
  const { debts, stages } = makeupQueue(sessions, scope, isScored);
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

const tasks: Book = ({ sessions, scope }) =>
  openTasks(inScope(sessions, scope).sessions).map(({ session, task, result }) => ({
    ...headOf(session),
    任务: task.task,
    种类: task.kind === "outing" ? "集体活动" : "回家试",
    期限: task.dueDays === undefined ? null : `${task.dueDays} 天`,
    现在: result === null ? "还没有报" : TASK_WORDS[result.ending],
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

export const BOOKS = { signin, viewing, discussion, feedback, member, makeup, tasks, counts };
export type BookName = keyof typeof BOOKS;

/** 到课 beside 覆盖 of one session. */
export function writeCoverage(session: SessionRegister): string {
  const { attended, madeUp, broughtHome, covered, welcome } = coverageOf(session);
  const apart = welcome > 0 ? `  不计应到的 ${welcome} 人` : "";
  return `到课 ${attended}  补课 ${madeUp}  送学上门 ${broughtHome}  覆盖 ${covered}${apart}`;
}
