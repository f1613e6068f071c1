/** `demo`: the main job on one machine: a county, one enrolled box, sample lessons and a roster. */
import { resolve } from "node:path";
import { Command } from "commander";
import { ProgramFailed } from "./demo/program.ts";
import { startDemo } from "./demo/start-demo.ts";
import { nextStopSignal } from "./demo/until-stopped.ts";

interface DemoOptions {
  readonly data: string;
  readonly json?: true;
}

export function demoCommand(): Command {
  return new Command("demo")
    .description("演示：一台机器上跑起县控制台和一个已开通的播放盒，带样片和 50 人的名册")
    .requiredOption("--data <文件夹>", "数据放在哪里；再次启动会接着用")
    .option("--json", "全部就绪以后只打印一行 JSON（页面、控制台、口令……）")
    .addHelpText("after", "\n退出码：0 正常停止；1 没能启动（原因见错误信息）；2 用法不对。")
    .action(runDemo);
}

async function runDemo({ data, json }: DemoOptions): Promise<void> {
  const stopped = nextStopSignal();
  const tell = json ? () => {} : (text: string) => process.stderr.write(`${text}\n`);
  try {
    const demo = await startDemo({ data: resolve(data), tell, stopped });
    if (demo === null) return;
    process.stdout.write(json ? `${JSON.stringify(demo.facts)}\n` : demo.words);
    await stopped;
    tell("正在停止…");
    await demo.stop();
  } catch (error) {
    if (!(error instanceof ProgramFailed)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
