/** `plan`: which day has which kind of session and which lessons. */
import { Command } from "commander";
import { importPlan } from "../console/supply/plan/import-plan.ts";
import type { Plan } from "../protocol/generated/types.ts";
import { isPlan } from "../protocol/generated/validators.js";
import { type DocumentKind, type ImportOptions, importDocument } from "./import-document.ts";

const PLAN: DocumentKind<Plan> = {
  path: "plan.json",
  is: (value): value is Plan => isPlan(value),
  read: async (bytes, fileName, previous) => {
    const result = await importPlan(bytes, fileName, previous);
    return result.ok ? { ok: true, document: result.plan } : result;
  },
  facts: ({ version, days }) => ({ version, days: days.length }),
  sentence: ({ days }) => `收看计划共 ${days.length} 条。`,
};

export function planCommand(): Command {
  const command = new Command("plan").description("收看计划：哪天、什么活动、看哪个课件");
  command
    .command("import")
    .description("导入收看计划（CSV、xlsx 或 JSON）；有一行不对就一行也不导入")
    .argument("<文件>", "表头：日期 类型 课件 主题")
    .requiredOption("--data <文件夹>", "播放盒的数据文件夹，或演示的数据文件夹")
    .option("--dry-run", "只检查，不写入")
    .option("--json", "只打印一行 JSON")
    .addHelpText("after", "\n退出码：0 已导入；1 表里有错或写不进去（逐行列出）；2 用法不对。")
    .action((file: string, options: ImportOptions) => importDocument(file, options, PLAN));
  return command;
}
