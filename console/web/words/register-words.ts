/** The four registers in words: members, lessons, topics and answers by their names. */
import type { CountyMember, CountySession, LessonWords } from "../../../protocol/console-api.ts";
import type { AttendanceStatus } from "../../../protocol/generated/types.ts";
import type { FeedbackLine, StageLine, TaskResultLine } from "../../../protocol/register.ts";
import { STATUS_NAMES } from "./attendance-words.ts";
import { memberNumberText, numberDigits } from "./numbers.ts";
import { quoteTitle } from "./screen-words.ts";

export const ENDING_NAMES: Readonly<Record<NonNullable<StageLine["ending"]>, string>> = {
  done: "做完",
  "cut-short": "提前结束",
  failed: "没能进行",
  skipped: "跳过",
};

/** Finds what a session's ids stand for; what is gone is said to be gone. */
export class SessionWords {
  readonly #session: CountySession;
  readonly #members: ReadonlyMap<string, CountyMember>;
  readonly digits: number;

  constructor(session: CountySession) {
    this.#session = session;
    this.#members = new Map(session.members.map((member) => [member.id, member]));
    this.digits = numberDigits(session.members.map(({ no }) => no));
  }

  get lessonCount(): number {
    return this.#session.register.lessons.length;
  }

  member(id: string): CountyMember | undefined {
    return this.#members.get(id);
  }

  number(id: string): string {
    return memberNumberText(this.#members.get(id)?.no ?? 0, this.digits);
  }

  /** The name; of one that no roster has, and of an erased one, what is left. */
  name(id: string): string {
    return this.#members.get(id)?.text ?? "名册已无此人（编号不详）";
  }

  /** Null: nobody says. */
  homeBranch(id: string): string | null {
    const { register, branchNames = {} } = this.#session;
    const branch = register.people[id]?.branch ?? null;
    return branch === null ? null : (branchNames[branch] ?? branch);
  }

  isExpected(id: string): boolean {
    return this.#session.register.people[id]?.expected !== false;
  }

  /** Earlier marks of a member, the oldest first: what 更 stands for. */
  markHistory(id: string): string {
    const { corrections } = this.#session.register;
    const own = corrections.filter(({ member, stands }) => member === id && stands);
    return own.map(({ from }) => STATUS_NAMES[from as AttendanceStatus] ?? "").join("、");
  }

  isKnown(id: string): boolean {
    return (this.#members.get(id)?.name ?? null) !== null;
  }

  stage(id: string): string {
    return id === "-" ? "收场登记" : (this.#session.stageNames[id] ?? id);
  }

  /** The branches by their names; those whose name is not known are left out. */
  branches(): string {
    const { register, branchNames = {} } = this.#session;
    return register.branches.flatMap((id) => branchNames[id] ?? []).join("、");
  }

  lessonOf(item: number): LessonWords | undefined {
    const ref = this.#session.register.lessons[item];
    return ref === undefined ? undefined : this.#session.lessons[ref.id];
  }

  /** `第 1 课《…》`; with one lesson only its title. */
  lessonTitle(item: number): string {
    const { lessons } = this.#session.register;
    const ref = lessons[item];
    const title = this.lessonOf(item)?.title ?? `${ref?.id ?? item + 1}（县里没有这个片子的资料）`;
    const quoted = this.lessonOf(item) === undefined ? title : quoteTitle(title);
    return lessons.length > 1 ? `第 ${item + 1} 课 ${quoted}` : quoted;
  }

  topic(item: number, id: string): { text: string; points: readonly string[] } {
    return this.lessonOf(item)?.topics[id] ?? { text: missing("讨论题", id), points: [] };
  }

  question(item: number, id: string): { text: string; options: readonly string[] } {
    return this.lessonOf(item)?.questions[id] ?? { text: missing("问题", id), options: [] };
  }

  /** What became of a task; undefined: nothing was reported. */
  result(item: number, id: string): TaskResultLine | undefined {
    const { results } = this.#session.register;
    return results.find((line) => line.item === item && line.task === id);
  }

  task(item: number, id: string): { text: string; kind: "try" | "outing" | null } {
    return this.lessonOf(item)?.tasks[id] ?? { text: missing("任务", id), kind: null };
  }
}

function missing(what: string, id: string): string {
  return `${what} ${id}（县里没有这个片子的资料）`;
}

/** The name of an option; `第 2 项` where the words are not known here. */
export function optionName(options: readonly string[], index: number): string {
  return options[index] ?? `第 ${index + 1} 项`;
}

/** The hands of all options together, and whether that is all one can say. */
export function handsSum({ counts }: FeedbackLine): { sum: number; whole: boolean } {
  const numbers = counts.filter((hands) => typeof hands === "number");
  return {
    sum: numbers.reduce((total, hands) => total + hands, 0),
    whole: numbers.length === counts.length,
  };
}
