/**
 * The one command line: `npm run -s one-room -- <command>`.
 *
 * Exit codes: 0 done; 1 the thing asked about is not well, or could not be done; 2 wrong usage.
 */
import { Command, CommanderError } from "commander";
import { boxCommand } from "./box.ts";
import { consoleCommand } from "./console.ts";
import { demoCommand } from "./demo.ts";
import { lessonCommand } from "./lesson.ts";
import { planCommand } from "./plan.ts";
import { registerCommand } from "./register.ts";
import { rosterCommand } from "./roster.ts";
import { tufClientCommand } from "./tuf-client.ts";

const USAGE_EXIT = 2;

/**
 * Commander's errors, said in Chinese; what follows the first quote mark is the user's own word.
 */
const WHAT_IS_WRONG: Readonly<Record<string, string>> = {
  "commander.unknownOption": "没有这个选项",
  "commander.unknownCommand": "没有这个命令",
  "commander.missingArgument": "少了一个参数",
  "commander.missingMandatoryOptionValue": "少了一个必需的选项",
  "commander.optionMissingArgument": "这个选项后面要跟一个值",
  "commander.excessArguments": "参数太多",
  "commander.invalidArgument": "参数的值不对",
};

function buildProgram(): Command {
  const program = new Command("one-room");
  program
    .description("一室一屏:村(社区)收看室的播放盒、县控制台和课件工具")
    .helpOption("-h, --help", "看用法")
    .helpCommand("help [command]", "看一个命令的用法");
  const commands = [
    demoCommand(),
    boxCommand(),
    consoleCommand(),
    registerCommand(),
    rosterCommand(),
    planCommand(),
    lessonCommand(),
    tufClientCommand(),
  ];
  for (const command of commands) program.addCommand(command);
  forEveryCommand(program, settle);
  return program;
}

function forEveryCommand(command: Command, act: (command: Command) => void): void {
  act(command);
  for (const child of command.commands) forEveryCommand(child, act);
}

/** One voice for every command: usage errors are thrown, and told once, below. */
function settle(command: Command): void {
  command.exitOverride();
  command.configureOutput({ outputError: () => {} });
  command.helpOption("-h, --help", "看用法");
}

function tellUsageError(error: CommanderError): void {
  const what = WHAT_IS_WRONG[error.code] ?? "用法不对";
  const quoted = /'[^']*'|\d+ argument.*$/.exec(error.message)?.[0] ?? error.message;
  process.stderr.write(`${what}:${quoted}\n加 --help 看用法。\n`);
}

/** Runs one command. Sets the exit code instead of exiting, so that output is never cut off. */
export async function main(args: readonly string[]): Promise<void> {
  const program = buildProgram();
  try {
    if (args.length === 0) program.help({ error: true });
    await program.parseAsync([...args], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return;
    if (!error.code.startsWith("commander.help")) tellUsageError(error);
    process.exitCode = USAGE_EXIT;
  }
}
