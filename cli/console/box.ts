/** `console box`: enrolling boxes. */
import { access, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { Command } from "commander";
import type { EnrolAnswer } from "../../protocol/console-api.ts";
import { ProgramFailed } from "../demo/program.ts";
import { findConsole } from "./console-client.ts";
import { optionsWithData } from "./data-option.ts";
import { tellFailure } from "./tell-failure.ts";

interface AddOptions {
  readonly data: string;
  readonly name: string;
  readonly place: string;
  readonly out: string;
  readonly force?: true;
}

export function boxCommand(): Command {
  const add = new Command("add")
    .argument("<播放盒编号>", "播放盒自己的编号：10 到 26 个小写字母或数字")
    .description("开通一台播放盒，写出它的开通文件；再次开通会让旧口令失效")
    .option("--data <文件夹>", "县控制台的数据文件夹")
    .requiredOption("--name <名称>", "播放盒的名称，如 李家村收看室")
    .requiredOption("--place <地方>", "所在的地方，如 城关镇李家村")
    .requiredOption("--out <文件>", "开通文件写到哪里（里面有口令，请妥善保管）")
    .option("--force", "文件已经有了也写")
    .action((box: string, _options, command: Command) =>
      tellFailure(() => addBox(box, optionsWithData<AddOptions>(command))),
    );
  return new Command("box").description("播放盒的开通（县控制台要正在运行）").addCommand(add);
}

async function addBox(box: string, options: AddOptions): Promise<void> {
  const { data, name, place, force } = options;
  const out = resolve(options.out);
  // Checked first: an enrolment that cannot be written would only revoke the old one.
  if (!force && (await exists(out))) {
    throw new ProgramFailed(`${out} 已经有了。换一个文件名，或加 --force。`);
  }
  const client = await findConsole(resolve(data));
  const answer = (await client.ask("POST", "/api/boxes", { box, name, place })) as EnrolAnswer;
  await write(out, `${JSON.stringify(answer.enrolment, null, 2)}\n`);
  process.stdout.write(`已开通 ${name}（${box}）。开通文件：${out}\n`);
}

async function write(out: string, text: string): Promise<void> {
  try {
    await writeFile(out, text, { mode: 0o600 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ProgramFailed(
      `写不了 ${out}（${code ?? "未知原因"}）。播放盒已开通，请换个地方再开通一次。`,
    );
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
