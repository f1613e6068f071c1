/**
 * A roster from a table: the whole of it, or every row's error and nothing. docs/formats/roster.md
 */
import { assert } from "../../../protocol/assert.ts";
import type { Branch, Member, Roster } from "../../../protocol/generated/types.ts";
import { isRoster } from "../../../protocol/generated/validators.js";
import { branchBook } from "./branch-book.ts";
import { type ColumnRule, findColumns, type RowError } from "./find-columns.ts";
import { initialsOf, newMemberId } from "./member-name.ts";
import { type MemberDraft, type RosterColumn, readMember } from "./read-member.ts";
import { readTable } from "./read-table.ts";

export type { RowError } from "./find-columns.ts";

export type RosterImport =
  | { readonly ok: true; readonly roster: Roster }
  | { readonly ok: false; readonly errors: readonly RowError[] };

const COLUMNS: readonly ColumnRule<RosterColumn>[] = [
  {
    name: "no",
    heading: "编号",
    alike: ["序号", "学号", "号码", "号", "党员编号", "签到号", "no", "NO", "No"],
    needed: true,
  },
  { name: "name", heading: "姓名", alike: ["名字", "党员姓名", "党员"], needed: true },
  {
    name: "branch",
    heading: "支部",
    alike: ["党支部", "所在支部", "所在党支部", "支部名称", "党组织"],
    needed: false,
  },
  {
    name: "group",
    heading: "党小组",
    alike: ["小组", "组别", "组", "所在小组", "所在党小组"],
    needed: false,
  },
  {
    name: "management",
    heading: "管理",
    alike: ["管理方式", "管理类型", "管理类别", "类别", "五管"],
    needed: false,
  },
  {
    name: "home",
    heading: "组织关系",
    alike: ["组织关系所在支部", "组织关系所在地", "关系所在支部", "原支部", "流出地支部"],
    needed: false,
  },
  {
    name: "roles",
    heading: "角色",
    alike: ["职务", "党内职务", "身份", "岗位"],
    needed: false,
  },
  { name: "status", heading: "状态", alike: ["党员状态", "是否在册", "备注"], needed: false },
];

/** The schema's own limit; a room of more is several rooms. */
const MAX_MEMBERS = 999;

function fileError(text: string): RosterImport {
  return { ok: false, errors: [{ row: 0, column: "", text }] };
}

function repeatedNumbers(drafts: readonly MemberDraft[], column: string): RowError[] {
  const first = new Map<number, MemberDraft>();
  const errors: RowError[] = [];
  for (const draft of drafts) {
    const before = first.get(draft.no);
    if (before === undefined) first.set(draft.no, draft);
    else {
      const text = `编号 ${draft.no} 重复了：第 ${before.row} 行是${before.name}，这一行是${draft.name}`;
      errors.push({ row: draft.row, column, text });
    }
  }
  return errors;
}

/** A number belongs to one person for ever: the registers of past years know people by it. */
function takenNumbers(drafts: readonly MemberDraft[], known: Known, column: string): RowError[] {
  return drafts.flatMap((draft) => {
    const before = known.get(draft.no);
    if (before === undefined || before.name === draft.name || draft.renamed) return [];
    const text =
      `编号 ${draft.no} 原来是${before.name}，不能给${draft.name}。` +
      "换了人请用新编号；同一个人改名或更正错字，请在“状态”一列写“更名”";
    return [{ row: draft.row, column, text }];
  });
}

type Known = ReadonlyMap<number, Member>;

/** A branch of this room by its id; any other by its name, which is all that is known of it. */
function homeOf({ home }: MemberDraft, branches: readonly Branch[]): Pick<Member, "home"> {
  if (home === "") return {};
  return { home: branches.find(({ name }) => name === home)?.id ?? home };
}

function toMember(draft: MemberDraft, known: Known, branch: Branch): Member {
  return {
    id: known.get(draft.no)?.id ?? newMemberId(),
    no: draft.no,
    name: draft.name,
    initials: initialsOf(draft.name),
    branch: branch.id,
    group: draft.group,
    management: draft.management,
    status: draft.status,
    roles: [...draft.roles],
  };
}

/**
 * Who is no longer in the table has left; the record stays, so that old sheets keep their names.
 */
function whoLeft(previous: Roster | undefined, drafts: readonly MemberDraft[]): Member[] {
  const stay = new Set(drafts.map((draft) => draft.no));
  const gone = previous?.members.filter((member) => !stay.has(member.no)) ?? [];
  return gone.map((member) => ({ ...member, status: "left" }));
}

function build(drafts: readonly MemberDraft[], known: Known, previous?: Roster): RosterImport {
  const book = branchBook(previous?.branches ?? []);
  const present = drafts.map((draft) => toMember(draft, known, book.named(draft.branch)));
  const branches = book.branches();
  const homes = drafts.map((draft) => homeOf(draft, branches));
  const members = [
    ...present.map((member, index) => ({ ...member, ...homes[index] })),
    ...whoLeft(previous, drafts),
  ].sort((a, b) => a.no - b.no);
  if (branches.length > 16)
    return fileError(`一份名册最多 16 个支部，这里有 ${branches.length} 个`);
  if (members.length > MAX_MEMBERS) return fileError(`一份名册最多 ${MAX_MEMBERS} 人`);
  const version = (previous?.version ?? 0) + 1;
  const roster = { schema: "one-room.roster/1", version, branches, members };
  assert(
    isRoster(roster),
    `an imported roster fits its schema: ${JSON.stringify(isRoster.errors)}`,
  );
  return { ok: true, roster };
}

/**
 * `previous` is the roster of the same room before: a person with the same number and name keeps
 * the id. CSV (UTF-8 or GBK, found out from the bytes) or xlsx.
 */
export async function importRoster(
  bytes: Uint8Array,
  fileName: string,
  previous?: Roster,
): Promise<RosterImport> {
  const table = await readTable(bytes, fileName);
  if (!table.ok) return fileError(table.text);
  const found = findColumns(table.rows, COLUMNS);
  if ("errors" in found) return { ok: false, errors: found.errors };
  if (found.rows.length === 0) return fileError("表头下面一个人也没有");
  const heading = (name: RosterColumn) => found.headings.get(name) ?? "";
  const read = found.rows.map((row) => readMember(row, heading));
  const drafts = read.flatMap(({ draft }) => (draft === null ? [] : [draft]));
  const known: Known = new Map(previous?.members.map((member) => [member.no, member]));
  const errors = [
    ...read.flatMap((result) => result.errors),
    ...repeatedNumbers(drafts, heading("no")),
    ...takenNumbers(drafts, known, heading("no")),
  ].sort((a, b) => a.row - b.row);
  return errors.length > 0 ? { ok: false, errors } : build(drafts, known, previous);
}
