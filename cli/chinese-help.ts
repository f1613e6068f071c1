/** Commander's help and usage errors in one voice: Chinese. */
import type { Argument, Command, CommanderError, Help, Option } from "commander";

const TITLES: Readonly<Record<string, string>> = {
  "Usage:": "用法:", // signs: a space follows
  "Arguments:": "参数：",
  "Options:": "选项：",
  "Commands:": "命令：",
};

export function sayHelpInChinese(command: Command): void {
  command.configureHelp({
    styleTitle: (title) => TITLES[title] ?? title,
    commandUsage(this: Help, shown) {
      const parents: string[] = [];
      for (let at = shown.parent; at !== null; at = at.parent) parents.unshift(at.name());
      const words = [...parents, shown.name(), shown.usage()].join(" ");
      return words.replace("[options]", "[选项]").replace("[command]", "[命令]");
    },
    subcommandTerm: (child) => {
      const takes = child.registeredArguments.map(
        (one) => `<${one.name().replaceAll(/[<>]/g, "")}>`,
      );
      return [child.name(), ...takes].join(" ");
    },
    optionDescription: (option) => describe(option, option.defaultValue),
    argumentDescription: (argument) => describe(argument, undefined),
  });
}

function describe(one: Pick<Option | Argument, "description" | "argChoices">, usual: unknown) {
  const choices = one.argChoices === undefined ? "" : `（可以写：${one.argChoices.join("、")}）`;
  const without = typeof usual === "string" ? `（不写就是 ${usual}）` : "";
  return `${one.description}${choices}${without}`;
}

/** Commander's errors; what stands in quotes is the user's own word. */
const WHAT_IS_WRONG: Readonly<Record<string, string>> = {
  "commander.unknownOption": "没有这个选项",
  "commander.unknownCommand": "没有这个命令",
  "commander.missingArgument": "少了一个参数",
  "commander.missingMandatoryOptionValue": "少了一个必需的选项",
  "commander.optionMissingArgument": "这个选项后面要跟一个值",
  "commander.excessArguments": "参数太多",
  "commander.invalidArgument": "参数的值不对",
};

export function usageErrorText({ code, message }: CommanderError): string {
  const what = WHAT_IS_WRONG[code] ?? "用法不对";
  const quoted = /'[^']*'|\d+ argument.*$/.exec(message)?.[0] ?? message;
  const choices = /Allowed choices are (.*)\.$/.exec(message)?.[1];
  const could = choices === undefined ? "" : `可以写：${choices.replaceAll(", ", "、")}。\n`;
  return `${what}：${quoted}\n${could}加 --help 看用法。\n`;
}
