/** `roster`: the list of members of one room. */
import { Command } from "commander";
import { importRoster } from "../console/supply/roster/import-roster.ts";
import type { Roster } from "../protocol/generated/types.ts";
import { isRoster } from "../protocol/generated/validators.js";
import { type DocumentKind, type ImportOptions, importDocument } from "./import-document.ts";

const ROSTER: DocumentKind<Roster> = {
  path: "register/roster.json",
  is: (value): value is Roster => isRoster(value),
  read: async (bytes, fileName, previous) => {
    const result = await importRoster(bytes, fileName, previous);
    return result.ok ? { ok: true, document: result.roster } : result;
  },
  facts: ({ version, members, branches }) => ({
    version,
    members: members.length,
    active: members.filter((member) => member.status === "active").length,
    branches: branches.length,
  }),
  sentence: ({ members, branches }) => {
    const active = members.filter((member) => member.status === "active").length;
    return `名册共 ${members.length} 人，在册 ${active} 人，${branches.length} 个支部。`;
  },
};

export function rosterCommand(): Command {
  const command = new Command("roster").description("名册：把一张表导入收看室的名册");
  command
    .command("import")
    .description("导入名册（CSV 或 xlsx,UTF-8 或 GBK）；有一行不对就一行也不导入")
    .argument("<文件>", "表头：编号 姓名 支部 党小组 管理 角色 状态")
    .requiredOption("--data <文件夹>", "播放盒的数据文件夹，或演示的数据文件夹")
    .option("--dry-run", "只检查，不写入")
    .option("--json", "只打印一行 JSON")
    .addHelpText("after", "\n退出码：0 已导入；1 表里有错或写不进去（逐行列出）；2 用法不对。")
    .action((file: string, options: ImportOptions) => importDocument(file, options, ROSTER));
  return command;
}
