/**
 * The one command line: `npm run -s one-room -- <command>`.
 *
 * Exit codes: 0 done; 1 the thing asked about is not well, or could not be done; 2 wrong usage.
 */
import { Command, CommanderError } from "commander";
import { boxCommand } from "./box.ts";
import { sayHelpInChinese, usageErrorText } from "./chinese-help.ts";
import { consoleCommand } from "./console.ts";
import { demoCommand } from "./demo.ts";
import { lessonCommand } from "./lesson.ts";
import { planCommand } from "./plan.ts";
import { registerCommand } from "./register.ts";
import { rosterCommand } from "./roster.ts";
import { tufClientCommand } from "./tuf-client.ts";

const USAGE_EXIT = 2;

function buildProgram(): Command {
  const program = new Command("one-room");
  program
    .description("一室一屏：村（社区）收看室的播放盒、县控制台和课件工具")
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
  sayHelpInChinese(command);
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
    if (!error.code.startsWith("commander.help")) process.stderr.write(usageErrorText(error));
    process.exitCode = USAGE_EXIT;
  }
}
