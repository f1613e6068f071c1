/** `lesson new`, `lesson publish`, `lesson keys`. */
import { Command } from "commander";
import {
  type MakeKeysOptions,
  makeKeysCommand,
  type RotateKeyOptions,
  rotateKeyCommand,
  thresholdCommand,
} from "./keys-command.ts";
import { newCommand } from "./new-command.ts";
import { type PublishCommandOptions, publishCommand } from "./publish-command.ts";
import type { SupplyCommandOptions } from "./supply-options.ts";

export function supplyCommands(): Command[] {
  return [starter(), publisher(), keys()];
}

function starter(): Command {
  return new Command("new")
    .description("开一个新课件：放好样板和说明")
    .argument("<文件夹>", "空的，或还没有的")
    .action((folder: string) => newCommand(folder));
}

function withPlaces(command: Command): Command {
  return command
    .requiredOption("--tree <文件夹>", "片源目录，任何网页服务器都能拿它提供下载")
    .requiredOption("--keys <文件夹>", "放私钥的文件夹，不要放在片源目录里")
    .option("--passphrase-file <文件>", "里面是私钥的口令");
}

function publisher(): Command {
  return withPlaces(new Command("publish"))
    .description("把打好的课件签名发布到片源目录")
    .argument("[文件夹...]", "打好的课件")
    .option("--priority <数>", "0 到 1000，大的先下载", "0")
    .option("--refresh", "没有新课件，只更新签名（每天一次）")
    .option("--withdraw <课件>", "把一个课件从目录里撤下")
    .option("--no-film", "不检查响度和关键帧（快）")
    .option("--json", "只打印一行 JSON")
    .addHelpText("after", "\n退出码：0 发布了；1 没有发布（说明原因）；2 用法不对。")
    .action((folders: string[], options: PublishCommandOptions) =>
      publishCommand(folders, options),
    );
}

function keys(): Command {
  const make = withPlaces(new Command("make"))
    .description("第一次：做私钥和空的片源目录")
    .option("--root-keys <数>", "几把 root 私钥", "3")
    .option("--threshold <数>", "要几把才能改根目录", "2")
    .action((options: MakeKeysOptions) => makeKeysCommand(options));
  const rotate = withPlaces(new Command("rotate"))
    .description("换一把私钥：丢了、泄露了，或到了该换的时候")
    .requiredOption("--role <角色>", "root、lessons 或 online")
    .option("--key <名字>", "换哪一把，例如 root-2，或它的编号的开头；不写就是第一把")
    .action((options: RotateKeyOptions) => rotateKeyCommand(options));
  const threshold = withPlaces(new Command("threshold"))
    .description("改动根目录要几把 root 私钥")
    .argument("<数>")
    .action((text: string, options: SupplyCommandOptions) => thresholdCommand(text, options));
  const command = new Command("keys").description("片源目录的私钥：做、换、要几把");
  return command.addCommand(make).addCommand(rotate).addCommand(threshold);
}
