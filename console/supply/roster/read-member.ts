/** One row of the table, read and judged by itself. */
import type { Member } from "../../../protocol/generated/types.ts";
import type { RowError } from "./find-columns.ts";
import { tidyName } from "./member-name.ts";

export type RosterColumn =
  | "no"
  | "name"
  | "branch"
  | "group"
  | "management"
  | "home"
  | "roles"
  | "status";

export interface MemberDraft {
  readonly row: number;
  readonly no: number;
  readonly name: string;
  readonly branch: string;
  readonly group: string;
  readonly management: Member["management"];
  /** Name of the branch whose books the member is in too; empty: no other one. */
  readonly home: string;
  readonly status: Member["status"];
  readonly roles: Member["roles"];
  /** The same person under another name. */
  readonly renamed: boolean;
}

const MANAGEMENT: Readonly<Record<string, Member["management"]>> = {
  "": "direct",
  直管: "direct",
  双管: "dual",
  协管: "assist",
  托管: "trust",
  失联: "lost",
};
const STATUS: Readonly<Record<string, Member["status"]>> = {
  "": "active",
  ...wordsFor(
    "active",
    "在册",
    "正常",
    "在",
    "是",
    "正式",
    "正式党员",
    "预备",
    "预备党员",
    "更名",
    "改名",
  ),
  ...wordsFor("left", "转出", "已转出", "离开", "已离开", "去世", "出党", "停止党籍", "否"),
};
type Role = Member["roles"][number] | null;
const ROLES: Readonly<Record<string, Role>> = {
  ...wordsFor("broadcaster", "播放员", "播出员", "放映员", "站点管理员", "远教管理员", "管理员"),
  ...wordsFor("secretary", "书记", "支部书记", "党支部书记", "党支部书记"),
  ...wordsFor("recorder", "记录员", "记录人", "记录"),
  ...wordsFor(null, "党员", "普通党员", "群众", "无"),
};

function wordsFor<Value>(value: Value, ...words: readonly string[]): Record<string, Value> {
  return Object.fromEntries(words.map((word) => [word, value]));
}

const MAX_NAME = 25;
const MAX_GROUP = 20;
const MAX_BRANCH = 40;
/** As a home branch stands in records: docs/formats/registers.md, `welcome`. */
const MAX_HOME = 32;
const lengthOf = (text: string) => [...text].length;

interface Problem {
  readonly column: RosterColumn;
  readonly text: string;
}

function numberProblem(value: string): string | null {
  if (value === "") return "编号是空的";
  if (!/^\d+$/.test(value)) return `编号要写成数字，不能是“${value}”`;
  const no = Number(value);
  return no >= 1 && no <= 999 ? null : `编号要在 1 到 999 之间，不能是 ${value}`;
}

function nameProblem(name: string): string | null {
  if (name === "") return "姓名是空的";
  const count = lengthOf(name);
  return count > MAX_NAME ? `姓名最多 ${MAX_NAME} 个字，这里有 ${count} 个` : null;
}

function longProblem(what: string, value: string, most: number): string | null {
  const count = lengthOf(value);
  return count > most ? `${what}最多 ${most} 个字，这里有 ${count} 个` : null;
}

/** Own property only: a cell that says "constructor" is no known word. */
function lookUp<Value>(table: Readonly<Record<string, Value>>, word: string): Value | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}

function splitRoles(value: string): string[] {
  return value.split(/[、\uff0c\uff1b,;/\s]+/).filter((word) => word !== "");
}

function wordProblems(management: string, status: string, roles: readonly string[]): Problem[] {
  const problems: Problem[] = [];
  if (lookUp(MANAGEMENT, management) === undefined) {
    const text = `管理方式不认识“${management}”，只能是直管、双管、协管、托管、失联`;
    problems.push({ column: "management", text });
  }
  if (lookUp(STATUS, status) === undefined) {
    problems.push({ column: "status", text: `状态不认识“${status}”，只能是在册、转出、更名` });
  }
  const strange = roles.filter((role) => lookUp(ROLES, role) === undefined);
  for (const role of strange) {
    const text = `角色不认识“${role}”，只能是播放员、书记、记录员，或者空着`;
    problems.push({ column: "roles", text });
  }
  return problems;
}

/** Offices fill the column for everybody: the branch itself again says nothing new. */
function homeOf(value: RowReader["value"]): string {
  return value("home") === value("branch") ? "" : value("home");
}

const WELCOME: ReadonlySet<Member["management"]> = new Set(["dual", "assist"]);

function belongingProblems(
  management: Member["management"] | undefined,
  { branch, home }: { readonly branch: string; readonly home: string },
): Problem[] {
  const problems: Problem[] = [];
  if (management === "trust" && branch === "") {
    const text = "托管党员有自己的支部：请在“支部”一列写托管支部的名称";
    problems.push({ column: "management", text });
  }
  if (home !== "" && management !== undefined && !WELCOME.has(management)) {
    const text = `只有双管、协管党员的组织关系在别的支部；不是的话，请让“支部”一列和它一样：“${home}”`;
    problems.push({ column: "home", text });
  }
  return problems;
}

export interface RowReader {
  readonly row: number;
  readonly value: (name: RosterColumn) => string;
}

export function readMember({ row, value }: RowReader, heading: (name: RosterColumn) => string) {
  const name = tidyName(value("name"));
  const management = value("management").replace(/(党员|管理)$/, "");
  const words = splitRoles(value("roles"));
  const home = homeOf(value);
  const texts: [RosterColumn, string | null][] = [
    ["no", numberProblem(value("no"))],
    ["name", nameProblem(name)],
    ["branch", longProblem("支部名称", value("branch"), MAX_BRANCH)],
    ["group", longProblem("党小组", value("group"), MAX_GROUP)],
    ["home", longProblem("组织关系", home, MAX_HOME)],
  ];
  const problems: Problem[] = [
    ...texts.flatMap(([column, text]) => (text === null ? [] : [{ column, text }])),
    ...wordProblems(management, value("status"), words),
    ...belongingProblems(lookUp(MANAGEMENT, management), { branch: value("branch"), home }),
  ];
  const errors: RowError[] = problems.map(({ column, text }) => ({
    row,
    column: heading(column),
    text,
  }));
  if (errors.length > 0) return { draft: null, errors };
  const roles = words.flatMap((word) => lookUp(ROLES, word) ?? []);
  const draft: MemberDraft = {
    row,
    no: Number(value("no")),
    name,
    branch: value("branch"),
    group: value("group"),
    management: lookUp(MANAGEMENT, management) ?? "direct",
    home,
    status: lookUp(STATUS, value("status")) ?? "active",
    roles: [...new Set(roles)],
    renamed: /^[更改]名$/.test(value("status")),
  };
  return { draft, errors };
}
