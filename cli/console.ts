/** `console`: the county console, and what an administrator does with it from the command line. */
import { Command } from "commander";
import { boxCommand } from "./console/box.ts";
import { type RunOptions, runConsole } from "./console/console-run.ts";
import { optionsWithData } from "./console/data-option.ts";
import { exportCommand } from "./console/export.ts";
import { importCommand } from "./console/import.ts";
import { tellFailure } from "./console/tell-failure.ts";
import { userCommand } from "./console/user.ts";

export function consoleCommand(): Command {
  return new Command("console")
    .description(
      "只运行县控制台（网页、消息服务、数据库），前台运行，Ctrl+C 停止；也管理用户和播放盒",
    )
    .option("--data <文件夹>", "数据放在哪里；没有就新建")
    .option("--port <端口>", "网页的端口，默认 7400;0 表示任选一个")
    .option("--broker-port <端口>", "消息服务（MQTT）的端口，默认 7483;0 表示任选一个")
    .option("--host <地址>", "在哪个地址上接受连接，默认 127.0.0.1;0.0.0.0 表示全部")
    .option("--public-host <名字>", "播放盒用哪个名字或地址找到这台机器")
    .option("--database-url <地址>", "用现成的 PostgreSQL，不启动自带的")
    .option("--broker-url <地址>", "用现成的 MQTT 服务（mqtt://用户：密码@主机：端口）")
    .option("--utc-offset <分钟>", "本县时间比 UTC 早多少分钟，默认 480")
    .option(
      "--origin <文件夹>",
      "片源目录（lesson publish 的 --tree），默认在数据文件夹里的 origin",
    )
    .option(
      "--origin-keys <文件夹>",
      "每天签名用的 online 私钥，默认在数据文件夹里的 keys/catalogue",
    )
    .option("--origin-url <地址>", "片源目录由别的网页服务器提供时，播放盒去哪里取")
    .option("--json", "启动好以后只打印一行 JSON")
    .addHelpText("after", "\n退出码：0 正常停止；1 没能启动（原因见错误信息）；2 用法不对。")
    .addCommand(userCommand())
    .addCommand(boxCommand())
    .addCommand(importCommand())
    .addCommand(exportCommand())
    .action((_options, command: Command) =>
      tellFailure(() => runConsole(optionsWithData<RunOptions>(command))),
    );
}
