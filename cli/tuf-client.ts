/**
 * `tuf-client`: the catalogue's client with the command line of the public conformance suite of TUF
 * (docs/conformance.md). English words, because its readers are engineers.
 */
import { Command } from "commander";
import {
  type DownloadOptions,
  downloadCommand,
  initCommand,
  type RefreshOptions,
  refreshCommand,
} from "./tuf-client/commands.ts";

export function tufClientCommand(): Command {
  const append = (value: string, before: readonly string[]) => [...before, value];
  return new Command("tuf-client")
    .description("片源目录的校验程序（给工程师和公开的一致性测试用）")
    .requiredOption("--metadata-dir <文件夹>", "可信的元数据放在哪里")
    .option("--metadata-url <地址>", "片源的 metadata 地址")
    .option("--target-name <路径>", "要下载的文件，可以写几次", append, [])
    .option("--target-base-url <地址>", "片源的 targets 地址")
    .option("--target-dir <文件夹>", "下载到哪里")
    .option("--strict-clock", "只按系统时间判断过期")
    .addCommand(
      new Command("init")
        .description("放进最初可信的 root.json")
        .argument("<文件>", "root.json")
        .action((file: string, _options, command: Command) =>
          initCommand(command.optsWithGlobals<RefreshOptions>(), file),
        ),
    )
    .addCommand(
      new Command("refresh")
        .description("更新元数据")
        .action((_options, command: Command) =>
          refreshCommand(command.optsWithGlobals<RefreshOptions>()),
        ),
    )
    .addCommand(
      new Command("download")
        .description("更新元数据，再下载文件")
        .action((_options, command: Command) =>
          downloadCommand(command.optsWithGlobals<DownloadOptions>()),
        ),
    )
    .addHelpText("after", "\n退出码：0 成功；1 不成；2 用法不对。");
}
