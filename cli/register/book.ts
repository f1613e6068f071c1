/** `register book`: the books of a box, as tables for people or one line of JSON. */
import { Argument, type Command } from "commander";
import type { BookScope } from "../../protocol/books/scope.ts";
import { CHINA_OFFSET_MINUTES, inScope } from "../../protocol/books/scope.ts";
import { MemberDirectory } from "../../protocol/member-directory.ts";
import type { BookSources } from "./book-lines.ts";
import { BOOKS, type BookName } from "./books.ts";
import { CannotRead, openReading, readGuests, readRoster } from "./open-reading.ts";
import { writeTable } from "./words.ts";

export interface BookOptions {
  readonly data: string;
  readonly year?: string;
  readonly branch?: string;
  readonly member?: string;
  readonly session?: string;
  readonly json?: true;
}

export function addBookOptions(command: Command): Command {
  return command
    .description("一本登记簿，例如 book signin、book member --member 7 --year 2026")
    .addArgument(new Argument("<哪一本>", listBooks()).choices(Object.keys(BOOKS)))
    .option("--year <年>", "只看这一年；时间未确认的场次不算在内，另外说明有几场")
    .option("--branch <支部>", "只看这个支部（名册里的名称或代号）")
    .option("--member <编号>", "哪位同志（member 要写）")
    .option("--session <场次>", "只看这一场")
    .option("--json", "打印一行 JSON");
}

function listBooks(): string {
  return Object.entries(BOOK_NAMES)
    .map(([name, words]) => `${name} ${words}`)
    .join("；");
}

/** @throws CannotRead */
export async function readBook(name: BookName, options: BookOptions) {
  const reading = await openReading(options.data);
  const roster = readRoster(reading.folder);
  const all = [...reading.fold.sessions()].reverse();
  const { members: erased } = reading.fold.erasures;
  const newestFirst = [...all].reverse();
  const directory = new MemberDirectory(roster, erased, newestFirst, readGuests(reading.folder));
  const scope = scopeOf(options, roster);
  const sessions = all.filter(({ id }) => options.session === undefined || id === options.session);
  const sources: BookSources = { sessions, scope, directory, roster, member: memberOf() };
  return { reading, lines: BOOKS[name](sources), undated: inScope(sessions, scope).undated };

  function memberOf(): string | null {
    if (name !== "member") return null;
    if (options.member === undefined) throw new CannotRead("要写是哪位同志：--member 编号。");
    const found = directory.find(Number(options.member));
    if (found === undefined) throw new CannotRead(`没有 ${options.member} 号。`);
    return found;
  }
}

function scopeOf({ year, branch }: BookOptions, roster: ReturnType<typeof readRoster>): BookScope {
  if (year !== undefined && !/^\d{4}$/.test(year)) {
    throw new CannotRead(`年份要写四位数字，这里是“${year}”。`);
  }
  const branches = roster?.branches ?? [];
  const named = branches.find(({ id, name }) => id === branch || name === branch);
  if (branch !== undefined && branches.length > 0 && named === undefined) {
    const names = branches.map(({ name }) => name).join("、");
    throw new CannotRead(`名册里没有这个支部：${branch}。可以写：${names}。`);
  }
  return {
    utcOffsetMinutes: CHINA_OFFSET_MINUTES,
    year: year === undefined ? null : Number(year),
    branch: branch === undefined ? null : (named?.id ?? branch),
  };
}

export function writeBook(
  name: BookName,
  lines: readonly Readonly<Record<string, string | number | null>>[],
  undated: number,
): string {
  const more = undated > 0 ? `另有 ${undated} 场时间未确认，不知道是哪一年的。\n` : "";
  const [first] = lines;
  if (first === undefined) return `${EMPTY[name]}\n${more}`;
  const rows = lines.map((line) => Object.values(line).map((cell) => String(cell ?? "-")));
  return `${writeTable([Object.keys(first), ...rows])}\n${more}`;
}

const BOOK_NAMES: Readonly<Record<BookName, string>> = {
  year: "全年场次",
  counts: "全年次数",
  signin: "签到册",
  viewing: "收看",
  discussion: "讨论",
  feedback: "反馈",
  member: "一位同志的收视手册",
  makeup: "还没补的课",
  made: "补过的课",
  tasks: "没做完的课后实践",
  guests: "记名的来宾",
  paper: "与纸质签到册核对",
};

const EMPTY: Readonly<Record<BookName, string>> = {
  signin: "还没有人签到。",
  viewing: "还没有放过片子。",
  discussion: "还没有讨论记录。",
  feedback: "还没有反馈。",
  member: "这位同志还没有记录。",
  makeup: "没有人欠课。",
  tasks: "没有没做完的课后实践。",
  counts: "还没有场次。",
  year: "还没有场次。",
  made: "还没有登记补课。",
  guests: "没有记名的来宾。",
  paper: "还没有与纸质签到册核对过。",
};
