import { readFileSync } from "node:fs";
import fc from "fast-check";
import iconv from "iconv-lite";
import { describe, expect, it } from "vitest";
import { importRoster } from "../../../console/supply/roster/import-roster.ts";
import type { Roster } from "../../../protocol/generated/types.ts";
import { isRoster } from "../../../protocol/generated/validators.js";
import { workbook } from "./workbook.ts";

const HEAD = "编号,姓名,支部,党小组,管理,角色,状态";
const csv = (...lines: string[]) => Buffer.from([HEAD, ...lines].join("\r\n"));

async function imported(bytes: Uint8Array, name = "a.csv", previous?: Roster): Promise<Roster> {
  const result = await importRoster(bytes, name, previous);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.roster;
}

async function refused(bytes: Uint8Array, name = "a.csv", previous?: Roster) {
  const result = await importRoster(bytes, name, previous);
  if (result.ok) throw new Error("was accepted");
  return result.errors;
}

describe("a roster from a table", () => {
  it("takes every column", async () => {
    const roster = await imported(csv("7,单永田,石桥社区党支部,第一党小组,双管,播放员、书记,在册"));
    const [member] = roster.members;
    expect(roster.branches).toEqual([{ id: "b1", name: "石桥社区党支部", kind: "community" }]);
    expect(member).toMatchObject({
      no: 7,
      name: "单永田",
      initials: "syt",
      branch: "b1",
      group: "第一党小组",
      management: "dual",
      status: "active",
      roles: ["broadcaster", "secretary"],
    });
    expect(member?.id).toMatch(/^[a-z2-7]{12}$/);
  });

  it("knows of 双管 and 协管 members where they belong, by id in this room, else by name", async () => {
    const table = [
      `${HEAD},组织关系`,
      "1,甲,石桥村党支部,,直管,,,石桥村党支部",
      "2,乙,石桥村党支部,,双管,,,县水利局机关党支部",
      "3,丙,石桥村党支部,,协管,,,石桥托管支部",
      "4,丁,石桥托管支部,,托管,,,",
      "5,戊,石桥村党支部,,失联,,,",
    ].join("\r\n");
    const { branches, members } = await imported(Buffer.from(table));
    expect(branches).toMatchObject([
      { id: "b1", kind: "village" },
      { id: "b2", kind: "trust" },
    ]);
    expect(members.map(({ home }) => home)).toEqual([
      ...[undefined, "县水利局机关党支部", "b2", undefined, undefined],
    ]);
  });

  it("refuses a home for who has none, and 托管 without a branch of their own, in words", async () => {
    const table = [`${HEAD},原支部`, "1,甲,,,直管,,,别村支部", "2,乙,,,托管,,,"].join("\r\n");
    const errors = await refused(Buffer.from(table));
    expect(errors).toMatchObject([
      { row: 2, column: "原支部", text: expect.stringContaining("只有双管、协管党员") },
      { row: 3, column: "管理", text: expect.stringContaining("请在“支部”一列写托管支部的名称") },
    ]);
  });

  it("reads GBK, UTF-8 with a mark, UTF-16 and semicolons alike", async () => {
    const text = `${HEAD}\r\n1,冯㛃,村支部,,直管,,\r\n`;
    const forms = [
      iconv.encode(text, "gb18030"),
      iconv.encode(text, "utf8", { addBOM: true }),
      iconv.encode(text, "utf16le", { addBOM: true }),
      Buffer.from(text.replaceAll(",", ";")),
      Buffer.from(text.replaceAll(",", "\t")),
    ];
    for (const bytes of forms) expect((await imported(bytes)).members[0]?.name).toBe("冯㛃");
  });

  it("reads a workbook, with a title above other words for the headings", async () => {
    const bytes = workbook([
      ["石桥村党员名册"],
      ["序号", "党员姓名", "组别"],
      [1, "张 三", "一组"],
      [2, "阿依古丽•买买提", "二组"],
    ]);
    const roster = await imported(bytes, "名册.xlsx");
    expect(roster.members.map((m) => [m.no, m.name, m.group])).toEqual([
      [1, "张三", "一组"],
      [2, "阿依古丽·买买提", "二组"],
    ]);
  });

  it("names every row that is wrong, and imports none", async () => {
    const errors = await refused(
      csv(
        "1,王芳,,,直管,,",
        "1,李强,,,直管,,",
        "x,赵六,,,直管,,",
        "1000,孙七,,,直管,,",
        "5,,,,直管,,",
        `6,${"长".repeat(26)},,,直管,,`,
        "7,周八,,,外管,,",
        "8,吴九,,,直管,主席,",
        "9,郑十,,,直管,,飞了",
      ),
    );
    expect(errors.map(({ row, column }) => [row, column])).toEqual([
      [3, "编号"],
      [4, "编号"],
      [5, "编号"],
      [6, "姓名"],
      [7, "姓名"],
      [8, "管理"],
      [9, "角色"],
      [10, "状态"],
    ]);
    expect(errors[0]?.text).toContain("第 2 行是王芳");
  });

  it("takes a name of 25 characters and one of two", async () => {
    const roster = await imported(csv(`1,${"长".repeat(25)},,,,,`, "2,何平,,,,,"));
    expect(roster.members).toHaveLength(2);
  });

  it("keeps ids by number and name, and the number of who has left", async () => {
    const before = await imported(csv("1,王芳,甲支部,,,,", "2,李强,甲支部,,,,"));
    const after = await imported(
      csv("2,李强,甲支部,一组,,,", "3,赵六,甲支部,,,,"),
      "a.csv",
      before,
    );
    expect(after.version).toBe(2);
    expect(after.members.map((m) => [m.no, m.status])).toEqual([
      [1, "left"],
      [2, "active"],
      [3, "active"],
    ]);
    expect(after.members[1]?.id).toBe(before.members[1]?.id);
    expect(after.members[0]?.id).toBe(before.members[0]?.id);
  });

  it("gives no number to a second person, unless the row says the name was changed", async () => {
    const before = await imported(csv("1,王菁,,,,,"));
    const [error] = await refused(csv("1,李强,,,,,"), "a.csv", before);
    expect(error?.text).toContain("原来是王菁");
    const after = await imported(csv("1,王箐,,,,,更名"), "a.csv", before);
    expect(after.members[0]).toMatchObject({ name: "王箐", id: before.members[0]?.id });
  });

  it.each([
    ["no heading for names", Buffer.from("编号,电话\n1,2"), "表头里没有“姓名”这一列"],
    ["nobody in it", csv(), "表头下面一个人也没有"],
    ["an empty file", Buffer.alloc(0), "表头里没有“编号”这一列"],
    ["a picture", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0xff, 0x81]), "看不懂这个文件的编码"],
    ["a broken workbook", Buffer.from("PK\u0003\u0004nonsense"), "打不开"],
    ["an old xls", Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2]), "另存为 xlsx"],
  ])("says what is wrong with %s", async (_name, bytes, words) => {
    expect((await refused(bytes)).map((error) => error.text).join()).toContain(words);
  });

  it("answers any bytes with a valid roster or with errors, and never throws", async () => {
    const cell = fc.oneof(
      fc.string(),
      fc.constantFrom("1", "王芳", "直管", '"', "constructor", ","),
    );
    const rows = fc.array(fc.array(cell, { maxLength: 8 }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(rows, async (table) => {
        const text = [HEAD, ...table.map((row) => row.join(","))].join("\n");
        const result = await importRoster(Buffer.from(text), "a.csv");
        if (result.ok) expect(isRoster(result.roster)).toBe(true);
        else expect(result.errors.length).toBeGreaterThan(0);
      }),
      { numRuns: 150 },
    );
  });
});

describe("the sample roster", () => {
  const roster = JSON.parse(readFileSync("samples/roster.json", "utf8")) as Roster;

  it("expects 50 members, numbered from 1", () => {
    expect(isRoster(roster)).toBe(true);
    expect(roster.members.map((m) => m.no)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
    expect(roster.members.every((m) => m.management === "direct" && m.status === "active")).toBe(
      true,
    );
    expect(new Set(roster.members.map((m) => m.id)).size).toBe(50);
  });

  it("is what its CSV says", async () => {
    const again = await imported(readFileSync("samples/roster.csv"), "roster.csv", roster);
    expect(again.members).toEqual(roster.members);
  });
});
