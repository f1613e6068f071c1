/** `register`: what the journal of a box says, read from outside while the box runs or not. */
import { join, resolve } from "node:path";
import { Command } from "commander";
import { fingerprintOf, loadBoxKey } from "../platform/node/node-box-key.ts";
import { writeDurableFile } from "../platform/node/node-durable-file.ts";
import { BOX_KEY_PATH, loadEnrolment } from "../src/box/box-files.ts";
import { addBookOptions, type BookOptions, readBook, writeBook } from "./register/book.ts";
import type { BookName } from "./register/books.ts";
import { careCommands } from "./register/care-commands.ts";
import { writeExport } from "./register/export.ts";
import {
  type BoxReading,
  CannotRead,
  openReading,
  readGuests,
  readRoster,
} from "./register/open-reading.ts";
import { sealExport } from "./register/seal-export.ts";
import { toLine, writeSessions } from "./register/sessions.ts";
import { nameMembers, writeSession } from "./register/show.ts";
import { writeCommands } from "./register/write-commands.ts";

interface ReadOptions {
  readonly data: string;
  readonly json?: true;
}

interface ExportOptions extends ReadOptions {
  readonly out?: string;
  readonly plain?: true;
}

const DATA = ["--data <文件夹>", "播放盒的数据文件夹，或演示的数据文件夹"] as const;

export function registerCommand(): Command {
  const command = new Command("register").description(
    "登记簿：查看、核验、修复、导出、更正、补课、核对纸质、删除姓名",
  );
  command
    .command("sessions")
    .description("列出全部场次，最近的在前")
    .requiredOption(...DATA)
    .option("--json", "打印一行 JSON：场次的数组，不知道的是 null")
    .action((options: ReadOptions) => tellProblems(() => listSessions(options)));
  command
    .command("show")
    .description("一场的三簿一册")
    .argument("<场次>", "场次号，从 register sessions 看")
    .requiredOption(...DATA)
    .option("--json", "打印一行 JSON")
    .action((id: string, options: ReadOptions) => tellProblems(() => showSession(id, options)));
  addBookOptions(command.command("book"))
    .requiredOption(...DATA)
    .action((name: BookName, options: BookOptions) => tellProblems(() => showBook(name, options)));
  for (const one of writeCommands(tellProblems)) command.addCommand(one);
  for (const one of careCommands(tellProblems)) command.addCommand(one);
  command
    .command("export")
    .description("导出全部记录：签了名、给县里封好的一份文件，用 console import 导入")
    .requiredOption(...DATA)
    .option("--out <文件>", "写到哪个文件；不写就打印不加封的记录（每行一条 JSON）")
    .option("--plain", "文件也不签名、不加封")
    .option("--json", "写到文件时，只打印一行 JSON")
    .addHelpText(
      "after",
      "\n退出码：0 已导出；1 有损坏（完好的部分已导出），或写不了；2 用法不对。",
    )
    .action((options: ExportOptions) => tellProblems(() => exportRecords(options)));
  return command;
}

async function tellProblems(act: () => Promise<void>): Promise<void> {
  // Whoever reads us (`| head`) may have enough before we end.
  process.stdout.once("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  try {
    await act();
  } catch (error) {
    if (!(error instanceof CannotRead)) throw error;
    fail(error.message);
  }
}

function fail(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
}

function print(text: string): void {
  process.stdout.write(text);
}

async function listSessions({ data, json }: ReadOptions): Promise<void> {
  const reading = await openReading(data);
  if (json) print(`${JSON.stringify(reading.fold.sessions().map(toLine))}\n`);
  else print(writeSessions(reading));
  warnOfDamage(reading);
}

async function showSession(id: string, { data, json }: ReadOptions): Promise<void> {
  const reading = await openReading(data);
  const register = reading.fold.session(id);
  if (register === undefined) return fail(`没有这一场：${id}。register sessions 列出全部场次。`);
  const erased = reading.fold.erasures.members;
  const { folder } = reading;
  const sources = { roster: readRoster(folder), erased, guests: readGuests(folder) };
  const members = nameMembers(register, sources);
  print(json ? `${JSON.stringify({ register, members })}\n` : writeSession(register, sources));
  warnOfDamage(reading);
}

async function showBook(name: BookName, options: BookOptions): Promise<void> {
  const { reading, lines, undated } = await readBook(name, options);
  if (options.json) print(`${JSON.stringify({ lines, undated })}\n`);
  else print(writeBook(name, lines, undated));
  warnOfDamage(reading);
}

/** What is shown is right as far as it goes; that something is wrong must not be missed. */
function warnOfDamage({ damage }: BoxReading): void {
  if (damage.length === 0) return;
  process.stderr.write(`登记簿有 ${damage.length} 处不对，请运行 register verify 看是哪里。\n`);
}

async function exportRecords({ data, out, plain, json }: ExportOptions): Promise<void> {
  const reading = await openReading(data, true);
  const text = writeExport(reading);
  if (out === undefined) print(text);
  else if (plain) await writeOut(resolve(out), text, { json, reading });
  else await sealOut(resolve(out), text, { json, reading });
  if (reading.damage.length > 0) process.exitCode = 1;
  warnOfDamage(reading);
}

async function sealOut(
  file: string,
  text: string,
  { json, reading }: { readonly json: true | undefined; readonly reading: BoxReading },
): Promise<void> {
  const { folder, boxId } = reading;
  const key = await loadBoxKey(join(folder, BOX_KEY_PATH));
  if (key === null || boxId === null) {
    throw new CannotRead("这台播放盒还没有签名钥匙。请先用新版本启动它一次，再导出。");
  }
  const countyPem = (await loadEnrolment(join(folder, "county.json")))?.seal ?? null;
  await writeOut(file, sealExport(text, { box: boxId, key, countyPem }), { json, reading });
  if (json) return;
  print(`签名钥匙的指纹：${fingerprintOf(key.publicKey)}（县里第一次导入时要核对）\n`);
  if (countyPem === null) print("还没有县里的钥匙，文件没有加封：请小心保管。\n");
}

async function writeOut(
  file: string,
  text: string | Uint8Array,
  { json, reading }: { readonly json: true | undefined; readonly reading: BoxReading },
): Promise<void> {
  try {
    await writeDurableFile(file, text, { mode: 0o600 });
  } catch (error) {
    throw new CannotRead(`写不了 ${file}：${String((error as NodeJS.ErrnoException).code)}`);
  }
  const { length } = reading.records;
  print(
    json ? `${JSON.stringify({ file, recordCount: length })}\n` : `已导出 ${length} 条：${file}\n`,
  );
}
