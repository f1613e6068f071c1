/** `register verify|repair`: whether the journal is whole, and making it whole again. */
import { Command } from "commander";
import { type RepairOptions, repairRegister } from "./repair.ts";
import { type VerifyOptions, verify } from "./verify.ts";

type Run = (act: () => Promise<void>) => Promise<void>;

const DATA = ["--data <文件夹>", "播放盒的数据文件夹，或演示的数据文件夹"] as const;
const MIRROR = ["--mirror <文件夹>", "第二份在哪里（U 盘等），和播放盒启动时写的一样"] as const;

export function careCommands(tell: Run): Command[] {
  const verifyCommand = new Command("verify")
    .description("从第一条起核验哈希链：每一份单独核验，再合起来核验；什么都不改")
    .requiredOption(...DATA)
    .option(...MIRROR)
    .option("--json", "打印一行 JSON")
    .addHelpText("after", "\n退出码：0 完好；1 有损坏（逐处说明），或读不出；2 用法不对。")
    .action((options: VerifyOptions) => tell(() => verify(options)));
  const repairCommand = new Command("repair")
    .description("修复登记簿：从另一份，或从县里的导出；先停下播放盒")
    .requiredOption(...DATA)
    .option(...MIRROR)
    .option("--from-export <文件>", "用这份没有加封的导出补两份都缺的记录；接不上的一条也不用")
    .addHelpText(
      "after",
      "\n退出码：0 现在完好；1 还有没修好的（逐处说明），或修不了；2 用法不对。",
    )
    .action((options: RepairOptions) => tell(() => repairRegister(options)));
  return [verifyCommand, repairCommand];
}
