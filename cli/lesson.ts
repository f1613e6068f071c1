/** `lesson`: films and their texts become lessons, are checked, and brought to a box. */
import { Command } from "commander";
import { type CheckCommandOptions, checkCommand } from "./lesson/check-command.ts";
import { type ImportCommandOptions, importCommand } from "./lesson/import-command.ts";
import { type ListCommandOptions, listCommand } from "./lesson/list-command.ts";
import { type PackCommandOptions, packCommand } from "./lesson/pack-command.ts";
import { samplesCommand } from "./lesson/samples-command.ts";
import { supplyCommands } from "./lesson/supply-commands.ts";
import { PLACES } from "./places.ts";

const DATA_HELP = "播放盒的数据文件夹，或演示的数据文件夹";

export function lessonCommand(): Command {
  const command = new Command("lesson").description("课件：新建、打包、检查、发布、导入");
  command.addCommand(packer()).addCommand(checker()).addCommand(importer());
  command.addCommand(lister()).addCommand(sampler());
  for (const each of supplyCommands()) command.addCommand(each);
  return command;
}

function packer(): Command {
  return new Command("pack")
    .description("把一个视频和它的文字打成课件；要有 ffmpeg")
    .requiredOption("--video <文件>", "视频，什么格式都行")
    .requiredOption("--material <文件>", "material.json：要点、提示、讲解、讨论、反馈、实践")
    .requiredOption("--lesson <文件>", "lesson.json:id version title category number themes")
    .requiredOption("--out <文件夹>", "课件放到哪里，要是空的")
    .option("--captions <文件>", "字幕，WebVTT")
    .option("--poster <图片>", "封面；不给就从视频里取一格")
    .option("--json", "只打印一行 JSON")
    .addHelpText(
      "after",
      "\n断了（断电、关窗口）再用同样的命令，会接着做。\n退出码：0 打好了；1 打不成（说明原因）；2 用法不对。",
    )
    .action((options: PackCommandOptions) => packCommand(options));
}

function checker(): Command {
  return new Command("check")
    .description("检查一个课件：文件、文字长短、字幕快慢、响度、关键帧")
    .argument("<文件夹>", "打好的课件")
    .option("--no-film", "不检查响度和关键帧（快）")
    .option("--json", "只打印一行 JSON")
    .addHelpText("after", "\n退出码：0 没有错（可以有提醒）；1 有错；2 用法不对。")
    .action((folder: string, options: CheckCommandOptions) => checkCommand(folder, options));
}

function importer(): Command {
  return new Command("import")
    .description("把课件放进播放盒；播放盒开着也可以")
    .argument("<文件夹>", "打好的课件，或装着几个课件的文件夹")
    .requiredOption("--data <文件夹>", DATA_HELP)
    .option("--json", "只打印一行 JSON")
    .addHelpText("after", "\n退出码：0 都导入了；1 有没导入的（说明原因）；2 用法不对。")
    .action((folder: string, options: ImportCommandOptions) => importCommand(folder, options));
}

function lister(): Command {
  return new Command("list")
    .description("看播放盒里有哪些课件；什么也不改")
    .requiredOption("--data <文件夹>", DATA_HELP)
    .option("--verify", "把每个文件都核对一遍（慢）")
    .option("--json", "只打印一行 JSON")
    .addHelpText("after", "\n退出码：0 都能放；1 有不能放的；2 用法不对。")
    .action((options: ListCommandOptions) => listCommand(options));
}

function sampler(): Command {
  return new Command("samples")
    .description("重做随项目带的三个示范课件；要有 ffmpeg")
    .option("--out <文件夹>", "放到哪里", PLACES.samples)
    .action(({ out }: { out: string }) => samplesCommand(out));
}
