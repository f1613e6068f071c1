/** `box`: the box service alone, in the foreground. */
import { resolve } from "node:path";
import { Command } from "commander";
import { ProgramFailed, startProgram } from "./demo/program.ts";
import { untilStopped } from "./demo/until-stopped.ts";
import { PLACES } from "./places.ts";

interface BoxOptions {
  readonly data: string;
  readonly port?: string;
  readonly county?: string;
  readonly mirror?: string;
  readonly json?: true;
}

export function boxCommand(): Command {
  return new Command("box")
    .description("只运行播放盒服务（电视页面、课件、登记簿），前台运行，Ctrl+C 停止")
    .requiredOption("--data <文件夹>", "数据放在哪里；没有就新建")
    .option("--port <端口>", "页面的端口；不写就用上次的，第一次是 7300;0 表示任选一个并记住")
    .option("--county <文件>", "县里发的开通文件（county.json）；不写就看数据文件夹里有没有")
    .option("--mirror <文件夹>", "登记簿的第二份放在另一个盘上（U 盘、存储卡）的这个文件夹")
    .option("--json", "启动好以后只打印一行 JSON")
    .addHelpText("after", "\n退出码：0 正常停止；1 没能启动（原因见错误信息）；2 用法不对。")
    .action(runBox);
}

async function runBox(options: BoxOptions): Promise<void> {
  const args = ["--data", resolve(options.data), "--tv", PLACES.tvPage];
  if (options.port !== undefined) args.push("--port", options.port);
  if (options.county !== undefined) args.push("--county", resolve(options.county));
  if (options.mirror !== undefined) args.push("--mirror", resolve(options.mirror));
  try {
    const box = await startProgram("播放盒", PLACES.boxProgram, args);
    if (options.json) process.stdout.write(`${JSON.stringify(box.ready)}\n`);
    else process.stdout.write(`电视页面：${String(box.ready.page)}\n按 Ctrl+C 停止。\n`);
    await untilStopped([box]);
  } catch (error) {
    if (!(error instanceof ProgramFailed)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = error.exitCode;
  }
}
