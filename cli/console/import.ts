/** `console import`: what a box wrote onto a stick. */
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { Command } from "commander";
import type { ImportAnswer } from "../../protocol/console-api.ts";
import { ProgramFailed } from "../demo/program.ts";
import { findConsole } from "./console-client.ts";
import { optionsWithData } from "./data-option.ts";
import { tellFailure } from "./tell-failure.ts";

interface ImportOptions {
  readonly data: string;
  readonly trust?: string;
  readonly json?: true;
}

export function importCommand(): Command {
  return new Command("import")
    .argument("<文件>", "播放盒用 register export 写出的文件")
    .description("导入播放盒导出的登记簿（县控制台要正在运行）；导入几次都只算一次")
    .option("--data <文件夹>", "县控制台的数据文件夹")
    .option("--trust <指纹>", "第一次见到这台播放盒的钥匙时：在盒子上核对过的指纹")
    .option("--json", "只打印一行 JSON")
    .action((file: string, _options, command: Command) =>
      tellFailure(() => importFile(file, optionsWithData<ImportOptions>(command))),
    );
}

async function importFile(file: string, { data, trust, json }: ImportOptions): Promise<void> {
  const bytes = await readFile(resolve(file)).catch((error: NodeJS.ErrnoException) => {
    throw new ProgramFailed(`读不出 ${file}（${error.code ?? "未知原因"}）。`);
  });
  const client = await findConsole(resolve(data));
  const query = trust === undefined ? "" : `?trust=${encodeURIComponent(trust)}`;
  const answer = (await client.send(`/api/import${query}`, bytes)) as ImportAnswer;
  process.stdout.write(json ? `${JSON.stringify(answer)}\n` : writeAnswer(answer));
}

function writeAnswer({ name, box, records, fresh, conflicts }: ImportAnswer): string {
  const held = records - fresh - conflicts;
  const aside = conflicts > 0 ? `;${conflicts} 条与县里的不一致，已另存，请到网页上处理` : "";
  return `${name}（${box}）：文件里 ${records} 条，新收 ${fresh} 条，已有 ${held} 条${aside}。\n`;
}
