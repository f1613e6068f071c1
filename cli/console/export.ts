/** `console export`: what the county holds of a box, for a box whose disk has lost some of it. */
import { resolve } from "node:path";
import { Command } from "commander";
import { writeDurableFile } from "../../platform/node/node-durable-file.ts";
import { ProgramFailed } from "../demo/program.ts";
import { findConsole } from "./console-client.ts";
import { optionsWithData } from "./data-option.ts";
import { tellFailure } from "./tell-failure.ts";

interface ExportOptions {
  readonly data: string;
  readonly box: string;
  readonly out: string;
}

export function exportCommand(): Command {
  return new Command("export")
    .description("导出一台播放盒在县里的全部记录，给 register repair --from-export 用（没有加封）")
    .option("--data <文件夹>", "县控制台的数据文件夹")
    .requiredOption("--box <播放盒编号>", "哪一台")
    .requiredOption("--out <文件>", "写到哪个文件（请小心保管）")
    .action((_options, command: Command) =>
      tellFailure(() => exportRecords(optionsWithData<ExportOptions>(command))),
    );
}

async function exportRecords({ data, box, out }: ExportOptions): Promise<void> {
  const client = await findConsole(resolve(data));
  const text = await client.text(`/api/boxes/${encodeURIComponent(box)}/records`);
  const file = resolve(out);
  await writeDurableFile(file, text, { mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
    throw new ProgramFailed(`写不了 ${file}（${error.code ?? "未知原因"}）。`);
  });
  // The first line is the head.
  const count = text.trimEnd().split("\n").length - 1;
  process.stdout.write(`已导出 ${count} 条：${file}\n`);
}
